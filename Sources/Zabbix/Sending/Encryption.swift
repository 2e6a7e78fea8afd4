import NIOSSL

/// How what is sent is kept from others.
public enum Encryption: Sendable {

  /// It is not.
  case none

  /// By a key that both sides have, whose name is `identity`.
  case sharedKey(identity: String, key: [UInt8])

  /// By certificates: the server's must be signed by one of those in the file `authority`; ours, if we have one, and its key are in
  /// the files `certificate` and `key`.
  case certificates(authority: String, certificate: String?, key: String?)

  /// The numbers of bytes that keys have.
  public static let keySizes = 16...256

  /// The greatest number of bytes of the name of a key.
  public static let longestIdentity = 128

  /// Returns the key that `text`, the contents of a file, is in hexadecimal digits, as Zabbix keeps it; nil if it is none.
  public static func key(inFile text: [UInt8]) -> [UInt8]? {
    var digits = text[...]
    while let last = digits.last, last == 0x0a || last == 0x0d { digits.removeLast() }
    guard digits.count % 2 == 0, keySizes.contains(digits.count / 2) else { return nil }
    var key: [UInt8] = []
    var high: UInt8? = nil
    for digit in digits {
      guard let value = Character(Unicode.Scalar(digit)).hexDigitValue, digit < 0x80 else { return nil }
      if let first = high {
        key.append(first << 4 | UInt8(value))
        high = nil
      } else {
        high = UInt8(value)
      }
    }
    return key
  }

  /// Returns what connections are encrypted with, nil if they are not. Certificates are read from their files.
  func context() throws(EncryptionFault) -> NIOSSLContext? {
    var configuration: TLSConfiguration
    switch self {
    case .none: return nil
    case .sharedKey(let identity, let key):
      configuration = .makePreSharedKeyConfiguration()
      // BoringSSL has keys that are shared before up to this version. Zabbix takes AES with 128 bits.
      configuration.minimumTLSVersion = .tlsv12
      configuration.maximumTLSVersion = .tlsv12
      configuration.cipherSuiteValues = [
        .TLS_ECDHE_PSK_WITH_AES_128_CBC_SHA, .TLS_PSK_WITH_AES_128_CBC_SHA,
        .TLS_ECDHE_PSK_WITH_AES_256_CBC_SHA, .TLS_PSK_WITH_AES_256_CBC_SHA,
      ]
      configuration.pskClientProvider = { _ in
        PSKClientIdentityResponse(key: NIOSSLSecureBytes(key), identity: identity)
      }
    case .certificates(let authority, let certificate, let key):
      configuration = .makeClientConfiguration()
      configuration.minimumTLSVersion = .tlsv12
      // As Zabbix's programs do it: names of servers are not in their certificates.
      configuration.certificateVerification = .noHostnameVerification
      configuration.trustRoots = .certificates(try read(authority) { try NIOSSLCertificate.fromPEMFile($0) })
      if let certificate, let key {
        let chain = try read(certificate) { try NIOSSLCertificate.fromPEMFile($0) }
        configuration.certificateChain = chain.map { .certificate($0) }
        configuration.privateKey = .privateKey(
          try read(key) { try NIOSSLPrivateKey(file: $0, format: .pem) })
      }
    }
    do {
      return try NIOSSLContext(configuration: configuration)
    } catch {
      throw EncryptionFault(message: "the certificate and its key do not fit together: \(error)")
    }
  }

}

/// Why nothing can be encrypted.
public struct EncryptionFault: Error, Equatable, Sendable {

  /// A sentence, in lower case and without a full stop.
  public let message: String

}

/// Returns what `parse` makes of the file at `path`.
private func read<Result>(_ path: String, _ parse: (String) throws -> Result) throws(EncryptionFault)
  -> Result
{
  do {
    return try parse(path)
  } catch {
    throw EncryptionFault(message: "'\(path)' cannot be read as certificates or a key in PEM form: \(error)")
  }
}
