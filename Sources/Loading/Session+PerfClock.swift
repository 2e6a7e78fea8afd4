import BPF
import Glibc
import Probes

extension Session {

  /// Attaches `program` to a perf event on the clock of each CPU for each point.
  mutating func attachPerfClocks(
    _ program: PlannedProgram, handle: ProgramHandle
  ) throws(LoadError) {
    for planned in program.points {
      guard case .sampler(let period) = planned.point.target else {
        preconditionFailure("a sampling program at something else")
      }
      do {
        for cpu in CPUs.online() {
          let event = try PerfEvent.clock(period: period, cpu: cpu)
          let link = try Link.attach(handle, to: event, cookie: UInt64(planned.probeIndex))
          throttling.add(event, of: handle, clockPeriod: period)
          try PerfEvent.enable(event)
          attachments.add(link, to: event)
        }
      } catch {
        throw .attachRefused(planned.point, error, reason: error.explanation, hint: nil)
      }
      attachments.addPoint()
    }
  }

}
