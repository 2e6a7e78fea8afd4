import NIOSSL

/// How connections are encrypted.
struct EncryptionSettings: Hashable, Sendable {

  /// Where certificates and keys are found.
  enum Source: Hashable, Sendable {

    /// In the file at a path.
    case file(String)

    /// In the configuration itself.
    case text(String)

  }

  /// What is asked of clients, by the names that Go gives these policies.
  enum ClientPolicy: String, CaseIterable, Hashable, Sendable {

    /// Nothing.
    case none = "NoClientCert"

    /// A certificate, of which nothing is asked.
    case requested = "RequestClientCert"

    /// A certificate is needed, whoever signed it.
    case required = "RequireAnyClientCert"

    /// A certificate if there is one, and then a good one.
    case verifiedIfGiven = "VerifyClientCertIfGiven"

    /// A good certificate.
    case verified = "RequireAndVerifyClientCert"

    /// `true` iff no connection is made without a certificate.
    var needsCertificate: Bool { self == .required || self == .verified }

  }

  /// The versions of TLS, in their order.
  enum Version: String, CaseIterable, Comparable, Hashable, Sendable {

    /// 1.0.
    case tls10 = "TLS10"

    /// 1.1.
    case tls11 = "TLS11"

    /// 1.2.
    case tls12 = "TLS12"

    /// 1.3.
    case tls13 = "TLS13"

    static func < (one: Version, other: Version) -> Bool { one.rawValue < other.rawValue }

  }

  /// The server's certificate, and those between it and its authority.
  var certificate: Source

  /// The key that belongs to it.
  var key: Source

  /// What is asked of clients.
  var clientPolicy = ClientPolicy.none

  /// Who signs the certificates of clients; nil for those whom the system trusts.
  var clientAuthorities: Source?

  /// The names of which the certificate of a client must have one; any will do if there are none.
  var clientNames: [String] = []

  /// The oldest version.
  var minimum = Version.tls12

  /// The newest version.
  var maximum = Version.tls13

  /// The ciphers for versions before 1.3, those of the library if there are none.
  var ciphers: [NIOTLSCipher] = []

  /// The curves, those of the library if there are none.
  var curves: [NIOTLSCurve] = []

  /// The files that it names.
  var files: [String] {
    [certificate, key, clientAuthorities].compactMap { if case .file(let path)? = $0 { path } else { nil } }
  }

}
