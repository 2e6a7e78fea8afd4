import BPF
import Glibc
import Loading
import Output
import Probes

extension Tracing {

  /// Returns what the script holds now.
  mutating func snapshot(of session: borrowing Session, following plan: AttachPlan) -> Snapshot {
    countLosses(of: session, following: plan)
    var result = Snapshot()
    for index in options.exportedMaps.sorted() {
      do {
        result.maps[index] = try maps.servedContents(of: index)
      } catch {
        result.unreadableMaps[index] = error.explanation
      }
    }
    result.losses = losses.totals()
    result.attachedCount = session.attachedCount
    result.eventCount = interpreter.recordCount
    if options.countsRuns {
      result.programs = plan.programs.enumerated().compactMap { index, program in
        guard let statistics = try? session.statistics(of: index) else { return nil }
        return Snapshot.Program(
          title: program.title, runCount: statistics.runCount, runTime: statistics.runTime)
      }
    }
    return result
  }

  /// Answers those who have asked for what the script holds.
  mutating func answerSnapshotRequests(
    of session: borrowing Session, following plan: AttachPlan
  ) throws(RunError) {
    guard let requests = options.snapshots else { return }
    // What has happened until now is part of it, such as clearing a map.
    if ringPace != .later { _ = try readEvents() }
    let receivers = requests.take()
    if receivers.isEmpty { return }
    let start = WallClock.now(CLOCK_MONOTONIC)
    defer { snapshotPace.note(from: start, to: WallClock.now(CLOCK_MONOTONIC)) }
    let answer = snapshot(of: session, following: plan)
    for receiver in receivers { receiver(answer) }
  }

}
