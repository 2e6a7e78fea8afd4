import Testing

@testable import WebServer

@Suite struct ListeningAddressTests {

  @Test(arguments: [
    ("9400", ListeningAddress.Host.loopback, 9400), (":9400", .all, 9400), ("0", .loopback, 0),
    ("name:1", .named("name"), 1), ("10.1.2.3:65535", .named("10.1.2.3"), 65535),
    ("[::1]:80", .named("::1"), 80),
    ("[fe80::1%eth0]:80", .named("fe80::1%eth0"), 80),
  ])
  func `an address has a host and a port`(text: String, host: ListeningAddress.Host, port: UInt16) throws {
    let address = try #require(ListeningAddress(text))
    #expect(address == ListeningAddress(host: host, port: port))
    #expect(address.description == text)
  }

  @Test(arguments: [
    "", ":", "a", "a:", ":b", "65536", "-1", "+1", "1 ", "::1:80", "[::1]", "[::1]80", "[a]:80", "[::1:80",
    "a b:80",
    "http://a:80", "a/b:80", "٣:80", "1:٣",
  ])
  func `what is no address is refused`(text: String) {
    #expect(ListeningAddress(text) == nil)
  }

}
