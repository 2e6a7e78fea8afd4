import Testing

@testable import Builtins

/// How subnets are written.
@Suite struct SubnetTests {

  @Test(
    arguments: [
      ("10.0.0.0/8", [10, 0, 0, 0], 8), ("192.168.9.255", [192, 168, 9, 255], 32),
      ("0.0.0.0/0", [0, 0, 0, 0], 0),
      ("2001:db8::/33", [0x20, 1, 0xd, 0xb8, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0], 33),
      ("::1", [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1], 128),
      ("::ffff:192.168.0.0/112", [192, 168, 0, 0], 16), ("::ffff:0:0/96", [0, 0, 0, 0], 0),
      ("::/0", [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0], 0),
    ] as [(String, [UInt8], Int)])
  func isRead(_ text: String, bytes: [UInt8], prefix: Int) throws {
    let subnet = try Subnet(text)
    #expect((subnet.name, subnet.bytes, subnet.prefix) == (text, bytes, prefix))
  }

  @Test(arguments: [
    "", "10.0.0.0/33", "10.0.0.0/", "10.0.0.0/-1", "10.0.0.0/+8", "10.0.0/8", "10.0.0.1/8", "fd00::/129",
    "fd00::1/8",
    "::ffff:192.168.0.1/112", "example.org/8", "10.0.0.0/8/8", "10.0.0.0/٨", " 10.0.0.0/8",
  ])
  func isRefused(_ text: String) {
    #expect(throws: Subnet.Fault.self) { try Subnet(text) }
  }

  /// Words are compared as they lie in memory.
  @Test func conditions() throws {
    func conditions(_ text: String) throws -> [String] {
      try Subnet(text).conditions.map {
        "\($0.index) \(String($0.mask, radix: 16)) \(String($0.value, radix: 16))"
      }
    }
    #expect(try conditions("10.169.0.0/16") == ["0 ffff a90a"])
    #expect(try conditions("172.16.0.0/12") == ["0 f0ff 10ac"])
    #expect(try conditions("192.0.2.1") == ["0 ffffffff 10200c0"])
    #expect(try conditions("0.0.0.0/0") == [])
    #expect(try conditions("2001:db8::/32") == ["0 ffffffff b80d0120"])
    #expect(try conditions("2001:db8:8000::/33") == ["0 ffffffff b80d0120", "1 80 80"])
    #expect(try conditions("::1").count == 4)
  }

  @Test func containment() throws {
    func contains(_ a: String, _ b: String) throws -> Bool { try Subnet(a).contains(Subnet(b)) }
    #expect(try contains("10.0.0.0/8", "10.169.0.0/16"))
    #expect(try contains("10.0.0.0/8", "10.0.0.0/8"))
    #expect(try contains("10.0.0.0/8", "::ffff:10.1.0.0/112"))
    #expect(try !contains("10.169.0.0/16", "10.0.0.0/8"))
    #expect(try !contains("10.0.0.0/8", "11.0.0.0/16"))
    #expect(try !contains("::/0", "10.0.0.0/8"))
    #expect(try contains("fc00::/7", "fd00::/8"))
  }

}
