import NIOConcurrencyHelpers
import Testing

@testable import WebServer

/// Servers that a file configures, also when it changes.
@Suite struct ConfiguredServerTests {

  /// `secret`, hashed.
  private static let hash = "$2y$04$abcdefghijklmnopqrstuu2r9OfJnfCsdneAXAGHnS4UpFFP8WIrW"

  /// Returns a request for a page by a client that says what `credentials` are in Base64.
  private func request(_ credentials: String?) -> String {
    "GET / HTTP/1.1|Host: a|Connection: close|" + (credentials.map { "Authorization: Basic \($0)|" } ?? "")
      + "|"
  }

  @Test func `only users are shown pages`() throws {
    let folder = try TestFolder()
    let server = try TestServer(
      configuredBy: try folder.write("basic_auth_users: {bob: \(Self.hash)}", to: "web.yml"))
    // bob:secret; the second time it is remembered.
    for _ in 0..<2 { #expect(server.exchange(request("Ym9iOnNlY3JldA==")).hasSuffix("page - -")) }
    // bob:wrong, eve:secret, bob: without anything, and no Base64.
    for credentials in [nil, "Ym9iOndyb25n", "Ym9iOndyb25n", "ZXZlOnNlY3JldA==", "Ym9iOg==", "Ym9i", "?"] {
      let text = server.exchange(request(credentials))
      #expect(text.hasPrefix("HTTP/1.1 401 Unauthorized\r\n"))
      #expect(text.contains("\r\nWWW-Authenticate: Basic realm=\"metrics\", charset=\"UTF-8\"\r\n"))
      #expect(!text.contains("page"))
    }
    #expect(
      server.exchange(
        "GET / HTTP/1.1|Host: a|Authorization: Basic Ym9iOnNlY3JldA==|Authorization: x|Connection: close||"
      )
      .hasPrefix("HTTP/1.1 401 "))
  }

  @Test func `wrong passwords keep a known one from nothing`() throws {
    let folder = try TestFolder()
    // Each check takes a tenth of a second or so.
    let hash = "$2y$11$abcdefghijklmnopqrstuu2r9OfJnfCsdneAXAGHnS4UpFFP8WIrW"
    let users = "basic_auth_users: {eve: \(hash), bob: \(Self.hash)}"
    var limits = ServerLimits()
    limits.waitingPasswords = 4
    let server = try TestServer(limits: limits, configuredBy: try folder.write(users, to: "web.yml"))
    #expect(server.exchange(request("Ym9iOnNlY3JldA==")).hasSuffix("page - -"))
    // eve:aa, eve:bb and so on.
    let wrong = [
      "ZXZlOmFh", "ZXZlOmJi", "ZXZlOmNj", "ZXZlOmRk", "ZXZlOmVl", "ZXZlOmZm", "ZXZlOmdn", "ZXZlOmho",
      "ZXZlOmlp", "ZXZlOmpq",
    ]
    let clients = wrong.map { credentials in
      let client = server.connect()
      client.send(request(credentials))
      return client
    }
    #expect(server.exchange(request("Ym9iOnNlY3JldA==")).hasSuffix("page - -"))
    let answers = clients.map { $0.receiveAll().prefix(12) }
    #expect(answers.allSatisfy { ["HTTP/1.1 401", "HTTP/1.1 503"].contains($0) }, "\(answers)")
  }

  @Test func `responses have the fields that are configured`() throws {
    let folder = try TestFolder()
    let path = try folder.write("http_server_config: {headers: {X-Frame-Options: deny}}", to: "web.yml")
    let server = try TestServer(configuredBy: path)
    for text in [request(nil), "garbage||"] {
      #expect(server.exchange(text).contains("\r\nX-Frame-Options: deny\r\n"))
    }
  }

  @Test func `pages are shown as often as is configured`() throws {
    let folder = try TestFolder()
    let path = try folder.write("rate_limit: {interval: 1h, burst: 2}", to: "web.yml")
    let server = try TestServer(configuredBy: path)
    let answers = (0..<3).map { _ in server.exchange(request(nil)).prefix(12) }
    #expect(answers == ["HTTP/1.1 200", "HTTP/1.1 200", "HTTP/1.1 429"])
  }

  @Test func `users that are added or removed are so for the next request`() throws {
    let folder = try TestFolder()
    let server = try TestServer(configuredBy: try folder.write("", to: "web.yml"))
    #expect(server.exchange(request(nil)).hasSuffix("page - -"))
    try folder.write("basic_auth_users: {bob: \(Self.hash)}", to: "web.yml")
    #expect(server.exchange(request(nil)).hasPrefix("HTTP/1.1 401 "))
    #expect(server.exchange(request("Ym9iOnNlY3JldA==")).hasSuffix("page - -"))
    try folder.write("basic_auth_users: {eve: \(Self.hash)}", to: "web.yml")
    #expect(server.exchange(request("Ym9iOnNlY3JldA==")).hasPrefix("HTTP/1.1 401 "))
  }

  @Test func `a certificate that is renewed is shown to the next client`() throws {
    let folder = try TestFolder()
    let server = try TestServer(configuredBy: try folder.configuration())
    #expect(try SecureClient.exchange(request(nil), port: server.port).hasSuffix("page - -"))
    try folder.write(Certificates.other, to: "server.crt")
    // Between the two, the certificate and the key do not go together: the old ones stay.
    #expect(try SecureClient.exchange(request(nil), port: server.port).hasSuffix("page - -"))
    try folder.write(Certificates.otherKey, to: "server.key")
    #expect(throws: (any Error).self) {
      try SecureClient.exchange(request(nil), port: server.port)
    }
  }

  @Test func `what is wrong with a changed file is told once, and what was there stays`() throws {
    let folder = try TestFolder()
    let path = try folder.write("basic_auth_users: {bob: \(Self.hash)}", to: "web.yml")
    let reports = NIOLockedValueBox<[String]>([])
    let server = try TestServer(
      configuredBy: path, reportingTo: { text in reports.withLockedValue { $0.append(text) } })
    try folder.write("basic_auth_user: {}", to: "web.yml")
    for _ in 0..<3 { #expect(server.exchange(request(nil)).hasPrefix("HTTP/1.1 401 ")) }
    let known = "the key 'basic_auth_user' is not known here; did you mean 'basic_auth_users'?"
    #expect(
      reports.withLockedValue { $0 } == ["\(path):1:1: \(known)\nwhat was read before stays in force"])
    _ = try folder.configuration()
    for _ in 0..<2 { #expect(server.exchange(request(nil)).hasPrefix("HTTP/1.1 401 ")) }
    #expect(
      reports.withLockedValue { $0.last }
        == "\(path): encryption cannot be turned on or off while pages are served; nothing is changed")
    #expect(reports.withLockedValue { $0.count } == 2)
  }

  @Test func `a configuration that cannot be used is told before anything is served`() throws {
    let folder = try TestFolder()
    let path = try folder.write("a: b\nc: d", to: "web.yml")
    do {
      _ = try TestServer(configuredBy: path)
      Issue.record("it is used")
    } catch {
      #expect(
        error.description.split(separator: "\n").map { $0.prefix(path.utf8.count + 5) } == [
          "\(path):1:1:", "\(path):2:1:",
        ])
    }
  }

}
