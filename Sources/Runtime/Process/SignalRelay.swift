public import BPF
import CLinux
import Glibc
import Synchronization

/// Gives the signals that the process gets to every script in it that wants them; the kernel would give each to one of them.
public final class SignalRelay: Sendable {

  /// A script that wants signals.
  private struct Subscriber {

    /// The numbers of the signals.
    let numbers: Set<Int32>

    /// The open file that they are written to.
    let descriptor: Int32

  }

  /// The signals that nobody was given yet.
  private let queue: SignalQueue

  /// The scripts that want any.
  private let subscribers = Mutex<[Subscriber]>([])

  /// Keeps the given signals from having their usual effect and begins to collect them.
  ///
  /// Call it before the threads that run scripts are started, which inherit that the signals are blocked; other threads must have
  /// them blocked already.
  public init(_ numbers: Set<Int32>) throws(SystemError) {
    queue = try SignalQueue(numbers.union([SIGUSR1]))
  }

  /// Closes the files that signals are written to.
  deinit {
    for subscriber in subscribers.withLock({ $0 }) { close(subscriber.descriptor) }
  }

  /// The open file that is readable as long as there is a signal to pass on.
  public var descriptor: Int32 { queue.descriptor }

  /// Passes on the signals that came until now.
  public func passOn() {
    while let number = queue.next() {
      subscribers.withLock { subscribers in
        for subscriber in subscribers where subscriber.numbers.contains(number) {
          // Where nobody has read thousands of them, signals become one, as in the kernel.
          var number = number
          _ = write(subscriber.descriptor, &number, MemoryLayout<Int32>.size)
        }
      }
    }
  }

  /// Returns where the signals with the given numbers are found from now on.
  func queue(of numbers: Set<Int32>) throws(SystemError) -> SignalQueue {
    var ends: [Int32] = [-1, -1]
    let result = clinux_make_pipe(&ends, O_NONBLOCK)
    guard result == 0 else { throw SystemError(call: "pipe2", number: -result) }
    subscribers.withLock { $0.append(Subscriber(numbers: numbers, descriptor: ends[1])) }
    return SignalQueue(relayedBy: ends[0])
  }

}
