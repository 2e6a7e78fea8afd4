import NIOCore
import NIOSSL

/// What encrypts connections, with certificates and keys that were read.
struct Encryption: Sendable {

  /// Why connections cannot be encrypted.
  struct Failure: Error, Hashable {

    /// The reason, in words.
    let text: String

  }

  /// What the library makes of certificates, keys and settings.
  private let context: NIOSSLContext

  /// What is asked of clients.
  private let policy: EncryptionSettings.ClientPolicy

  /// The names of which a client must have one; any will do if there are none.
  private let names: ClientNames

  /// Reads what `settings` name.
  init(_ settings: EncryptionSettings) throws(Failure) {
    policy = settings.clientPolicy
    names = ClientNames(settings.clientNames)
    let chain = try Self.certificates(settings.certificate, called: "certificate")
    let key = try Self.key(settings.key)
    var configuration = TLSConfiguration.makeServerConfiguration(
      certificateChain: chain.map { .certificate($0) }, privateKey: .privateKey(key))
    configuration.minimumTLSVersion = settings.minimum.version
    configuration.maximumTLSVersion = settings.maximum.version
    if !settings.ciphers.isEmpty { configuration.cipherSuiteValues = settings.ciphers }
    if !settings.curves.isEmpty { configuration.curves = settings.curves }
    configuration.applicationProtocols = ["http/1.1"]
    configuration.shutdownTimeout = .seconds(1)
    switch policy {
    case .none: configuration.certificateVerification = .none
    case .requested, .verifiedIfGiven: configuration.certificateVerification = .optionalVerification
    case .required, .verified: configuration.certificateVerification = .noHostnameVerification
    }
    if let authorities = settings.clientAuthorities {
      let certificates = try Self.certificates(
        authorities, called: "certificate of the authority for clients")
      configuration.trustRoots = .certificates(certificates)
      configuration.sendCANameList = true
    } else if policy == .requested || policy == .required {
      configuration.trustRoots = .certificates([])
    }
    do {
      context = try NIOSSLContext(configuration: configuration)
    } catch {
      throw Failure(
        text:
          "the certificate, its key and the other settings for TLS do not go together: \(Self.words(error))")
    }
  }

  /// Returns what encrypts a new connection.
  func makeHandler() -> NIOSSLServerHandler {
    let names = names
    switch policy {
    case .none, .verifiedIfGiven: return NIOSSLServerHandler(context: context)
    case .requested, .required:
      // That the client has the key of its certificate is checked by the library all the same.
      return NIOSSLServerHandler(context: context) { certificates, promise in
        let isKnown = certificates.first.map { names.areMet(by: $0) } ?? true
        promise.succeed(isKnown ? .certificateVerified : .failed)
      }
    case .verified:
      if names.isEmpty { return NIOSSLServerHandler(context: context) }
      return NIOSSLServerHandler._makeSSLServerHandler(
        context: context,
        additionalPeerCertificateVerificationCallback: { certificate, channel in
          names.areMet(by: certificate)
            ? channel.eventLoop.makeSucceededVoidFuture()
            : channel.eventLoop.makeFailedFuture(Failure(text: "the client's name is not known"))
        })
    }
  }

  /// Returns the certificates in `source`, which is called `name`.
  private static func certificates(
    _ source: EncryptionSettings.Source, called name: String
  ) throws(Failure) -> [NIOSSLCertificate] {
    let bytes = try bytes(source, called: name)
    do {
      let result = try NIOSSLCertificate.fromPEMBytes(bytes)
      guard result.isEmpty else { return result }
    } catch {}
    throw Failure(text: "\(source.words(called: name)) holds no certificate in the form of PEM")
  }

  /// Returns the key in `source`.
  private static func key(_ source: EncryptionSettings.Source) throws(Failure) -> NIOSSLPrivateKey {
    let bytes = try bytes(source, called: "key")
    do {
      return try NIOSSLPrivateKey(bytes: bytes, format: .pem)
    } catch {
      throw Failure(
        text:
          "\(source.words(called: "key")) holds no key in the form of PEM that can be read without a password"
      )
    }
  }

  /// Returns the bytes of `source`, which is called `name`.
  private static func bytes(
    _ source: EncryptionSettings.Source, called name: String
  ) throws(Failure) -> [UInt8] {
    switch source {
    case .text(let text): return Array(text.utf8)
    case .file(let path):
      do throws(ConfigurationFile.Failure) {
        return try ConfigurationFile.bytes(at: path)
      } catch {
        throw Failure(text: "cannot read \(source.words(called: name)): \(error.reason)")
      }
    }
  }

  /// Returns what the library says, on one line.
  private static func words(_ error: any Error) -> String {
    "\(error)".split(whereSeparator: \.isNewline).joined(separator: " ")
  }

}

extension EncryptionSettings.Source {

  /// Returns how messages call this, which is a `name`.
  fileprivate func words(called name: String) -> String {
    switch self {
    case .file(let path): "the \(name) '\(path)'"
    case .text: "the \(name) in the file"
    }
  }

}

extension EncryptionSettings.Version {

  /// The library's name for it.
  fileprivate var version: TLSVersion {
    switch self {
    case .tls10: .tlsv1
    case .tls11: .tlsv11
    case .tls12: .tlsv12
    case .tls13: .tlsv13
    }
  }

}
