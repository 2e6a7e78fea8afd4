import NIOSSL
import TestSupport
import Testing

@testable import WebServer

/// Servers that encrypt, and what they ask of clients.
@Suite struct EncryptionTests {

  /// A request for a page.
  private static let request = "GET / HTTP/1.1|Host: a|Connection: close||"

  /// What the client that the authority knows shows.
  private static let known = (certificate: Certificates.client, key: Certificates.clientKey)

  /// What a client shows that signed its own certificate.
  private static let unknown = (certificate: Certificates.other, key: Certificates.otherKey)

  /// Returns `true` iff a client with `settings` is shown a page by a server with `keys` for TLS.
  private func serves(_ settings: SecureClient.Settings, with keys: String) throws -> Bool {
    let folder = try TestFolder()
    let server = try TestServer(configuredBy: try folder.configuration(keys))
    defer { server.server.stop() }
    let answer = try? SecureClient.exchange(Self.request, port: server.port, settings)
    return answer?.hasSuffix("page - -") ?? false
  }

  @Test func `a page is encrypted`() throws {
    #expect(try serves(.init(), with: ""))
    #expect(try !serves(.init(server: Certificates.other), with: ""))
  }

  @Test func `a large page is whole`() throws {
    let folder = try TestFolder()
    let server = try TestServer(configuredBy: try folder.configuration())
    #expect(server.server.url == "https://127.0.0.1:\(server.port)")
    let text = try SecureClient.exchange(
      "GET /big HTTP/1.1|Host: a|Connection: close||", port: server.port)
    #expect(text.utf8.count > TestServer.bigSize)
    #expect(text.hasSuffix("aaaa"))
  }

  @Test func `only the versions that are allowed are spoken`() throws {
    #expect(try serves(.init(versions: (.tlsv12, .tlsv12)), with: ""))
    #expect(try !serves(.init(versions: (.tlsv11, .tlsv11)), with: ""))
    #expect(try serves(.init(versions: (.tlsv11, .tlsv11)), with: "min_version: TLS11"))
    #expect(try !serves(.init(versions: (.tlsv12, .tlsv12)), with: "min_version: TLS13"))
    #expect(try !serves(.init(versions: (.tlsv13, .tlsv13)), with: "max_version: TLS12"))
  }

  @Test func `only the ciphers that are allowed are spoken`() throws {
    let cipher = "cipher_suites: [TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384]"
    var settings = SecureClient.Settings(versions: (.tlsv12, .tlsv12))
    #expect(try serves(settings, with: cipher))
    settings.ciphers = [.TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256]
    #expect(try !serves(settings, with: cipher))
    #expect(try serves(settings, with: "curve_preferences: [CurveP256]"))
  }

  /// What is asked of clients, who come without a certificate, with one that anybody could make, and with a
  /// good one.
  @Test(arguments: [
    ("NoClientCert", true, true, true), ("RequestClientCert", true, true, true),
    ("RequireAnyClientCert", false, true, true),
    ("VerifyClientCertIfGiven, client_ca_file: authority.crt", true, false, true),
    ("RequireAndVerifyClientCert, client_ca_file: authority.crt", false, false, true),
  ])
  func `clients show what is asked for`(policy: String, none: Bool, unknown: Bool, known: Bool) throws {
    let keys = "client_auth_type: \(policy)"
    for versions in [(TLSVersion.tlsv12, TLSVersion.tlsv12), (.tlsv13, .tlsv13)] {
      #expect(try serves(.init(versions: versions), with: keys) == none)
      #expect(try serves(.init(client: Self.unknown, versions: versions), with: keys) == unknown)
      #expect(try serves(.init(client: Self.known, versions: versions), with: keys) == known)
    }
  }

