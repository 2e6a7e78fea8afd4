import BPF
import Glibc
import Probes

extension Session {

  /// Attaches `program` to all functions by one link for the entries and one for the returns.
  mutating func attachKprobeMulti(
    _ program: PlannedProgram, handle: ProgramHandle
  ) throws(LoadError) {
  }

}
