/// Servers of which one at a time takes values: the nodes of a cluster; most often there is only one.
public struct ServerGroup: Hashable, Sendable {

  /// The addresses of the nodes in the order in which they are tried, at least one.
  public let nodes: [ServerAddress]

  /// Creates an instance with the given nodes, at least one.
  public init(nodes: [ServerAddress]) {
    precondition(!nodes.isEmpty, "a group of servers has one at least")
    self.nodes = nodes
  }

  /// Returns the groups that `text` lists as `ServerActive` in the configuration of Zabbix's agents does: with commas between groups,
  /// each of which gets all values, and semicolons between the nodes of one; or the first address in it that is none.
  public static func list(_ text: String) -> Result<[ServerGroup], InvalidAddress> {
    var groups: [ServerGroup] = []
    for group in text.split(separator: ",", omittingEmptySubsequences: false) {
      var nodes: [ServerAddress] = []
      for word in group.split(separator: ";", omittingEmptySubsequences: false) {
        let word = String(word.drop { $0 == " " })
        guard let node = ServerAddress(word) else { return .failure(InvalidAddress(text: word)) }
        nodes.append(node)
      }
      groups.append(ServerGroup(nodes: nodes))
    }
    return .success(groups)
  }

  /// What is no address of a server.
  public struct InvalidAddress: Error, Equatable, Sendable {

    /// The text.
    public let text: String

  }

}

extension ServerGroup: CustomStringConvertible {

  /// The addresses as they are given.
  public var description: String { nodes.map(\.description).joined(separator: ";") }

}
