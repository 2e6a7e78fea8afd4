import Zabbix

extension OptionRow {

  /// What is sent to Zabbix, and how.
  static let zabbixRows: [OptionRow] = [
    OptionRow(
      "--zabbix", argument: "SERVERS",
      help: "send what 'print' prints of maps to Zabbix: SERVER[:PORT], with commas between",
      "servers that each get everything, and semicolons between the nodes of a cluster"
    ) { (options, value) throws(UsageFault) in
      if case .failure(let wrong) = ServerGroup.list(value) {
        throw UsageFault("'--zabbix' takes SERVER[:PORT]; '\(wrong.text)' is none")
      }
      options.zabbix.servers = value
    },
    OptionRow(
      "--zabbix-host", argument: "NAME",
      help: "the host of Zabbix that the values are of (this machine's name)"
    ) { (options, value) throws(UsageFault) in
      guard !value.isEmpty, value.utf8.count <= ZabbixConfiguration.longestHost else {
        throw UsageFault(
          "'--zabbix-host' takes a name of 1 to \(ZabbixConfiguration.longestHost) bytes, not '\(value)'")
      }
      options.zabbix.host = value
    },
    OptionRow(
      "--zabbix-key", argument: "[@MAP=]KEY",
      help: "the keys of items ('apus.{map}[{key}]'), or those for one map, with {map}, {key},",
      "{key0}, names of members of keys, {script} and {host} in them"
    ) { (options, value) throws(UsageFault) in
      guard value.hasPrefix("@") else {
        options.zabbix.key = try checkedTemplate(value, of: "--zabbix-key")
        return
      }
      guard let end = value.firstIndex(of: "=") else {
        throw UsageFault("'--zabbix-key' takes a key, or '@MAP=KEY', not '\(value)'")
      }
      options.zabbix.mapKeys[String(value[..<end])] = try checkedTemplate(
        String(value[value.index(after: end)...]), of: "--zabbix-key")
    },
    OptionRow(
      "--zabbix-discovery", argument: "KEY",
      help: "the keys of discovery rules, which are told the elements of maps with keys",
      "('apus.discovery[{map}]'); none if it is empty"
    ) { (options, value) throws(UsageFault) in
      options.zabbix.discoveryKey =
        value.isEmpty ? value : try checkedTemplate(value, of: "--zabbix-discovery", isAboutMaps: true)
    },
    OptionRow(
      "--zabbix-queue", argument: "N",
      help: "keep N values for a server that does not take any (\(ZabbixConfiguration.usualQueueLimit))"
    ) { (options, value) throws(UsageFault) in
      guard let limit = Int32(value), limit > 0 else {
        throw UsageFault("'--zabbix-queue' takes a number of values; '\(value)' is none")
      }
      options.zabbix.queueLimit = Int(limit)
    },
    OptionRow(
      "--zabbix-psk-identity", argument: "NAME", help: "encrypt by a key that Zabbix has under this name"
    ) { (options, value) throws(UsageFault) in
      guard !value.isEmpty, value.utf8.count <= Encryption.longestIdentity else {
        throw UsageFault("'--zabbix-psk-identity' takes a name of 1 to \(Encryption.longestIdentity) bytes")
      }
      options.zabbix.sharedKeyIdentity = value
    },
    OptionRow(
      "--zabbix-psk-file", argument: "FILE", help: "the file with that key, in hexadecimal digits"
    ) { $0.zabbix.sharedKeyFile = $1 },
    OptionRow(
      "--zabbix-ca", argument: "FILE",
      help: "encrypt, and take only servers whose certificates one of those in FILE signed"
    ) { $0.zabbix.authorityFile = $1 },
    OptionRow(
      "--zabbix-cert", argument: "FILE", help: "the certificate by which this machine shows who it is"
    ) { $0.zabbix.certificateFile = $1 },
    OptionRow("--zabbix-cert-key", argument: "FILE", help: "the key of that certificate") {
      $0.zabbix.certificateKeyFile = $1
    },
    OptionRow(
      "--rate", help: "send integers, counts and sums as what they grow by in a second"
    ) { $0.zabbix.sendsRates = true },
  ]

  /// Returns `text`, the argument of `option`, which must be the form of a key, of one that is not about elements iff it `isAboutMaps`.
  private static func checkedTemplate(
    _ text: String, of option: String, isAboutMaps: Bool = false
  ) throws(UsageFault) -> String {
    let template: KeyTemplate
    do {
      template = try KeyTemplate(text)
    } catch {
      throw UsageFault("'\(option)' takes a key such as 'apus.{map}[{key}]'; in '\(text)' \(error.message)")
    }
    if isAboutMaps && template.isAboutKey {
      throw UsageFault(
        "'\(option)' takes the key of a rule for all elements of a map; '\(text)' is about one")
    }
    return text
  }

}
