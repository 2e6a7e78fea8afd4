import BPF
import CLinux
import Glibc
public import Output
import Synchronization

/// Where other threads ask a script that runs for what it holds.
///
/// The thread that traces answers between two events, so that nothing is held up by locks; everybody who asked before it began gets
/// the same answer. Once the script has ended, everybody gets what it held then.
public final class SnapshotRequests: Sendable {

  /// What waits for a snapshot; nil is given to it if there is none to be had.
  public typealias Receiver = @Sendable (Snapshot?) -> Void

  /// What is known so far.
  private struct State {

    /// Who waits, by the number of the request.
    var waiting: [UInt64: Receiver] = [:]

    /// The number of the next request.
    var nextNumber: UInt64 = 0

    /// What the script held at its end, if it has ended.
    var last: Snapshot?

    /// `true` iff the script has ended.
    var hasEnded = false

  }

  /// What is known so far.
  private let state = Mutex(State())

  /// The open file that is readable once somebody asks.
  let descriptor: Int32

  /// Creates an instance that nobody has asked.
  public init() throws(RunError) {
    descriptor = eventfd(0, Int32(EFD_CLOEXEC) | Int32(EFD_NONBLOCK))
    guard descriptor >= 0 else { throw .system(SystemError(call: "eventfd", number: errno)) }
  }

  /// Closes the open file.
  deinit { close(descriptor) }

  /// `true` iff the script has ended.
  public var hasEnded: Bool { state.withLock { $0.hasEnded } }

  /// Has `receiver` called once with what the script holds, on the thread that traces; or at once if the script has ended.
  ///
  /// Returns the number of the request, for `cancel`.
  @discardableResult
  public func request(_ receiver: @escaping Receiver) -> UInt64 {
    let (number, last) = state.withLock { state -> (UInt64, Snapshot??) in
      state.nextNumber += 1
      if state.hasEnded { return (state.nextNumber, .some(state.last)) }
      state.waiting[state.nextNumber] = receiver
      return (state.nextNumber, nil)
    }
    if let last { receiver(last) } else { eventfd_write(descriptor, 1) }
    return number
  }

  /// Forgets the request with the given number, whose receiver is called with nil unless it was called before.
  public func cancel(_ number: UInt64) {
    state.withLock { $0.waiting.removeValue(forKey: number) }?(nil)
  }

  /// Returns those who have asked until now; each of them is to be called.
  func take() -> [Receiver] {
    var count: eventfd_t = 0
    _ = eventfd_read(descriptor, &count)
    return state.withLock { state in
      defer { state.waiting = [:] }
      return Array(state.waiting.values)
    }
  }

  /// Gives everybody who asks from now on `last`, what the script held at its end; nil if it held nothing. Only the first call
  /// counts.
  public func end(with last: Snapshot?) {
    let waiting = state.withLock { state -> [UInt64: Receiver] in
      if state.hasEnded { return [:] }
      state.hasEnded = true
      state.last = last
      defer { state.waiting = [:] }
      return state.waiting
    }
    for receiver in waiting.values { receiver(last) }
  }

}
