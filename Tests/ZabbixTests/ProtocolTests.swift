import Testing

@testable import Zabbix

/// The sender protocol byte by byte.
@Suite struct ProtocolTests {

  @Test func `headers tell the number of bytes`() {
    #expect(Packet.header(ofByteCount: 0x0102) == Array("ZBXD".utf8) + [1, 2, 1, 0, 0, 0, 0, 0, 0])
    #expect(
      Packet.header(ofByteCount: 0x1_0000_0002) == Array("ZBXD".utf8) + [5, 2, 0, 0, 0, 1, 0, 0, 0]
        + [UInt8](repeating: 0, count: 8))
  }

  @Test func `packets are read when they are all there`() throws {
    let packet = Packet.header(ofByteCount: 3) + Array("abc".utf8)
    for count in 0..<packet.count { #expect(try Packet.data(in: Array(packet.prefix(count))) == nil) }
    #expect(try Packet.data(in: packet).map { Array($0) } == Array("abc".utf8))
    #expect(try Packet.data(in: packet + [1, 2]).map { Array($0) } == Array("abc".utf8))
    let large =
      Array("ZBXD".utf8) + [5, 3, 0, 0, 0, 0, 0, 0, 0] + [UInt8](repeating: 0, count: 8) + Array("abc".utf8)
    #expect(try Packet.data(in: large).map { Array($0) } == Array("abc".utf8))
  }

  @Test func `what is no packet is refused at once`() {
    #expect(throws: AnswerFault.foreign) { try Packet.data(in: Array("HT".utf8)) }
    #expect(throws: AnswerFault.foreign) { try Packet.data(in: Array("ZBXE\u{1}".utf8)) }
    #expect(throws: AnswerFault.foreign) { try Packet.data(in: Array("ZBXD\u{0}".utf8)) }
    #expect(throws: AnswerFault.foreign) { try Packet.data(in: Array("ZBXD\u{9}".utf8)) }
    #expect(throws: AnswerFault.compressed) { try Packet.data(in: Array("ZBXD\u{3}".utf8)) }
    #expect(throws: AnswerFault.tooLong(1 << 31)) { try Packet.data(in: Packet.header(ofByteCount: 1 << 31)) }
    let endless = Array("ZBXD".utf8) + [5] + [UInt8](repeating: 0xff, count: 16)
    #expect(throws: AnswerFault.tooLong(.max)) { try Packet.data(in: endless) }
  }

  @Test func `requests hold host, key, value and time`() {
    let values = [
      ZabbixValue(key: "a[\"x\"]", value: "1\n\u{1}", time: 1_500_000_000_000_000_007),
      ZabbixValue(key: "b", value: "é", time: -5),
    ]
    let text = SenderRequest.data(with: values, of: "h\\1", at: 2_000_000_003)
    #expect(
      String(decoding: text, as: UTF8.self)
        == #"{"request":"sender data","data":[{"host":"h\\1","key":"a[\"x\"]","value":"1\n\u0001","clock":1500000000,"ns":7},"#
        + #"{"host":"h\\1","key":"b","value":"é","clock":0,"ns":0}],"clock":2,"ns":3}"#)
  }

  @Test func `answers count what was taken`() throws {
    let text = #"{"response":"success","info":"processed: 2; failed: 1; total: 3; seconds spent: 0.000060"}"#
    let answer = try SenderAnswer(text.utf8, toValues: 3)
    #expect(answer.processedCount == 2 && answer.failedCount == 1)
    let more =
      #" { "x" : [1, {"y": null}, "\u00e9"], "info":"processed: 0; failed: 3; total: 3", "response":"success" } "#
    #expect(try SenderAnswer(more.utf8, toValues: 3).failedCount == 3)
  }

  @Test(arguments: [
    "", "{}", "[]", "{\"response\":\"success\"}", "{\"response\":\"success\",\"info\":\"fine\"}",
    "{\"response\":1}", "{\"response\"}",
    "{\"response\":\"success\",\"info\":\"processed: 2; failed: 0; total: 2\"}",
    "{\"response\":\"success\",\"info\":\"processed: -1; failed: 4; total: 3\"}",
    "{\"response\":\"success\",\"info\":\"processed: 9223372036854775807; failed: 9223372036854775807; total: 3\"}",
    "{\"response\":\"success\",\"info\":\"processed: 3; failed: 0; total: 3\"",
    "{\"response\":\"success\",\"info\":\"processed: 3; failed: 0; total: 3\"}}",
    "{\"response\":\"success\n\",\"info\":\"processed: 3; failed: 0; total: 3\"}", "{\"a\":\"\\q\"}",
    "{\"a\":\"\\u12\"}",
  ])
  func `answers without sense are refused`(text: String) {
    #expect(throws: AnswerFault.senseless) { try SenderAnswer(text.utf8, toValues: 3) }
  }

  @Test func `a refusal has a reason`() {
    let text = #"{"response":"failed","info":"invalid \"data\""}"#
    #expect(throws: AnswerFault.refused(#"invalid "data""#)) { try SenderAnswer(text.utf8, toValues: 3) }
  }

  @Test func `any bytes are an answer or none`() {
    var generator = SystemRandomNumberGenerator()
    let text = #"{"response":"success","info":"processed: 2; failed: 1; total: 3","x":[1,{"y":"\u00e9"}]}"#
    let packet = Packet.header(ofByteCount: text.utf8.count) + Array(text.utf8)
    for _ in 0..<3000 {
      var bytes = packet
      for _ in 0..<Int.random(in: 1...4, using: &generator) {
        bytes[Int.random(in: 0..<bytes.count, using: &generator)] = UInt8.random(
          in: .min ... .max, using: &generator)
      }
      if Bool.random(using: &generator) {
        bytes.removeLast(Int.random(in: 0..<bytes.count, using: &generator))
      }
      guard let data = try? Packet.data(in: bytes), let answer = try? SenderAnswer(data, toValues: 3) else {
        continue
      }
      #expect(answer.processedCount + answer.failedCount == 3)
    }
  }

  @Test func `depth is bounded`() {
    let deep = "{\"a\":" + String(repeating: "[", count: 100_000)
    #expect(throws: AnswerFault.senseless) { try SenderAnswer(deep.utf8, toValues: 3) }
  }

  @Test(arguments: [
    ("10.0.0.1", "10.0.0.1:10051"), ("zabbix.example.com:20051", "zabbix.example.com:20051"),
    ("[::1]:7", "[::1]:7"),
    ("[::1]", "[::1]:10051"), ("fe80::1", "[fe80::1]:10051"),
  ])
  func `addresses are read`(text: String, address: String) {
    #expect(ServerAddress(text)?.description == address)
  }

  @Test(arguments: [
    "", ":10051", "a:", "a:0", "a:65536", "a:x", "a:+1", "[::1", "[::1]x", "[]:1", "a b", "http://a/",
  ])
  func `what is no address is refused`(text: String) { #expect(ServerAddress(text) == nil) }

  @Test func `servers are listed as in the agent's configuration`() {
    #expect(
      (try? ServerGroup.list("a,b:1;c").get())
        == [
          ServerGroup(nodes: [ServerAddress(host: "a")]),
          ServerGroup(nodes: [ServerAddress(host: "b", port: 1), ServerAddress(host: "c")]),
        ])
    #expect(throws: ServerGroup.InvalidAddress(text: "")) { try ServerGroup.list("a,").get() }
  }

  @Test func `keys for encryption are hexadecimal digits`() {
    #expect(Encryption.key(inFile: Array("000102030405060708090a0b0c0d0E0F\n".utf8)) == Array(0..<16))
    #expect(Encryption.key(inFile: Array("0001".utf8)) == nil)
    #expect(Encryption.key(inFile: Array(String(repeating: "0g", count: 16).utf8)) == nil)
    #expect(Encryption.key(inFile: Array(String(repeating: "0", count: 33).utf8)) == nil)
    #expect(Encryption.key(inFile: [UInt8](repeating: 0xff, count: 32)) == nil)
  }

}
