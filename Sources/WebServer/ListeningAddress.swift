/// Where a server listens.
public struct ListeningAddress: Hashable, Sendable, CustomStringConvertible {

  /// Which of the machine's addresses.
  public enum Host: Hashable, Sendable {

    /// 127.0.0.1, and ::1 if the machine has it.
    case loopback

    /// All of them, of IPv4 and of IPv6.
    case all

    /// An address, or a name that stands for one or more.
    case named(String)

  }

  /// Which of the machine's addresses.
  public let host: Host

  /// The port; 0 means any that is free.
  public let port: UInt16

  /// Creates an instance with the given properties.
  public init(host: Host, port: UInt16) {
    self.host = host
    self.port = port
  }

  /// Creates the address that `text` denotes, nil if there is none: `9400`, `:9400`, `name:9400`,
  /// `[::1]:9400`.
  public init?(_ text: String) {
    guard let colon = text.lastIndex(of: ":") else {
      guard let port = Self.port(text) else { return nil }
      self.init(host: .loopback, port: port)
      return
    }
    guard let port = Self.port(text[text.index(after: colon)...]) else { return nil }
    var host = text[..<colon]
    if host.hasPrefix("[") {
      guard host.hasSuffix("]"), host.contains(":") else { return nil }
      host = host.dropFirst().dropLast()
    } else if host.contains(":") {
      return nil
    }
    let isName = host.utf8.allSatisfy { $0 > 32 && $0 < 127 && !#"[]/\"'@?#"#.utf8.contains($0) }
    guard isName, host.utf8.count <= 253 else { return nil }
    self.init(host: host.isEmpty ? .all : .named(String(host)), port: port)
  }

  /// The address as it was given.
  public var description: String {
    switch host {
    case .loopback: "\(port)"
    case .all: ":\(port)"
    case .named(let name): "\(name.contains(":") ? "[\(name)]" : name):\(port)"
    }
  }

  /// The address in words for the user.
  var place: String {
    switch host {
    case .loopback: "localhost:\(port)"
    case .all: "port \(port)"
    case .named: description
    }
  }

  /// Returns the port that `text` denotes.
  private static func port(_ text: some StringProtocol) -> UInt16? {
    // `UInt16(_:)` takes signs too.
    text.utf8.allSatisfy { (48...57).contains($0) } ? UInt16(text) : nil
  }

}
