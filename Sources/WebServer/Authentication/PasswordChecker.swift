import NIOCore

/// Checks passwords on a thread of its own, one after the other, and remembers the last ones. Used on the
/// event loop alone.
final class PasswordChecker {

  /// What is known about credentials.
  enum Verdict: Hashable {

    /// They are right.
    case right

    /// They are not.
    case wrong

    /// There is no room for another check.
    case overloaded

  }

  /// How many credentials are remembered that were right, and how many that were not.
  private static let memory = 100

  /// The thread, which is started when it is needed.
  private var worker: Workers?

  /// The event loop.
  private let loop: any EventLoop

  /// How many checks may wait.
  private let limit: Int

  /// The credentials that were right.
  private var right = RecentSet<CredentialsMark>(limit: memory)

  /// Those that were not: clients that do not know better come again and again. They cannot crowd out the
  /// others.
  private var wrong = RecentSet<CredentialsMark>(limit: memory)

  /// Creates a checker for `loop`, for which as many checks as `limit` says may wait.
  init(loop: any EventLoop, limit: Int) {
    self.loop = loop
    self.limit = limit
  }

  /// Finds out whether `credentials` are those of one of `users`, and hands the answer to `finish`, at once
  /// if it is known.
  ///
  /// It takes as long for a name that nobody has as for one that somebody has, so that it tells no names.
  func check(_ credentials: Credentials, of users: [String: BcryptHash], finish: @escaping (Verdict) -> Void)
  {
    let user = users[credentials.name]
    let highest = users.values.map(\.cost).max() ?? 10
    guard let hash = user ?? BcryptHash.unknown(cost: highest) else { return finish(.wrong) }
    let mark = CredentialsMark(credentials, checkedWith: hash)
    if right.contains(mark) { return finish(.right) }
    if wrong.contains(mark) { return finish(.wrong) }
    let isKnown = user != nil
    let worker = self.worker ?? Workers(threads: 1, waiting: limit, loop: loop)
    self.worker = worker
    let isTaken = worker.perform({ hash.matches(credentials.password) && isKnown }) { [self] isRight in
      if isRight { right.insert(mark) } else { wrong.insert(mark) }
      finish(isRight ? .right : .wrong)
    }
    if !isTaken { finish(.overloaded) }
  }

  /// Lets the thread end.
  func stop() { worker?.stop() }

}
