import NIOSSL
import Testing

@testable import WebServer

@Suite struct ConfigurationReaderTests {

  /// Returns the configuration that `text` describes and what is wrong with it.
  private func read(_ text: String) -> (configuration: WebConfiguration, faults: [String]) {
    let (configuration, faults) = ConfigurationReader.read(Array(text.utf8), folder: "/etc/web")
    return (configuration, faults.map { $0.text(in: "web.yml") })
  }

  @Test(arguments: ["", "# nothing\n", "---\n", "{}", "basic_auth_users:\nhttp_server_config:\n"])
  func `nothing configures nothing`(text: String) {
    #expect(read(text) == (WebConfiguration(), []))
  }

  @Test func `every key is understood`() throws {
    let (configuration, faults) = read(
      """
      tls_server_config:
        cert_file: server.crt
        key_file: /keys/server.key
        client_auth_type: RequireAndVerifyClientCert
        client_ca: |
          a certificate
        client_allowed_sans:
          - alice.example
          - 10.0.0.1
        min_version: TLS11
        max_version: TLS12
        cipher_suites:
          - TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256
          - TLS_AES_128_GCM_SHA256
        prefer_server_cipher_suites: false
        curve_preferences: [X25519, CurveP256]
      http_server_config:
        http2: true
        headers:
          Content-Security-Policy: "default-src 'none'"
          X-Frame-Options: deny
          X-Content-Type-Options: nosniff
          X-XSS-Protection: 1; mode=block
          Strict-Transport-Security: max-age=31536000
      basic_auth_users:
        alice: $2y$10$mDwo.lAisC94iLAyP81MCesa29IzH37oigHC/42V2pdJlUprsJPze
        bob: "$2b$04$abcdefghijklmnopqrstuu2r9OfJnfCsdneAXAGHnS4UpFFP8WIrW"
      rate_limit:
        interval: 1s500ms
        burst: 20
      """)
    #expect(faults == [])
    var expected = EncryptionSettings(
      certificate: .file("/etc/web/server.crt"), key: .file("/keys/server.key"))
    expected.clientPolicy = .verified
    expected.clientAuthorities = .text("a certificate\n")
    expected.clientNames = ["alice.example", "10.0.0.1"]
    expected.minimum = .tls11
    expected.maximum = .tls12
    expected.ciphers = [.TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256]
    expected.curves = [.x25519, .secp256r1]
    #expect(configuration.encryption == expected)
    #expect(
      configuration.fields.map { "\($0.name): \($0.value)" } == [
        "Content-Security-Policy: default-src 'none'", "X-Frame-Options: deny",
        "X-Content-Type-Options: nosniff",
        "X-XSS-Protection: 1; mode=block", "Strict-Transport-Security: max-age=31536000",
      ])
    #expect(configuration.users.mapValues(\.cost) == ["alice": 10, "bob": 4])
    #expect(configuration.rate == RateLimit(interval: 1_500_000_000, burst: 20))
  }

  @Test func `ciphers of TLS 1.3 alone mean TLS 1.3`() {
    let keys = "cert: a, key: b, cipher_suites: [TLS_AES_128_GCM_SHA256]"
    let encryption = read("tls_server_config: {\(keys)}").configuration.encryption
    #expect(encryption?.minimum == .tls13)
    #expect(encryption?.ciphers == [])
    #expect(
      read("tls_server_config: {\(keys), max_version: TLS12}").faults == [
        "web.yml:1:53: these are for TLS 1.3, and 'max_version' is TLS12"
      ])
  }

  @Test func `blank values are none`() {
    #expect(
      read("http_server_config: {headers: {X-Frame-Options: '', X-XSS-Protection: }}")
        == (WebConfiguration(), []))
    #expect(read("rate_limit: {interval: 0, burst: 3}") == (WebConfiguration(), []))
  }

  /// What is wrong, and the place and the words in which it is told.
  private static let faults: [(text: String, fault: String)] = [
    (
      "a: 1",
      "1:1: the key 'a' is not known here; known are 'tls_server_config', 'http_server_config', 'basic_auth_users', 'rate_limit'"
    ),
    ("rate_limits: 1", "1:1: the key 'rate_limits' is not known here; did you mean 'rate_limit'?"),
    (
      "\"a\\x1b\\n\": 1",
      "1:1: the key 'a??' is not known here; known are 'tls_server_config', 'http_server_config', 'basic_auth_users', 'rate_limit'"
    ),
    ("[a]", "1:1: this must be a table of keys; it is a list"),
    ("[a]: b", "1:1: a key must be text; it is a list"),
    ("rate_limit:\nrate_limit:", "2:1: the key 'rate_limit' is here for a second time"),
    ("a: b\n\tc: d", "2:1: this is not YAML: found a tab character that violates indentation"),
    ("a: 'b", "1:6: this is not YAML: found unexpected end of stream"),
    ("a: &x b", "1:4: tags, anchors and references are not understood here"),
    ("a: *x", "1:4: tags, anchors and references are not understood here"),
    ("a: !!binary b", "1:4: tags, anchors and references are not understood here"),
    ("---\na: b\n---\nc: d", "3:1: another document begins here"),
    ("[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[", "1:33: lists and tables are nested too deep here"),
    (
      "basic_auth_users: {bob: secret}",
      "1:25: this is no password hashed by bcrypt with a cost of 4 to 20, as 'htpasswd -nBC 10 USER' prints"
    ),
    ("basic_auth_users: {'b:b': x}", "1:27: the name of a user cannot have a ':' in it"),
    ("basic_auth_users: x", "1:19: this must be a table of keys; it is text"),
    ("rate_limit: {interval: 1}", "1:24: this is no length of time such as '1s', '250ms' or '1m30s'"),
    ("rate_limit: {interval: 1s, burst: -1}", "1:35: this must be a number from 0 to 1000000000"),
    (
      "rate_limit: {interval: 1s}",
      "1:13: with this 'rate_limit' no request is ever answered: 'burst' must be 1 or more"
    ),
    ("http_server_config: {http2: maybe}", "1:29: this must be 'true' or 'false'"),
    (
      "http_server_config: {headers: {X-Frame-Options: allow}}",
      "1:49: 'allow' is not known here; known are 'deny', 'sameorigin'"
    ),
    (
      "http_server_config: {headers: {X-XSS-Protection: \"a\\r\\nb\"}}",
      "1:50: the value of a field must be one line of ASCII"
    ),
    (
      "http_server_config: {headers: {X-Other: a}}",
      "1:32: the key 'X-Other' is not known here; known are 'Content-Security-Policy', 'X-Frame-Options', 'X-Content-Type-Options', 'X-XSS-Protection', 'Strict-Transport-Security'"
    ),
    ("tls_server_config: {key: b}", "1:20: 'cert_file' is missing here"),
    ("tls_server_config: {cert: b}", "1:20: 'key_file' is missing here"),
    (
      "tls_server_config: {cert: a, cert_file: b, key: c}",
      "1:41: 'cert_file' and 'cert' cannot be given both"
    ),
    ("tls_server_config: {cert: a, key: [b]}", "1:35: this must be text; it is a list"),
    (
      "tls_server_config: {cert: a, key: b, client_ca: c}",
      "1:49: no client is asked for a certificate: 'client_auth_type' is missing"
    ),
    (
      "tls_server_config: {cert: a, key: b, client_auth_type: requireanyclientcert}",
      "1:56: 'requireanyclientcert' is not known here; did you mean 'RequireAnyClientCert'?"
    ),
    (
      "tls_server_config: {cert: a, key: b, client_allowed_sans: [c]}",
      "1:59: clients may come without a certificate and so without a name: 'client_auth_type' must be 'RequireAndVerifyClientCert' or 'RequireAnyClientCert'"
    ),
    (
      "tls_server_config: {cert: a, key: b, min_version: TLS13, max_version: TLS12}",
      "1:51: 'min_version' is newer than 'max_version', which is TLS12"
    ),
    (
      "tls_server_config: {cert: a, key: b, min_version: SSL30}",
      "1:51: 'SSL30' is not known here; known are 'TLS10', 'TLS11', 'TLS12', 'TLS13'"
    ),
    (
      "tls_server_config: {cert: a, key: b, curve_preferences: [P256]}",
      "1:58: 'P256' is not known here; known are 'CurveP256', 'CurveP384', 'CurveP521', 'X25519', 'X25519MLKEM768'"
    ),
    ("tls_server_config: {cert: a, key: b, cipher_suites: X}", "1:53: this must be a list; it is text"),
  ]

  @Test(arguments: faults)
  func `what is wrong is told with its place`(text: String, fault: String) {
    #expect(read(text).faults.contains("web.yml:\(fault)"), "\(read(text).faults)")
  }

  @Test func `a line with a secret is not shown`() {
    #expect(!read("basic_auth_users: {bob: hunter2}").faults.joined().contains("hunter2"))
  }

  @Test(arguments: [
    ("0", 0), ("1ns", 1), ("1.5us", 1500), ("2µs", 2000), ("1ms", 1_000_000), ("1m1s", 61_000_000_000),
    ("1h", 3_600_000_000_000),
  ])
  func `lengths of time are read`(text: String, nanoseconds: Int64) {
    #expect(GoDuration.nanoseconds(text) == nanoseconds)
  }

  @Test(arguments: ["", "1", "s", "-1s", "1e3s", "1 s", "1d", "9999999h", "1s ", "1..5s", "..s"])
  func `what is no length of time is refused`(text: String) {
    #expect(GoDuration.nanoseconds(text) == nil)
  }

}
