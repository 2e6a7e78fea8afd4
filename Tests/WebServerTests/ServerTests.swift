import TestSupport
import Testing

@testable import WebServer

/// What a server answers.
@Suite struct ServerTests {

  @Test func `a page has a head and a body`() throws {
    let text = try TestServer().exchange(
      "GET /?a=b&c HTTP/1.1|Host: a|Accept: x|accept: y;q=1|Connection: close||")
    let lines = text.split(separator: "\r\n", omittingEmptySubsequences: false)
    #expect(lines.count == 8)
    #expect(lines.first == "HTTP/1.1 200 OK")
    #expect(
      lines.dropFirst().first?.wholeMatch(of: #/Date: \w{3}, \d\d \w{3} \d{4} \d\d:\d\d:\d\d GMT/#) != nil)
    #expect(
      lines.dropFirst(2)
        == [
          "Content-Type: text/plain; charset=utf-8", "Content-Length: 18", "Vary: Accept, Accept-Encoding",
          "Connection: close", "",
          "page a=b&c x,y;q=1",
        ])
  }

  @Test func `a connection serves one request after the other`() throws {
    let server = try TestServer()
    let client = server.connect()
    for number in 0..<20 {
      client.send("GET /?\(number) HTTP/1.1|Host: a||")
      let response = try #require(client.receiveResponse())
      #expect(!response.head.contains("Connection"))
      #expect(String(decoding: response.body, as: UTF8.self) == "page \(number) -")
    }
    #expect(server.server.connectionCount == 1)
  }

  @Test func `requests at once are answered in their order`() throws {
    let server = try TestServer()
    let client = server.connect()
    let paths = ["/slow", "/?1", "/none", "/big", "/?2"]
    client.send(paths.map { "GET \($0) HTTP/1.1|Host: a||" }.joined())
    client.finish()
    let bodies = paths.compactMap { _ in client.receiveResponse()?.body }
    #expect(bodies.map(\.count) == [4, 8, 4, TestServer.bigSize, 8])
    #expect(client.receiveAll() == "")
  }

  @Test func `hundreds of requests at once are answered`() throws {
    let client = try TestServer().connect()
    let count = 600
    client.send(String(repeating: "HEAD /none HTTP/1.1|Host: a||", count: count))
    for _ in 0..<count {
      #expect(client.receiveResponse(hasBody: false)?.head.hasPrefix("HTTP/1.1 404 ") == true)
    }
  }

