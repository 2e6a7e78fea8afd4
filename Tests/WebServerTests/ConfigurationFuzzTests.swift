import TestSupport
import Testing

@testable import WebServer

/// Whatever is in a configuration, it is read or refused.
@Suite struct ConfigurationFuzzTests {

  /// What is changed: every construct once.
  private static let seed = Array(
    """
    # comment
    tls_server_config:
      cert: "-----BEGIN CERTIFICATE-----\\n\\x41\\u00e9"
      key: |
        two
        lines
      client_allowed_sans: [a, 'b''c', "d"]
      min_version: TLS12
    http_server_config: {http2: yes, headers: {X-Frame-Options: deny}}
    basic_auth_users:
      ? alice
      : $2y$10$mDwo.lAisC94iLAyP81MCesa29IzH37oigHC/42V2pdJlUprsJPze
      bob: !!str &x "y"
    rate_limit: {interval: 1m30s, burst: 2}
    ...
    --- *x
    """.utf8)

  /// Bytes that mean something in YAML.
  private static let special = Array("-:?[]{}#&*!|>'\"%@`,\n\t \\\0\u{fffd}$~".utf8)

  @Test(arguments: 0..<8)
  func `changed configurations are read or refused`(round: UInt64) {
    var numbers = SeededNumbers(seed: round)
    for _ in 0..<250 {
      var bytes = Self.seed
      for _ in 0..<Int.random(in: 1...8, using: &numbers) {
        let place = Int.random(in: 0..<bytes.count, using: &numbers)
        switch Int.random(in: 0..<4, using: &numbers) {
        case 0: bytes[place] = UInt8.random(in: 0...255, using: &numbers)
        case 1: bytes.insert(Self.special.randomElement(using: &numbers) ?? 0, at: place)
        case 2: bytes.removeSubrange(place..<min(bytes.count, place + Int.random(in: 1...9, using: &numbers)))
        default: bytes.insert(contentsOf: bytes[place...].prefix(40), at: place)
        }
        if bytes.isEmpty { bytes = [45] }
      }
      for fault in ConfigurationReader.read(bytes, folder: "").faults {
        #expect(fault.line >= 1 && fault.column >= 1 && !fault.message.isEmpty)
      }
    }
  }

  @Test func `all bytes at once are refused`() {
    #expect(!ConfigurationReader.read(Array(0...255), folder: "").faults.isEmpty)
    #expect(!ConfigurationReader.read([0xff, 0xfe], folder: "").configuration.users.keys.contains("a"))
  }

}
