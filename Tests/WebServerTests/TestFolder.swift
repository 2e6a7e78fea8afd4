import Foundation

/// A folder for the files of a test, which are gone with it.
final class TestFolder: Sendable {

  /// Its path.
  let path: String

  /// Creates a folder with a certificate, the keys and the authority of `Certificates`.
  init() throws {
    path = FileManager.default.temporaryDirectory.appendingPathComponent("apus-web-\(UUID().uuidString)").path
    try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
    try write(Certificates.server, to: "server.crt")
    try write(Certificates.serverKey, to: "server.key")
    try write(Certificates.other, to: "other.crt")
    try write(Certificates.otherKey, to: "other.key")
    try write(Certificates.authority, to: "authority.crt")
    try write(Certificates.client, to: "client.crt")
    try write(Certificates.clientKey, to: "client.key")
  }

  deinit { try? FileManager.default.removeItem(atPath: path) }

  /// Writes `text` to the file with the given name in place of what is there, and returns its path.
  @discardableResult
  func write(_ text: String, to name: String) throws -> String {
    // In one step, as programs do that write files others are reading.
    try Data(text.utf8).write(to: URL(fileURLWithPath: "\(path)/\(name)"), options: .atomic)
    return "\(path)/\(name)"
  }

  /// Writes a configuration with a certificate and `more` keys for TLS, and returns its path.
  func configuration(_ more: String = "", rest: String = "") throws -> String {
    try write(
      "tls_server_config: {cert_file: server.crt, key_file: server.key\(more.isEmpty ? "" : ", ")\(more)}\n\(rest)",
      to: "web.yml")
  }

}
