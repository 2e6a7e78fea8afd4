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
      var events: [Int32] = []
      var links: [Int32] = []
      do {
        for cpu in CPUs.online() {
          let event = try PerfEvent.clock(period: period, cpu: cpu)
          let link = try Link.attach(handle, to: event, cookie: UInt64(planned.probeIndex))
          try PerfEvent.enable(event)
          events.append(event.release())
          links.append(link.release())
        }
      } catch {
        closeFiles(links + events)
        // A CPU that went offline just now has no clock.
        throw .attachRefused(planned.point, error, reason: error.explanation, hint: nil)
      }
      attachments.add(events: events, links: links, pointCount: 1)
    }
  }

}
