/// What the options that begin with `--zabbix` ask for.
public struct ZabbixOptions: Equatable, Codable, Sendable {

  /// The servers as they were given, nil if nothing is sent (`--zabbix`).
  public var servers: String? = nil

  /// The name of the host whose items the values are for, nil for that of the machine (`--zabbix-host`).
  public var host: String? = nil

  /// The form of the keys of items, nil for the usual one (`--zabbix-key`).
  public var key: String? = nil

  /// The form of the keys of items of some maps, by their names with the `@` (`--zabbix-key @MAP=KEY`).
  public var mapKeys: [String: String] = [:]

  /// The form of the keys of discovery rules, nil for the usual one, empty for none (`--zabbix-discovery`).
  public var discoveryKey: String? = nil

  /// The number of values that are kept, nil for the usual one (`--zabbix-queue`).
  public var queueLimit: Int? = nil

  /// The name of the key that both sides have (`--zabbix-psk-identity`).
  public var sharedKeyIdentity: String? = nil

  /// The file with the key that both sides have (`--zabbix-psk-file`).
  public var sharedKeyFile: String? = nil

  /// The file with the certificates one of which must have signed the server's (`--zabbix-ca`).
  public var authorityFile: String? = nil

  /// The file with our certificate (`--zabbix-cert`).
  public var certificateFile: String? = nil

  /// The file with the key of our certificate (`--zabbix-cert-key`).
  public var certificateKeyFile: String? = nil

  /// `true` iff amounts are sent as what they grow by in a second (`--rate`).
  public var sendsRates = false

  /// Creates an instance that asks for nothing.
  public init() {}

}
