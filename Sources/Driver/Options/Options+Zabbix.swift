extension Options {

  /// Throws iff options about Zabbix make no sense.
  func checkZabbix() throws(UsageFault) {
    let given = zabbixOptions.filter(\.isGiven).map(\.name)
    guard zabbix.servers != nil else {
      if let name = given.first {
        throw UsageFault("'\(name)' makes no sense without '--zabbix SERVER', where values are sent to")
      }
      return
    }
    if (zabbix.sharedKeyIdentity == nil) != (zabbix.sharedKeyFile == nil) {
      throw UsageFault("'--zabbix-psk-identity' and '--zabbix-psk-file' are given together or not at all")
    }
    if (zabbix.certificateFile == nil) != (zabbix.certificateKeyFile == nil) {
      throw UsageFault("'--zabbix-cert' and '--zabbix-cert-key' are given together or not at all")
    }
    if zabbix.authorityFile == nil, zabbix.certificateFile != nil {
      throw UsageFault("'--zabbix-cert' needs '--zabbix-ca', the certificates by which the server is known")
    }
    if zabbix.authorityFile != nil, zabbix.sharedKeyFile != nil {
      throw UsageFault("'--zabbix-psk-file' and '--zabbix-ca' are two ways to encrypt; give one of them")
    }
  }

  /// The options that make sense with `--zabbix` only, and whether they are given.
  private var zabbixOptions: [(name: String, isGiven: Bool)] {
    [
      ("--zabbix-host", zabbix.host != nil), ("--zabbix-key", zabbix.key != nil || !zabbix.mapKeys.isEmpty),
      ("--zabbix-discovery", zabbix.discoveryKey != nil), ("--zabbix-queue", zabbix.queueLimit != nil),
      ("--zabbix-psk-identity", zabbix.sharedKeyIdentity != nil),
      ("--zabbix-psk-file", zabbix.sharedKeyFile != nil), ("--zabbix-ca", zabbix.authorityFile != nil),
      ("--zabbix-cert", zabbix.certificateFile != nil),
      ("--zabbix-cert-key", zabbix.certificateKeyFile != nil), ("--rate", zabbix.sendsRates),
    ]
  }

}
