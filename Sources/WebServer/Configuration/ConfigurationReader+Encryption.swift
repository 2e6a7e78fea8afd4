import NIOSSL

extension ConfigurationReader {

  /// Returns the settings that `node`, a `tls_server_config`, describes, nil if it cannot be used.
  mutating func encryption(_ node: YAMLNode) -> EncryptionSettings? {
    let entries = entries(
      of: node,
      keys: [
        "cert", "key", "client_ca", "cert_file", "key_file", "client_auth_type", "client_ca_file",
        "client_allowed_sans", "min_version", "max_version", "cipher_suites", "prefer_server_cipher_suites",
        "curve_preferences",
      ])
    let certificate = source(entries, text: "cert", file: "cert_file")
    let key = source(entries, text: "key", file: "key_file")
    for (source, name) in [(certificate, "cert_file"), (key, "key_file")] where source == nil {
      faults.append(node.fault("'\(name)' is missing here"))
    }
    guard let certificate, let key else { return nil }
    var result = EncryptionSettings(certificate: certificate, key: key)
    result.clientAuthorities = source(entries, text: "client_ca", file: "client_ca_file")
    let policies = EncryptionSettings.ClientPolicy.allCases.map { ($0.rawValue, $0) }
    result.clientPolicy = choice(entries["client_auth_type"], of: policies) ?? .none
    result.clientNames = texts(entries["client_allowed_sans"]).map(\.text)
    checkClients(of: result, in: entries)
    let versions = EncryptionSettings.Version.allCases.map { ($0.rawValue, $0) }
    result.minimum = choice(entries["min_version"], of: versions) ?? .tls12
    result.maximum = choice(entries["max_version"], of: versions) ?? .tls13
    if result.minimum > result.maximum, let node = entries["min_version"] ?? entries["max_version"] {
      faults.append(
        node.fault("'min_version' is newer than 'max_version', which is \(result.maximum.rawValue)"))
    }
    readCiphers(entries["cipher_suites"], into: &result)
    // Clients that have no fast way to do AES say so by their order, which the library follows, like the
    // exporters' own.
    checkTruth(entries["prefer_server_cipher_suites"])
    result.curves = texts(entries["curve_preferences"]).compactMap { choice($0.node, of: Self.curves) }
    return result
  }

  /// Returns where something is that is given as text or as a file; nil if it is not given.
  private mutating func source(
    _ entries: [String: YAMLNode], text textKey: String, file fileKey: String
  ) -> EncryptionSettings.Source? {
    let file = text(entries[fileKey])
    if let text = text(entries[textKey]) {
      if file != nil, let node = entries[fileKey] {
        faults.append(node.fault("'\(fileKey)' and '\(textKey)' cannot be given both"))
      }
      return .text(text)
    }
    return file.map { .file(path($0)) }
  }

  /// Notes what is asked of clients that cannot be.
  private mutating func checkClients(of settings: EncryptionSettings, in entries: [String: YAMLNode]) {
    if settings.clientPolicy == .none, settings.clientAuthorities != nil,
      let node = entries["client_ca_file"] ?? entries["client_ca"]
    {
      faults.append(node.fault("no client is asked for a certificate: 'client_auth_type' is missing"))
    }
    if !settings.clientNames.isEmpty, !settings.clientPolicy.needsCertificate,
      let node = entries["client_allowed_sans"]
    {
      faults.append(
        node.fault(
          "clients may come without a certificate and so without a name: 'client_auth_type' must be "
            + "'RequireAndVerifyClientCert' or 'RequireAnyClientCert'"))
    }
  }

  /// Reads the list of ciphers that `node` is.
  private mutating func readCiphers(_ node: YAMLNode?, into settings: inout EncryptionSettings) {
    let names = texts(node)
    let known = names.compactMap { choice($0.node, of: Self.ciphers) }
    guard let node, !known.isEmpty, known.count == names.count else { return }
    settings.ciphers = known.filter { $0.rawValue >> 8 != 0x13 }
    guard settings.ciphers.isEmpty else { return }
    // Those of TLS 1.3 cannot be chosen from; without any others, only TLS 1.3 is left.
    if settings.maximum < .tls13 {
      faults.append(node.fault("these are for TLS 1.3, and 'max_version' is \(settings.maximum.rawValue)"))
    }
    settings.minimum = .tls13
  }

  /// The curves by the names that Go gives them.
  private static let curves: [(name: String, value: NIOTLSCurve)] = [
    ("CurveP256", .secp256r1), ("CurveP384", .secp384r1), ("CurveP521", .secp521r1), ("X25519", .x25519),
    ("X25519MLKEM768", .x25519_MLKEM768),
  ]

  /// The ciphers by their names.
  private static let ciphers: [(name: String, value: NIOTLSCipher)] = [
    ("TLS_AES_128_GCM_SHA256", .TLS_AES_128_GCM_SHA256),
    ("TLS_AES_256_GCM_SHA384", .TLS_AES_256_GCM_SHA384),
    ("TLS_CHACHA20_POLY1305_SHA256", .TLS_CHACHA20_POLY1305_SHA256),
    ("TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256", .TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256),
    ("TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384", .TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384),
    ("TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256", .TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256),
    ("TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384", .TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384),
    ("TLS_ECDHE_RSA_WITH_CHACHA20_POLY1305_SHA256", .TLS_ECDHE_RSA_WITH_CHACHA20_POLY1305_SHA256),
    ("TLS_ECDHE_ECDSA_WITH_CHACHA20_POLY1305_SHA256", .TLS_ECDHE_ECDSA_WITH_CHACHA20_POLY1305_SHA256),
    ("TLS_ECDHE_ECDSA_WITH_AES_128_CBC_SHA", .TLS_ECDHE_ECDSA_WITH_AES_128_CBC_SHA),
    ("TLS_ECDHE_ECDSA_WITH_AES_256_CBC_SHA", .TLS_ECDHE_ECDSA_WITH_AES_256_CBC_SHA),
    ("TLS_ECDHE_RSA_WITH_AES_128_CBC_SHA", .TLS_ECDHE_RSA_WITH_AES_128_CBC_SHA),
    ("TLS_ECDHE_RSA_WITH_AES_256_CBC_SHA", .TLS_ECDHE_RSA_WITH_AES_256_CBC_SHA),
    ("TLS_RSA_WITH_AES_128_GCM_SHA256", .TLS_RSA_WITH_AES_128_GCM_SHA256),
    ("TLS_RSA_WITH_AES_256_GCM_SHA384", .TLS_RSA_WITH_AES_256_GCM_SHA384),
    ("TLS_RSA_WITH_AES_128_CBC_SHA", .TLS_RSA_WITH_AES_128_CBC_SHA),
    ("TLS_RSA_WITH_AES_256_CBC_SHA", .TLS_RSA_WITH_AES_256_CBC_SHA),
  ]

}
