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

  /// Begins to wait for the programs that are running now.
  public func begin() throws(SystemError) -> PendingGracePeriod { try PendingGracePeriod(of: self) }

  /// Waits for the programs that are running now.
  fileprivate func wait() { _ = cbpf_hold_map(holder.number, map.number) }

}

/// The time until programs that were running have ended, which a thread spends waiting.
public final class PendingGracePeriod {

  /// A counter that is readable when they have.
  private let signal: FileDescriptor

  /// `true` iff they are known to have.
  private var isKnownToBeOver = false

  /// What the thread does.
  private final class Work: Sendable {

    /// How to wait.
    let periods: GracePeriods

    /// The counter, an open file of its own.
    let signal: Int32

    /// Creates an instance with the given properties.
    init(_ periods: GracePeriods, signal: Int32) {
      self.periods = periods
      self.signal = signal
    }

    /// Waits and says so.
    func run() {
      periods.wait()
      var one: UInt64 = 1
      _ = write(signal, &one, 8)
      close(signal)
    }

  }

  /// Begins to wait.
  fileprivate init(of periods: GracePeriods) throws(SystemError) {
    let number = try check("eventfd", cbpf_create_counter())
    signal = FileDescriptor(owning: number)
    let copy = fcntl(number, F_DUPFD_CLOEXEC, 0)
    if copy < 0 { throw SystemError(call: "fcntl", number: errno) }
    let work = Work(periods, signal: copy)
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
    if isKnownToBeOver { return true }
    var request = pollfd(fd: signal.number, events: Int16(POLLIN), revents: 0)
    isKnownToBeOver = poll(&request, 1, 0) == 1
    return isKnownToBeOver
  }

  /// Waits until they have.
  public func wait() {
    var request = pollfd(fd: signal.number, events: Int16(POLLIN), revents: 0)
    while !isKnownToBeOver { isKnownToBeOver = poll(&request, 1, -1) == 1 }
  }

}
