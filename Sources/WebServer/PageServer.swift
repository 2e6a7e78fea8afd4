import Glibc
import NIOConcurrencyHelpers
import NIOCore
import NIOPosix

/// A server that shows pages to clients of HTTP/1.1, and keeps none of them waiting for another.
///
/// It has threads of its own: one for all connections, and some that make the pages. No signal is delivered
/// to any of them.
public final class PageServer: Sendable {

  /// Where it can be reached, for instance `http://127.0.0.1:9400`.
  public let url: String

  /// The addresses that it listens at, for instance `127.0.0.1:9400`.
  public let addresses: [String]

  /// The thread for the connections.
  private let group: MultiThreadedEventLoopGroup

  /// What its connections share.
  private let state: NIOLoopBound<ServerState>

  /// What it listens with.
  private let listeners: [any Channel]

  /// `true` once it was stopped.
  private let isStopped = NIOLockedValueBox(false)

  /// Begins to listen at `address`, and to tell clients that there are no pages yet.
  ///
  /// It is configured by the file at `path` if there is one, in the form that the exporters of Prometheus
  /// share. When that file, or one that it names, changes, it is read again; what is wrong with it then is
  /// told to `report`.
  ///
  /// `prepareThread` runs at the start of the first thread; the others inherit from it what threads inherit:
  /// the signals that are blocked and the capabilities.
  public init(
    at address: ListeningAddress, configuredBy path: String? = nil, limits: ServerLimits = ServerLimits(),
    reportingTo report: @escaping @Sendable (String) -> Void = { _ in },
    preparingThreadsWith prepareThread: @escaping @Sendable () -> Void = {}
  ) throws(ServerError) {
    let configuration =
      try path.map { path throws(ServerError) in try LoadedConfiguration(path: path) }
      ?? LoadedConfiguration()
    let candidates = try address.candidates()
    let group = Self.startThread()
    let loop = group.next()
    var listeners: [any Channel] = []
    do {
      let state = try loop.submit {
        prepareThread()
        let store = ConfigurationStore(configuration, path: path, reportingTo: report)
        return NIOLoopBound(ServerState(limits: limits, store: store, loop: loop), eventLoop: loop)
      }.wait()
      var port = Int(address.port)
      for candidate in candidates {
        var wanted = candidate.address
        wanted.port = port
        do {
          let listener = try Self.listen(at: wanted, for: state)
          listeners.append(listener)
          port = listener.localAddress?.port ?? port
        } catch
          where !listeners.isEmpty && candidate.mayBeLacking(for: error, choosingPort: address.port == 0)
        {}
      }
      self.state = state
    } catch {
      try? group.syncShutdownGracefully()
      throw .cannotListen(address.place, reason: Self.reason(of: error).lowercased())
    }
    self.group = group
    self.listeners = listeners
    addresses = listeners.compactMap { $0.localAddress.map(Self.text) }
    url = "\(configuration.encryption == nil ? "http" : "https")://\(addresses[0])"
  }

  /// Answers requests by `answer` from now on, which is called on several threads at the same time.
  public func answer(with answer: @escaping @Sendable (WebRequest) -> WebResponse) {
    let state = state
    // Waits, since the loop does what has come over the network before what it is asked to do.
    try? group.next().submit { state.value.answer = answer }.wait()
  }

  /// The number of connections.
  var connectionCount: Int {
    let state = state
    return (try? group.next().submit { state.value.connectionCount }.wait()) ?? 0
  }

  /// Stops listening, and closes all connections.
  public func stop() {
    let wasStopped = isStopped.withLockedValue { isStopped in
      defer { isStopped = true }
      return isStopped
    }
    guard !wasStopped else { return }
    for listener in listeners { listener.close(promise: nil) }
    let state = state
    try? group.next().submit { state.value.stop() }.wait()
    try? group.syncShutdownGracefully()
  }

  /// Starts a thread for connections, in which all signals are blocked.
  private static func startThread() -> MultiThreadedEventLoopGroup {
    var all = sigset_t()
    var before = sigset_t()
    sigfillset(&all)
    pthread_sigmask(SIG_SETMASK, &all, &before)
    defer { pthread_sigmask(SIG_SETMASK, &before, nil) }
    return MultiThreadedEventLoopGroup(numberOfThreads: 1)
  }

}
