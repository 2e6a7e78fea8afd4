import NIOConcurrencyHelpers
import NIOCore
import NIOPosix

/// Threads that do for an event loop what may take long.
final class Workers {

  /// The threads.
  private let pool: NIOThreadPool

  /// The event loop.
  private let loop: any EventLoop

  /// How much may wait or be done at a time.
  private let limit: Int

  /// How much waits or is done, counted on the event loop.
  private var pending = 0

  /// `true` once the event loop must not be bothered any more.
  private let isStopped = NIOLockedValueBox(false)

  /// Starts `threads` threads for `loop`, where as much as `waiting` says may wait for them.
  ///
  /// They inherit from the calling thread, that of the event loop, which signals are blocked and which
  /// capabilities they have.
  init(threads: Int, waiting: Int, loop: any EventLoop) {
    pool = NIOThreadPool(numberOfThreads: threads)
    limit = threads + waiting
    self.loop = loop
    pool._start(threadNamePrefix: "web-worker-")
  }

  /// Does `work` on one of the threads and hands its result to `finish` on the event loop; returns `false`
  /// iff too much waits.
  func perform<Result: Sendable>(
    _ work: @escaping @Sendable () -> Result, finish: @escaping (Result) -> Void
  ) -> Bool {
    guard pending < limit else { return false }
    pending += 1
    let bound = NIOLoopBound((self, finish), eventLoop: loop)
    pool.submit { [loop, isStopped] state in
      guard state == .active else { return }
      let result = work()
      isStopped.withLockedValue { isStopped in
        guard !isStopped else { return }
        loop.execute {
          let (workers, finish) = bound.value
          workers.pending -= 1
          finish(result)
        }
      }
    }
    return true
  }

  /// Lets the threads end once they have done what they are at, and forgets what waits.
  func stop() {
    isStopped.withLockedValue { $0 = true }
    pool.shutdownGracefully { _ in }
  }

}
