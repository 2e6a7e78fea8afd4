import Glibc
import NIOSSL

/// The names of which the certificate of a client must have one: of hosts, addresses, mailboxes or resources.
struct ClientNames: Hashable, Sendable {

  /// The names as certificates have them.
  private let allowed: Set<[UInt8]>

  /// Addresses as certificates have them: 4 or 16 bytes.
  private let addresses: Set<[UInt8]>

  /// `true` iff any name will do.
  var isEmpty: Bool { allowed.isEmpty }

  /// Creates the set of `names`.
  init(_ names: [String]) {
    allowed = Set(names.map { Array($0.utf8) })
    addresses = Set(names.compactMap(Self.address))
  }

  /// Returns `true` iff `certificate` has one of the names.
  func areMet(by certificate: NIOSSLCertificate) -> Bool {
    if isEmpty { return true }
    for name in certificate._subjectAlternativeNames() {
      let bytes = name.contents.withUnsafeBufferPointer { Array($0) }
      switch name.nameType {
      case .dnsName, .email, .uri: if allowed.contains(bytes) { return true }
      case .ipAddress: if addresses.contains(bytes) { return true }
      default: break
      }
    }
    return false
  }

  /// Returns the bytes of the address that `text` is, nil if it is none.
  private static func address(_ text: String) -> [UInt8]? {
    var bytes = [UInt8](repeating: 0, count: 16)
    if inet_pton(AF_INET, text, &bytes) == 1 { return Array(bytes[..<4]) }
    return inet_pton(AF_INET6, text, &bytes) == 1 ? bytes : nil
  }

}
