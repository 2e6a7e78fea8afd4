import BPF
import Glibc
import Loading
import Probes
import Types

extension Tracing {

  /// The number of objects that an iterator goes on by before what programs have sent is printed.
  private static let objectsPerTurn = 64

  /// Runs the programs of iterators for all objects and prints what they send; returns `true` iff the user wants to end.
  mutating func runIterators(
    of session: borrowing Session, unless interruption: Interruption
  ) throws(RunError) -> Bool {
    for file in session.iterators {
      while !isExitRequested && !isOutputClosed {
        if interruption.isRequested { return true }
        // The kernel stops when as much is written as is asked for, and goes on from there.
        var marks = [UInt8](repeating: 0, count: IteratorMark.size * Self.objectsPerTurn)
        let count = read(file, &marks, marks.count)
        if count < 0 && errno != EINTR && errno != EAGAIN {
          throw .system(SystemError(call: "read", number: errno))
        }
        try readAllEvents()
        if count == 0 { break }
      }
    }
    return false
  }

}

extension AttachPlan {

  /// `true` iff nothing is left to wait for when the iterators have come to their ends.
  var consistsOfIterators: Bool {
    var hasIterators = false
    for program in programs {
      switch program.mechanism {
      case .iterator: hasIterators = true
      case .runAtBegin, .runAtEnd: break
      default: return false
      }
    }
    return hasIterators
  }

}
