import Glibc
import NIOCore
import NIOPosix

/// What the connections of a server share. All of it is used on the event loop alone.
final class ServerState {

  /// What clients may ask.
  let limits: ServerLimits

  /// Where everything happens that does not take long.
  let loop: any EventLoop

  /// The threads that make pages.
  let pages: Workers

  /// What checks passwords.
  let passwords: PasswordChecker

  /// What the files say.
  private let store: ConfigurationStore

  /// What lets requests through as often as the configuration says, nil if it says nothing.
  private var bucket: TokenBucket?

  /// Makes a page; nil as long as there are none.
  var answer: (@Sendable (WebRequest) -> WebResponse)?

  /// The connections at a time.
  private let limit: Int

  /// The connections, in no order.
  private var conversations: [Conversation] = []

  /// The bytes of pages that clients have not read yet.
  private var unreadBytes = 0

  /// Creates the state of a server that is configured by `store` and runs on `loop`, the event loop of the
  /// calling thread.
  init(limits: ServerLimits, store: ConfigurationStore, loop: any EventLoop) {
    self.store = store
    limit = min(limits.connections, Self.filesToSpare())
    passwords = PasswordChecker(loop: loop, limit: limits.waitingPasswords)
    bucket = store.current.configuration.rate.map { TokenBucket($0, at: .now()) }
    self.limits = limits
    self.loop = loop
    pages = Workers(threads: limits.pagesAtOnce, waiting: limits.waitingRequests, loop: loop)
  }

  /// Returns how many of the files that the process may have open connections may be: the others are for what the process
  /// is there for.
  private static func filesToSpare() -> Int {
    var files = rlimit()
    guard getrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &files) == 0 else { return 16 }
    return max(1, Int(clamping: files.rlim_cur / 4))
  }

  /// What is configured now.
  func configuration() -> LoadedConfiguration {
    if store.refresh() {
      bucket = store.current.configuration.rate.map { TokenBucket($0, at: .now()) }
    }
    return store.current
  }

  /// Returns `true` iff a page may be asked for now, and counts it.
  func takeToken() -> Bool { bucket?.take(at: .now()) ?? true }

  /// The number of connections.
  var connectionCount: Int { conversations.count }

  /// Takes in `conversation`, for which another may have to go; returns `false` iff there is no room.
  func admit(_ conversation: Conversation) -> Bool {
    if conversations.count >= limit, !closeLeastWorth() { return false }
    conversations.append(conversation)
    return true
  }

  /// Closes the connection that is missed least; returns `false` iff all are needed.
  @discardableResult
  func closeLeastWorth() -> Bool {
    let standings = conversations.map(\.standing)
    guard let index = ConnectionStanding.leastWorth(among: standings, at: .now(), grace: limits.graceTime)
    else { return false }
    // This removes it, too.
    conversations[index].closeAtOnce()
    return true
  }

  /// Forgets `conversation`, which has ended.
  func remove(_ conversation: Conversation) {
    guard let index = conversations.firstIndex(where: { $0 === conversation }) else { return }
    conversations.swapAt(index, conversations.count - 1)
    conversations.removeLast()
  }

  /// Counts `count` bytes that are going to be sent, for which clients that do not read may have to go;
  /// returns `false` iff they are too many all the same.
  func reserve(_ count: Int) -> Bool {
    while unreadBytes > 0, unreadBytes + count > limits.unreadBytes {
      let sending = conversations.filter { $0.standing.activity == .sending }
      let standings = sending.map(\.standing)
      guard let index = ConnectionStanding.leastWorth(among: standings, at: .now(), grace: limits.graceTime)
      else { return false }
      sending[index].closeAtOnce()
    }
    unreadBytes += count
    return true
  }

  /// Takes back what `reserve` counted.
  func release(_ count: Int) { unreadBytes -= count }

  /// Closes all connections and lets the threads end.
  func stop() {
    for conversation in conversations { conversation.closeAtOnce() }
    pages.stop()
    passwords.stop()
  }

}
