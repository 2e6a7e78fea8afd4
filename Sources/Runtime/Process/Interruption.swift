import BPF
import CLinux
import Glibc

/// The user's wish to end, by Ctrl-C or SIGTERM.
///
/// The first signal ends tracing in good order; a second one ends the process at once, whatever it is doing. A thread of
/// its own waits for them, so that neither a slow reader of the output nor a slow kernel keeps them from being heard.
public final class Interruption: Sendable {

  /// The open file that is readable once the user wants to end.
  let descriptor: Int32

  /// The time within which further signals are taken for the same wish: some senders signal the process and its group.
  private static let echoTime: Int64 = 200_000_000

  /// Blocks the signals for the process and begins to wait for them.
  ///
  /// Call it once, before the process has other threads, which inherit that the signals are blocked.
  public init() {
    signal(SIGPIPE, SIG_IGN)
    var signals = Self.signals
    pthread_sigmask(SIG_BLOCK, &signals, nil)
    let descriptor = eventfd(0, Int32(EFD_CLOEXEC))
    precondition(descriptor >= 0, "no open file to be had")
    self.descriptor = descriptor
    var thread = pthread_t()
    let argument = UnsafeMutableRawPointer(bitPattern: Int(descriptor) + 1)
    pthread_create(&thread, nil, { Interruption.wait(toTell: Int32(Int(bitPattern: $0) - 1)) }, argument)
    pthread_detach(thread)
  }

  /// `true` iff the user wants to end.
  public var isRequested: Bool {
    var request = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
    return poll(&request, 1, 0) > 0
  }

  /// Ends what goes on as the first signal would.
  public func request() { eventfd_write(descriptor, 1) }

  /// The signals that ask to end.
  private static var signals: sigset_t {
    var result = sigset_t()
    sigemptyset(&result)
    sigaddset(&result, SIGINT)
    sigaddset(&result, SIGTERM)
    return result
  }

  /// Waits for signals: tells of the first through `descriptor`, ends the process at the second.
  private static func wait(toTell descriptor: Int32) -> UnsafeMutableRawPointer? {
    Capabilities.giveUpInThread()
    var signals = signals
    // What other signals do is a matter of other threads.
    var all = sigset_t()
    sigfillset(&all)
    pthread_sigmask(SIG_BLOCK, &all, nil)
    var firstTime: Int64? = nil
    while true {
      var number: Int32 = 0
      guard sigwait(&signals, &number) == 0 else { continue }
      let now = WallClock.now(CLOCK_MONOTONIC)
      guard let first = firstTime else {
        firstTime = now
        eventfd_write(descriptor, 1)
        continue
      }
      if now - first > echoTime { _exit(128 + number) }
    }
  }

}
