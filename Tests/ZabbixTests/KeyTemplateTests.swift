import Output
import Testing
import Types

@testable import Zabbix

/// The keys of items, by Zabbix's rules for quotes.
@Suite struct KeyTemplateTests {

  /// What the tests' keys are made of.
  private let context = KeyTemplate.Context(script: "totals", map: "bytes", host: "server 1")

  /// Returns the key that `template` makes for an element whose key has `parts`, each with a name and a text.
  private func key(_ template: String, _ parts: (String, String)..., member: String? = nil) throws -> String {
    try KeyTemplate(template).key(
      in: context, parts: parts.map { KeyPart(name: $0, text: $1) }, member: member)
  }

  @Test func `elements are told apart by parameters`() throws {
    #expect(try key("apus.{map}[{key}]", ("key0", "sshd")) == "apus.bytes[sshd]")
    #expect(try key("apus.{map}[{key}]", ("key0", "sshd"), ("key1", "4")) == "apus.bytes[sshd,4]")
    #expect(
      try key("net[{map},{subnet},{key1}]", ("subnet", "10.0.0.0/8"), ("dir", "tx"))
        == "net[bytes,10.0.0.0/8,tx]")
    #expect(try key("x[a b, {key0} of {key} ]", ("key0", "1"), ("key1", "2")) == #"x[a b,"1 of 1,2 "]"#)
  }

  @Test func `maps without keys have no parameters for them`() throws {
    #expect(try key("apus.{map}[{key}]") == "apus.bytes")
    #expect(try key("apus[{map},{key}]") == "apus[bytes]")
    #expect(try key("apus[{map},{key0}/{key1}]") == "apus[bytes]")
    #expect(try key("apus.bytes[]") == "apus.bytes[]")
  }

  @Test func `members of values stand behind the map`() throws {
    #expect(try key("apus.{map}[{key}]", ("key0", "a"), member: "count") == "apus.bytes.count[a]")
    #expect(try key("apus[{map},{key}]", ("key0", "a"), member: "count") == "apus[bytes.count,a]")
    #expect(try key("cifs.recv", member: "total") == "cifs.recv.total")
  }

  @Test func `scripts and hosts are named`() throws {
    #expect(try key("{script}.{map}[{host}]") == #"totals.bytes[server 1]"#)
    #expect(try key("{host}.{map}") == "server_1.bytes")
  }

  @Test(arguments: [
    ("sshd", "sshd"), ("", ""), ("a,b", "\"a,b\""), ("a]b", "\"a]b\""), ("[a", "\"[a\""), ("a[b", "a[b"),
    (" a", "\" a\""),
    ("a ", "a "), ("\"a", "\"\\\"a\""), ("a\"b", "a\"b"), ("a,\"b\"", "\"a,\\\"b\\\"\""), ("a\\", "a\\"),
    ("a\\b,", "\"a\\b,\""),
    ("a,\\", "\"a,\\ \""), ("ü,", "\"ü,\""),
  ])
  func `parameters are quoted where Zabbix does it`(text: String, quoted: String) {
    #expect(ItemKey.parameter(text) == quoted)
  }

  @Test func `quotes of the template stay`() throws {
    #expect(try key(#"x["{key0}"]"#, ("key0", "a")) == #"x["a"]"#)
    #expect(try key(#"x["a\"b,c" ,d]"#) == #"x["a\"b,c",d]"#)
  }

  @Test(arguments: [
    ("", "the name is missing"), ("[a]", "the name is missing"), ("a b", "not ' '"),
    ("a[b", "']' is missing"),
    ("a[b]c", "behind ']' stands 'c'"), ("a[\"b]", "a quote is not closed"), ("a[\"b\"c]", "']' is missing"),
    ("a[[b]]", "lists within brackets"), ("a.{key}", "between brackets only"),
    ("a[{key]", "'{' is not closed"),
    ("a[{a b}]", "'{a b}' is no placeholder"), ("a[{0}]", "'{0}' is no placeholder"), ("ä", "not 'ä'"),
    ("a[b,", "']' is missing"),
    ("{", "'{' is not closed"),
  ])
  func `what is no key is refused`(text: String, reason: String) {
    do {
      _ = try KeyTemplate(text)
      Issue.record("'\(text)' was accepted")
    } catch {
      #expect(error.message.contains(reason), "\(error.message)")
    }
  }

  @Test func `parts of keys are called as labels are`() {
    let record = Type.record([
      RecordField("subnet", .string(capacity: 16)),
      RecordField("peer", .record([RecordField("port", .integer(IntegerType(width: 16, isSigned: false)))])),
    ])
    let labels = KeyLabel.all(for: [.integer(.uint64), record])
    let key: [Value] = [
      .unsigned(7),
      .record([.init("subnet", .text("10.0.0.0/8")), .init("peer", .record([.init("port", .unsigned(53))]))]),
    ]
    let parts = KeyPart.parts(of: key, labels: labels)
    #expect(
      parts == [
        KeyPart(name: "key0", text: "7"), KeyPart(name: "subnet", text: "10.0.0.0/8"),
        KeyPart(name: "peer_port", text: "53"),
      ])
  }

  @Test func `keys are one line of UTF-8`() {
    let labels = KeyLabel.all(for: [.string(capacity: 16), .kernelStack(.bpftrace)])
    let parts = KeyPart.parts(
      of: [.text([0x61, 0x0a, 0xff]), .stack([Array("f+1".utf8), Array("g".utf8)], .bpftrace)], labels: labels
    )
    #expect(parts.map(\.text) == ["a?\u{fffd}", "f+1;g"])
  }

}
