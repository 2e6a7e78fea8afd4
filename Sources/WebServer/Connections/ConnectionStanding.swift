import NIOCore

/// What a connection is worth when there are too many.
struct ConnectionStanding: Hashable {

  /// What happens on a connection.
  enum Activity: Hashable {

    /// It waits for a request, or for the rest of one.
    case waiting

    /// A page is being made for it.
    case answering

    /// A page is being sent.
    case sending

    /// It is being closed.
    case closing

  }

  /// What happens on it.
  var activity: Activity

  /// `true` iff the client was ever given a page that it asked for.
  var isServed: Bool

  /// When something last went on: it was made, a request was answered, the client read something.
  var lastActive: NIODeadline

  /// The address that it comes from, without the port.
  var peer: String

  /// How gladly it is closed: the less, the sooner; nil means that it stays.
  ///
  /// A client that has asked for nothing so far costs as much as one that is served every 15 seconds, but
  /// nobody misses it: a flood of connections closes its own, and whoever sends a request as soon as it is
  /// connected gets its answer.
  private func rank(at now: NIODeadline, grace: TimeAmount) -> Int? {
    switch activity {
    case .closing: 0
    case .waiting: isServed ? 2 : 1
    case .sending: now - lastActive > grace ? 3 : nil
    case .answering: nil
    }
  }

  /// Returns the index of the connection that is closed to make room for another, nil if all are worth more.
  ///
  /// Among equals it is one of the client that has most, and of those the one that has been quiet for
  /// longest.
  static func leastWorth(among all: [ConnectionStanding], at now: NIODeadline, grace: TimeAmount) -> Int? {
    let ranks = all.map { $0.rank(at: now, grace: grace) }
    guard let lowest = ranks.compactMap({ $0 }).min() else { return nil }
    let counts = Dictionary(all.map { ($0.peer, 1) }, uniquingKeysWith: +)
    return all.indices.filter { ranks[$0] == lowest }.min { one, other in
      let (a, b) = (counts[all[one].peer] ?? 0, counts[all[other].peer] ?? 0)
      return a != b ? a > b : all[one].lastActive < all[other].lastActive
    }
  }

}
