import BPF
import CLinux
import Glibc

/// The signals that the process got and a script has not done anything about.
struct SignalQueue: ~Copyable, Sendable {

  /// The open file that is readable as long as there is one.
  let descriptor: Int32

  /// `true` iff a `SignalRelay` writes the numbers of signals.
  private let isRelayed: Bool

  /// Keeps the given signals from having their usual effect and begins to collect them.
  ///
  /// Threads that are started later inherit that; those that were started earlier must have the signals blocked.
  init(_ numbers: Set<Int32>) throws(SystemError) {
    var signals = sigset_t()
    sigemptyset(&signals)
    for number in numbers { sigaddset(&signals, number) }
    pthread_sigmask(SIG_BLOCK, &signals, nil)
    descriptor = signalfd(-1, &signals, Int32(SFD_CLOEXEC | SFD_NONBLOCK))
    guard descriptor >= 0 else { throw SystemError(call: "signalfd", number: errno) }
    isRelayed = false
  }

  /// Creates an instance of the signals whose numbers are written to the other end of the pipe `descriptor`.
  init(relayedBy descriptor: Int32) {
    self.descriptor = descriptor
    isRelayed = true
  }

  /// Stops collecting.
  deinit { close(descriptor) }

  /// Returns the number of the first signal and removes it, nil if there is none.
  func next() -> Int32? {
    if isRelayed {
      var number: Int32 = 0
      return read(descriptor, &number, MemoryLayout<Int32>.size) == MemoryLayout<Int32>.size ? number : nil
    }
    var signal = signalfd_siginfo()
    let size = MemoryLayout<signalfd_siginfo>.size
    return read(descriptor, &signal, size) == size ? Int32(signal.ssi_signo) : nil
  }

}
