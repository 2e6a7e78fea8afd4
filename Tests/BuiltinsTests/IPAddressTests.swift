import Glibc
import Testing

@testable import Builtins

/// How IP addresses are written.
@Suite struct IPAddressTests {

  /// What the C library takes for an address is one, with the same bytes, and nothing else is.
  @Test(arguments: [
    "192.0.2.1", "0.0.0.0", "255.255.255.255", "1.2.3", "1.2.3.4.5", "256.1.1.1", "1.2.3.", "01.2.3.4",
    "+1.2.3.4",
    "::", "::1", "1::", "2001:db8::8:800:200c:417a", "ff01:0:0:0:0:0:0:101", "::ffff:192.0.2.1",
    "1:2:3:4:5:6:7:8",
    "1:2:3:4:5:6:1.2.3.4", "1:2:3:4:5:6:7", "1:2:3:4:5:6:7:8:9", "1::2::3", ":1", "1:", ":::", "12345::",
    "g::",
    "1:2:3:4:5:6:7::", "1:2:3:4:5:6:7:8::", "1.2.3.4::", "", " 1.2.3.4", "fe80::1%lo",
  ])
  func bytes(of text: String) {
    var v4 = in_addr()
    var v6 = in6_addr()
    let isV4 = inet_pton(AF_INET, text, &v4) == 1
    let isV6 = inet_pton(AF_INET6, text, &v6) == 1
    let expected =
      isV4 ? withUnsafeBytes(of: v4) { Array($0) } : isV6 ? withUnsafeBytes(of: v6) { Array($0) } : nil
    #expect(IPAddress.bytes(of: text) == expected)
  }

}
