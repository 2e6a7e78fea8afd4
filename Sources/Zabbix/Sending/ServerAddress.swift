/// Where a server, or a proxy, takes values.
public struct ServerAddress: Hashable, Sendable {

  /// The port of servers that are given without one.
  public static let usualPort = 10051

  /// A name or an address.
  public let host: String

  /// The port.
  public let port: Int

  /// Creates an instance with the given properties.
  public init(host: String, port: Int = ServerAddress.usualPort) {
    self.host = host
    self.port = port
  }

  /// Creates the address that `text` is: `10.0.0.1`, `zabbix.example.com:10051`, `[::1]:10051` or `::1`; nil if it is none.
  public init?(_ text: String) {
    var host = text[...]
    var port = Self.usualPort
    if text.hasPrefix("[") {
      guard let end = text.firstIndex(of: "]") else { return nil }
      host = text[text.index(after: text.startIndex)..<end]
      let rest = text[text.index(after: end)...]
      if !rest.isEmpty {
        guard rest.hasPrefix(":"), let number = Self.port(rest.dropFirst()) else { return nil }
        port = number
      }
    } else if let colon = text.firstIndex(of: ":"), text.lastIndex(of: ":") == colon {
      host = text[..<colon]
      guard let number = Self.port(text[text.index(after: colon)...]) else { return nil }
      port = number
    }
    let isPlain = host.utf8.allSatisfy { $0 > 0x20 && $0 != 0x7f && $0 != UInt8(ascii: "/") }
    guard !host.isEmpty, isPlain else { return nil }
    self.host = String(host)
    self.port = port
  }

  /// Returns the port that `text` is, nil if it is none.
  private static func port(_ text: Substring) -> Int? {
    guard let number = UInt16(text), number > 0, text.utf8.allSatisfy({ $0 != UInt8(ascii: "+") }) else {
      return nil
    }
    return Int(number)
  }

}

extension ServerAddress: CustomStringConvertible {

  /// The address as it is given.
  public var description: String { host.contains(":") ? "[\(host)]:\(port)" : "\(host):\(port)" }

}