  /// Names that the client has, and one that it has not.
  @Test(arguments: [
    ("alice.example", true), ("10.0.0.1", true), ("alice@example.org", true),
    ("spiffe://example/alice", true),
    ("bob.example", false), ("10.0.0.2", false), ("client", false), ("Alice.example", false),
  ])
  func `clients have a name that is allowed`(name: String, isAllowed: Bool) throws {
    let names = "client_allowed_sans: [nobody, '\(name)'], client_auth_type:"
    #expect(
      try serves(
        .init(client: Self.known), with: "\(names) RequireAndVerifyClientCert, client_ca_file: authority.crt")
        == isAllowed)
    #expect(try serves(.init(client: Self.known), with: "\(names) RequireAnyClientCert") == isAllowed)
    #expect(try !serves(.init(client: Self.unknown), with: "\(names) RequireAnyClientCert"))
  }

  @Test func `a client that does not encrypt disturbs nobody`() throws {
    let folder = try TestFolder()
    let server = try TestServer(configuredBy: try folder.configuration())
    #expect(!server.exchange(Self.request).contains("page"))
    #expect(!server.exchange("\u{16}\u{3}\u{1}garbage").contains("page"))
    #expect(try SecureClient.exchange(Self.request, port: server.port).hasSuffix("page - -"))
  }

  @Test func `certificates and keys that do not go together are told`() throws {
    let folder = try TestFolder()
    /// Returns what is wrong with a configuration with the given certificate and key.
    func fault(_ certificate: String, _ key: String) throws -> String {
      let path = try folder.write(
        "tls_server_config: {cert_file: \(certificate), key_file: \(key)}", to: "web.yml")
      do throws(ServerError) {
        _ = try LoadedConfiguration(path: path)
        return ""
      } catch { return error.description.replacing(folder.path, with: "F") }
    }
    #expect(try fault("server.crt", "server.key") == "")
    #expect(
      try fault("none.crt", "server.key")
        == "F/web.yml: cannot read the certificate 'F/none.crt': No such file or directory")
    #expect(
      try fault("server.key", "server.key")
        == "F/web.yml: the certificate 'F/server.key' holds no certificate in the form of PEM")
    #expect(
      try fault("server.crt", "server.crt")
        == "F/web.yml: the key 'F/server.crt' holds no key in the form of PEM that can be read without a password"
    )
    #expect(
      try fault("server.crt", "other.key").hasPrefix(
        "F/web.yml: the certificate, its key and the other settings for TLS do not go"))
    #expect(
      try fault(".", "server.key") == "F/web.yml: cannot read the certificate 'F/.': it is no regular file")
    #expect(throws: ServerError.self) { try LoadedConfiguration(path: folder.path + "/none.yml") }
  }

  @Test func `the configuration may hold certificates and keys itself`() throws {
    let folder = try TestFolder()
    /// Returns `text` as a value of several lines.
    func block(_ text: String) -> String { "|\n    " + text.replacing("\n", with: "\n    ") }
    let path = try folder.write(
      "tls_server_config:\n  cert: \(block(Certificates.server))\n  key: \(block(Certificates.serverKey))\n",
      to: "web.yml")
    let server = try TestServer(configuredBy: path)
    #expect(try SecureClient.exchange(Self.request, port: server.port).hasSuffix("page - -"))
  }

  @Test func `Python's client is served`() throws {
    let folder = try TestFolder()
    let path = try folder.configuration(
      "client_auth_type: RequireAndVerifyClientCert, client_ca_file: authority.crt")
    let server = try TestServer(configuredBy: path)
    let program = """
      import ssl, urllib.request
      c = ssl.create_default_context(cafile="\(folder.path)/server.crt")
      c.load_cert_chain("\(folder.path)/client.crt", "\(folder.path)/client.key")
      print(len(urllib.request.urlopen("https://localhost:\(server.port)/big", context=c, timeout=30).read()))
      """
    #expect(try run("/usr/bin/python3", ["-c", program]).output == "\(TestServer.bigSize)\n")
  }

}
