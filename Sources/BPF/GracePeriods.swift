import CBPF
import Glibc

/// Waits for programs that are running to end, those that may sleep excepted.
///
/// When a process changes an element of a map of maps, the kernel waits for the programs that may have found the old one there
/// before it returns (`maybe_wait_bpf_programs` in `kernel/bpf/syscall.c`, Linux 4.20 and later). That takes some tens of
/// milliseconds. It does so on machines with a single CPU too, where `membarrier` returns at once.
public final class GracePeriods: Sendable {

  /// A map that does nothing.
  private let map: FileDescriptor

  /// The map that it is put into.
  private let holder: FileDescriptor

  /// Creates the maps.
  public init() throws(SystemError) {
    map = FileDescriptor(owning: try check("bpf_map_create", cbpf_create_text("apus_nothing", 8, nil)))
    holder = FileDescriptor(
      owning: try check("bpf_map_create", cbpf_create_map_holder("apus_waiting", map.number)))
  }

  /// Returns a wait that has not begun.
  public func prepare() throws(SystemError) -> PendingGracePeriod { try PendingGracePeriod(of: self) }

  /// Waits for the programs that are running now.
  fileprivate func wait() { _ = cbpf_hold_map(holder.number, map.number) }

}

/// The time until programs that were running when it began have ended, which a thread spends waiting.
public final class PendingGracePeriod {

  /// What the thread does.
  private final class Work: Sendable {

    /// How to wait.
    let periods: GracePeriods

    /// A counter that is readable when the programs have ended.
    let signal: FileDescriptor

    /// Creates an instance that waits by `periods`.
    init(_ periods: GracePeriods) throws(SystemError) {
      self.periods = periods
      signal = FileDescriptor(owning: try check("eventfd", cbpf_create_counter()))
    }

    /// Waits and says so.
    func run() {
      periods.wait()
      var one: UInt64 = 1
      _ = write(signal.number, &one, 8)
    }

  }

  /// What the thread does.
  private let work: Work

  /// `true` iff the programs are known to have ended.
  private var isKnownToBeOver = false

  /// Prepares to wait.
  fileprivate init(of periods: GracePeriods) throws(SystemError) { work = try Work(periods) }

  /// Begins to wait for the programs that are running now.
  public func begin() {
    // Signals are for the threads that know of them.
    var (all, old) = (sigset_t(), sigset_t())
    sigfillset(&all)
    pthread_sigmask(SIG_SETMASK, &all, &old)
    defer { pthread_sigmask(SIG_SETMASK, &old, nil) }
    var thread = pthread_t()
    let context = Unmanaged.passRetained(work).toOpaque()
    let status = pthread_create(
      &thread, nil,
      { context in
        Unmanaged<Work>.fromOpaque(context!).takeRetainedValue().run()
        return nil
      }, context)
    if status == 0 {
      pthread_detach(thread)
    } else {
      Unmanaged<Work>.fromOpaque(context).release()
      work.run()
    }
  }

  /// `true` iff the programs that were running at the beginning have ended.
  public var isOver: Bool {
    if !isKnownToBeOver { look(waiting: 0) }
    return isKnownToBeOver
  }

  /// Waits until they have.
  public func wait() { while !isKnownToBeOver { look(waiting: -1) } }

  /// Looks at the counter, waiting at most so many milliseconds for it, −1 for any number.
  private func look(waiting timeout: Int32) {
    var request = pollfd(fd: work.signal.number, events: Int16(POLLIN), revents: 0)
    isKnownToBeOver = poll(&request, 1, timeout) == 1
  }

}
