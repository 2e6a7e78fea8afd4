import Foundation
import Testing
import Types

@testable import Output

/// What programs read, parsed by another parser of JSON.
@Suite struct JSONTests {

  /// Returns the one object that `print` appends to standard output, parsed.
  private func object(_ print: (JSONOutput, inout OutputBuffer) -> Void) throws -> [String: Any] {
    var buffer = OutputBuffer()
    print(JSONOutput(), &buffer)
    #expect(buffer.output.last == UInt8(ascii: "\n"))
    #expect(buffer.output.count { $0 == UInt8(ascii: "\n") } == 1)
    let parsed = try JSONSerialization.jsonObject(with: Data(buffer.output))
    let result = try #require(parsed as? [String: Any])
    #expect(Set(result.keys) == ["type", "data"])
    return result
  }

  /// Returns the data of `value`, printed by itself.
  private func data(_ value: Value) throws -> Any {
    let parsed = try object { $0.value(value, to: &$1) }
    #expect(parsed["type"] as? String == "value")
    return try #require(parsed["data"])
  }

  @Test(arguments: [Int64.min, -1, 0, 1, (1 << 53) + 1, .max])
  func signedIntegers(_ number: Int64) throws {
    #expect((try data(.signed(number)) as? NSNumber)?.int64Value == number)
  }

  @Test(arguments: [0 as UInt64, (1 << 63) + 1, .max])
  func unsignedIntegers(_ number: UInt64) throws {
    #expect((try data(.unsigned(number)) as? NSNumber)?.uint64Value == number)
    #expect((try data(.pointer(number)) as? NSNumber)?.uint64Value == number)
  }

  @Test func truthValues() throws {
    #expect(try data(.bool(true)) as? Bool == true)
    #expect(try data(.bool(false)) as? Bool == false)
  }

  /// Every byte is legal in a text; what is not UTF-8 becomes replacement characters.
  @Test func texts() throws {
    for byte in UInt8.min...UInt8.max {
      let text = String(decoding: [byte], as: UTF8.self)
      #expect(try data(.text([byte])) as? String == text)
      let map = MapContents(
        name: "@m", isKeyed: true, elements: [.init(key: [.text([byte])], value: .signed(1))])
      let printed = try object { $0.map(map, to: &$1) }
      let elements = (printed["data"] as? [String: Any])?["@m"] as? [String: Any]
      #expect(elements?.keys.first == text)
    }
    #expect(try data(.text("äöü€😀\u{7f}")) as? String == "äöü€😀\u{7f}")
    #expect(
      try object { $0.formatted(to: &$1) { $0.append(text: "a\"\\\n") } }["data"] as? String == "a\"\\\n")
    #expect(try object { $0.time(Array("03:07\n".utf8), to: &$1) }["type"] as? String == "time")
  }

  @Test func compounds() throws {
    let value = Value.record([
      .init("a", .tuple([.signed(1), .text("x"), .array([.unsigned(2), .unsigned(3)])])),
      .init("b\"", .record([])), .init("c", .stack([Array("f+1".utf8)], .bpftrace)),
      .init("d", .bytes([0, 65])),
      .init("e", .symbol(Array("main".utf8), 7)),
    ])
    let parsed = try #require(try data(value) as? [String: Any])
    #expect((parsed["a"] as? [Any])?[2] as? [Int] == [2, 3])
    #expect((parsed["b\""] as? [String: Any])?.isEmpty == true)
    #expect(parsed["e"] as? String == "main")
  }

  @Test func histograms() throws {
    let buckets = [
      Histogram.Bucket(lower: nil, upper: 0, count: 1), .init(lower: 0, upper: 1, count: 2),
      .init(lower: 1 << 63, upper: 1 << 64, count: 3), .init(lower: 5, upper: nil, count: .max),
    ]
    let map = MapContents(
      name: "@h", kind: .histogram, isKeyed: true,
      elements: [.init(key: [.text("k"), .signed(1)], value: .histogram(Histogram(buckets)))])
    let parsed = try object { $0.map(map, to: &$1) }
    #expect(parsed["type"] as? String == "hist")
    let printed = try #require(
      ((parsed["data"] as? [String: Any])?["@h"] as? [String: Any])?["k,1"] as? [[String: NSNumber]])
    #expect(printed[0] == ["max": -1, "count": 1])
    #expect(printed[1] == ["min": 0, "max": 0, "count": 2])
    #expect(printed[2]["max"]?.uint64Value == .max)
    #expect(printed[3]["count"]?.uint64Value == .max && printed[3]["max"] == nil)
  }

  @Test func stats() throws {
    let value = Value.stats(count: 1, average: .signed(4), total: .signed(4))
    let map = MapContents(
      name: "@s", kind: .stats, isKeyed: true, elements: [.init(key: [.text("k")], value: value)])
    let parsed = try object { $0.map(map, to: &$1) }
    #expect(parsed["type"] as? String == "stats")
    let element = ((parsed["data"] as? [String: Any])?["@s"] as? [String: Any])?["k"] as? [String: Int]
    #expect(element == ["count": 1, "average": 4, "total": 4])
  }

  @Test func helperErrors() throws {
    let site = HelperSite(
      helper: "map_delete_elem", file: "a \"b\".bt", line: 3, firstColumn: 5, lastColumn: 9, countOffset: 0,
      codeOffset: 8)
    let failure = HelperFailure(site: site, code: -2, message: "No such file or directory", count: 7)
    let parsed = try object { $0.helperError(failure, to: &$1) }
    #expect(parsed["type"] as? String == "helper_error")
    let data = try #require(parsed["data"] as? [String: Any])
    #expect(data["msg"] as? String == "No such file or directory" && data["retcode"] as? Int == -2)
    #expect(data["helper"] as? String == "map_delete_elem" && data["filename"] as? String == "a \"b\".bt")
    #expect(data["line"] as? Int == 3 && data["col"] as? Int == 5 && data["count"] as? Int == 7)
    var buffer = OutputBuffer()
    TextOutput().helperError(failure, to: &buffer)
    #expect(
      String(decoding: buffer.messages, as: UTF8.self)
        == "a \"b\".bt:3:5-9: WARNING: 'map_delete_elem' failed 7 times, at last: "
        + "No such file or directory (-2)\n")
  }

  @Test func reports() throws {
    let attached = try object { $0.attachedProbes(3, to: &$1) }
    #expect(attached["type"] as? String == "attached_probes")
    #expect(attached["data"] as? [String: Int] == ["probes": 3])
  }

}