  @Test func `a head alone has no body but its length`() throws {
    let client = try TestServer().connect()
    client.send("HEAD /big HTTP/1.1|Host: a||GET / HTTP/1.1|Host: a||")
    #expect(
      client.receiveResponse(hasBody: false)?.head.contains("Content-Length: \(TestServer.bigSize)") == true)
    #expect(client.receiveResponse()?.body.count == 8)
  }

  @Test func `a large page is compressed for those who can read it`() throws {
    let server = try TestServer()
    let client = server.connect()
    client.send("GET /big HTTP/1.1|Host: a|Accept-Encoding: deflate, gzip;q=0.5||")
    let response = try #require(client.receiveResponse())
    #expect(response.head.contains("\r\nContent-Encoding: gzip"))
    #expect(response.body.count < TestServer.bigSize / 100)
    #expect(response.body.prefix(2) == [0x1f, 0x8b])
    client.send("GET / HTTP/1.1|Host: a|Accept-Encoding: gzip||")
    #expect(client.receiveResponse()?.body.count == 8)
    let program = """
      import urllib.request, gzip
      r = urllib.request.Request("http://127.0.0.1:\(server.port)/big", headers={"Accept-Encoding": "gzip"})
      print(gzip.decompress(urllib.request.urlopen(r, timeout=30).read()) == b"a" * \(TestServer.bigSize))
      """
    #expect(try run("/usr/bin/python3", ["-c", program]).output == "True\n")
  }

  @Test(arguments: [
    ("gzip", true), ("deflate, GZIP", true), ("x-gzip ; q=0.001", true), ("gzip;q=0", false),
    ("gzip; q=0.000, br", false), ("*", false), ("identity", false), ("", false), ("gzipped", false),
    (",;,", false),
  ])
  func `what a client can read is told by its request`(field: String, isGzip: Bool) {
    #expect(Conversation.takesGzip([field]) == isGzip)
    #expect(Conversation.takesGzip(["br", field]) == isGzip)
    #expect(!Conversation.takesGzip([]))
  }

  @Test func `clients of HTTP 1.0 are served`() throws {
    let server = try TestServer()
    let text = server.exchange("GET / HTTP/1.0||")
    #expect(text.hasSuffix("Connection: close\r\n\r\npage - -"))
    let client = server.connect()
    client.send("GET / HTTP/1.0|Connection: keep-alive||")
    #expect(client.receiveResponse()?.head.hasSuffix("Connection: keep-alive") == true)
    client.send("GET / HTTP/1.0||")
    #expect(client.receiveAll().hasSuffix("page - -"))
  }

  /// Requests and the first line of what answers them; `~` and a word stand for something long.
  private static let requests: [(request: String, status: String)] = [
    ("GET /none HTTP/1.1|Host: a|Connection: close||", "404 Not Found"),
    ("GET http://a:80/none HTTP/1.1|Host: a|Connection: close||", "404 Not Found"),
    ("GET http://a?x HTTP/1.1|Host: a|Connection: close||", "200 OK"),
    ("POST / HTTP/1.1|Host: a||", "405 Method Not Allowed"),
    ("OPTIONS * HTTP/1.1|Host: a||", "405 Method Not Allowed"),
    ("CONNECT a:80 HTTP/1.1|Host: a||", "405 Method Not Allowed"),
    ("GET / HTTP/1.1||", "400 Bad Request"),
    ("GET / HTTP/1.1|Host: a|Host: b||", "400 Bad Request"),
    ("GET * HTTP/1.1|Host: a||", "400 Bad Request"),
    ("GET / HTTP/1.1|Host: a|Content-Length: x||", "400 Bad Request"),
    ("GET / HTTP/1.1|Host: a|Content-Length: 1|Content-Length: 2||", "400 Bad Request"),
    ("GET / HTTP/1.1|Host: a| folded: b||", "400 Bad Request"),
    ("GET / HTTP/1.1|Ho st: a||", "400 Bad Request"),
    ("nonsense||", "400 Bad Request"), ("\u{16}\u{3}\u{1}\u{2}", "400 Bad Request"),
    ("PRI * HTTP/2.0||SM||", "400 Bad Request"),
    ("GET / HTTP/2.0|Host: a||", "505 HTTP Version Not Supported"),
    ("GET / HTTP/1.1|Host: a|Content-Length: 3||abc", "413 Payload Too Large"),
    ("GET / HTTP/1.1|Host: a|Transfer-Encoding: chunked||3|abc|0||", "413 Payload Too Large"),
    ("GET / HTTP/1.1|Host: a|Expect: 100-continue|Content-Length: 3||", "413 Payload Too Large"),
    ("GET / HTTP/1.1|Host: a|Content-Length: 0|Connection: close||", "200 OK"),
    ("GET / HTTP/1.1|Host: a|Connection: Upgrade|Upgrade: h2c||", "200 OK"),
    ("GET /~20000~ HTTP/1.1|Host: a||", "414 URI Too Long"),
    ("GET /~9000~ HTTP/1.1|Host: a||", "414 URI Too Long"),
    (
      "GET / HTTP/1.1|Host: a|X: ~20000~||",
      "431 Request Header Fields Too Large"
    ),
    ("GET / HTTP/1.1|~fields~|", "431 Request Header Fields Too Large"),
  ]

  @Test(arguments: requests)
  func `requests are answered as HTTP wants`(request: String, status: String) throws {
    let server = try TestServer()
    let long = ["~20000~": ("a", 20_000), "~9000~": ("a", 9000), "~fields~": ("X: a|", 5000)]
    var request = request
    for (mark, (text, count)) in long {
      request.replace(mark, with: String(repeating: text, count: count))
    }
    let text = server.exchange(request)
    #expect(text.prefix { !$0.isNewline } == "HTTP/1.1 \(status)")
    if status.hasPrefix("405") { #expect(text.contains("\r\nAllow: GET, HEAD\r\n")) }
    #expect(text.contains("\r\nConnection: close\r\n"))
    #expect(server.servesOthers())
  }

  @Test func `what comes after garbage is not answered`() throws {
    let text = try TestServer().exchange("GET / HTTP/1.1|Host: a||garbage||GET / HTTP/1.1|Host: a||")
    #expect(text.matches(of: #/HTTP\/1\.1 200/#).count == 1)
    #expect(text.matches(of: #/HTTP\/1\.1 /#).count <= 2)
  }

  @Test func `until there are pages clients are told to come later`() throws {
    let server = try TestServer(isReady: false)
    let client = server.connect()
    client.send("GET / HTTP/1.1|Host: a||")
    let head = try #require(client.receiveResponse()).head
    #expect(head.hasPrefix("HTTP/1.1 503 "))
    #expect(head.contains("\r\nRetry-After: 1"))
    server.beReady()
    client.send("GET / HTTP/1.1|Host: a||")
    #expect(client.receiveResponse()?.head.hasPrefix("HTTP/1.1 200 ") == true)
  }

  @Test func `a port that is taken is told`() throws {
    let server = try TestServer()
    let address = ListeningAddress(host: .named("127.0.0.1"), port: UInt16(server.port))
    #expect(throws: ServerError.cannotListen("127.0.0.1:\(server.port)", reason: "address already in use")) {
      try PageServer(at: address)
    }
  }

  @Test func `the loopback has both kinds of addresses with one port`() throws {
    let server = try PageServer(at: ListeningAddress(host: .loopback, port: 0))
    defer { server.stop() }
    let port = server.addresses[0].split(separator: ":")[1]
    #expect(server.url == "http://127.0.0.1:\(port)")
    #expect(server.addresses.dropFirst().allSatisfy { $0 == "[::1]:\(port)" })
  }

  @Test func `a host that is not known is told`() {
    let address = ListeningAddress(host: .named("no-such-host.invalid"), port: 0)
    #expect(throws: ServerError.self) { try PageServer(at: address) }
  }

  @Test func `a server that is stopped closes its connections`() throws {
    let server = try TestServer()
    let client = server.connect()
    client.send("GET / HTTP/1.1|Host: a||")
    _ = client.receiveResponse()
    server.server.stop()
    server.server.stop()
    #expect(client.receiveAll() == "")
  }

  @Test func `the port of a server that is stopped is free`() throws {
    // An address of its own: other tests take any port of 127.0.0.1 that is free.
    let host = ListeningAddress.Host.named("127.0.0.9")
    let server = try PageServer(at: ListeningAddress(host: host, port: 0))
    server.stop()
    let port = UInt16(server.addresses[0].split(separator: ":")[1]) ?? 0
    try PageServer(at: ListeningAddress(host: host, port: port)).stop()
  }

}
