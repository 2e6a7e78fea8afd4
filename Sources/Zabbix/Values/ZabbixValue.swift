/// A value on its way to a Zabbix server.
public struct ZabbixValue: Hashable, Sendable {

  /// The key of the item: `apus.bytes[10.0.0.0/8]`.
  public let key: String

  /// The value as text.
  public let value: String

  /// When it was printed, in nanoseconds since 1970.
  public let time: Int64

  /// Creates an instance with the given properties.
  public init(key: String, value: String, time: Int64) {
    self.key = key
    self.value = value
    self.time = time
  }

}
