import BPF
import Glibc
import Probes

extension Session {

  /// Attaches `program` to one perf event for each function, many at the same time.
  mutating func attachPerfKprobes(
    _ program: PlannedProgram, handle: ProgramHandle
  ) throws(LoadError) {
  }

}
