/// What is sent to which servers, and how.
public struct ZabbixConfiguration: Sendable {

  /// The servers, each of which gets everything.
  public var servers: [ServerGroup]

  /// The name of the host whose items the values are for.
  public var host: String

  /// The form of the keys of items.
  public var template = ZabbixConfiguration.usualTemplate

  /// The form of the keys of items for the elements of some maps, by the maps' names with the `@`.
  public var mapTemplates: [String: KeyTemplate] = [:]

  /// The form of the keys of discovery rules, nil if nothing is discovered.
  public var discoveryTemplate: KeyTemplate? = ZabbixConfiguration.usualDiscoveryTemplate

  /// `true` iff amounts are sent as what they grow by in a second.
  public var sendsRates = false

  /// The number of values that are kept for each of the servers as long as it does not take any.
  public var queueLimit = ZabbixConfiguration.usualQueueLimit

  /// How what is sent is kept from others.
  public var encryption = Encryption.none

  /// Creates an instance that sends to `servers`, with what else is usual.
  public init(servers: [ServerGroup], host: String) {
    self.servers = servers
    self.host = host
  }

  /// The usual number of values that are kept.
  public static let usualQueueLimit = 10_000

  /// The greatest number of bytes of the name of a host.
  public static let longestHost = 128

  /// The usual form of keys.
  public static let usualTemplate = template("apus.{map}[{key}]")

  /// The usual form of keys of discovery rules.
  public static let usualDiscoveryTemplate = template("apus.discovery[{map}]")

  /// Returns the template `text`, which is right.
  private static func template(_ text: String) -> KeyTemplate {
    do { return try KeyTemplate(text) } catch { preconditionFailure("a template of ours is wrong: \(error)") }
  }

}
