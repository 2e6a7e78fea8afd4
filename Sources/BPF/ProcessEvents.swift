import CBPF
import Glibc

/// Tells what all processes of the machine do, as long as the value is there.
///
/// The kernel makes the rings' files readable at each event. To be woken by all of them would cost more than it is worth where
/// many processes are made, so for a while after each look nothing is readable.
public final class ProcessEvents {

  /// The rings, one for each CPU.
  private let rings: [ProcessEventRing]

  /// The open file that is readable when events are due.
  public let descriptor: Int32

  /// The open file that is readable while a ring is.
  private let anyRing: Int32

  /// The open file that is readable when the pause behind a look is over.
  private let pause: Int32

  /// How long nothing is readable after a look, in nanoseconds.
  private static let pauseLength = 20_000_000

  /// Begins to follow all processes.
  public init() throws(SystemError) {
    rings = try CPUs.online().map { cpu throws(SystemError) in try ProcessEventRing(cpu: cpu) }
    anyRing = cbpf_create_watcher()
    pause = cbpf_create_timer()
    descriptor = cbpf_create_watcher()
    for ring in rings { cbpf_watch(anyRing, ring.descriptor, false, false) }
    cbpf_watch(descriptor, pause, false, false)
    cbpf_watch(descriptor, anyRing, true, false)
  }

  /// Ends following.
  deinit {
    close(descriptor)
    close(anyRing)
    close(pause)
  }

  /// Hands the events that are there to `body`, those of each CPU in order, and returns how many were lost.
  public func consume(_ body: (ProcessEvent) -> Void) -> UInt64 {
    let lost = rings.reduce(0) { $0 + $1.consume(body) }
    while true {
      switch cbpf_readable_file(descriptor) {
      case pause:
        var expirations: UInt64 = 0
        _ = read(pause, &expirations, 8)
        cbpf_watch(descriptor, anyRing, true, true)
        // Nothing but the end of the pause can be found, as long as the rings are empty.
        return lost
      case anyRing: cbpf_start_timer(pause, Self.pauseLength)
      default: return lost
      }
    }
  }

}
