import Loading
import Output
import Probes
import Types

/// What is lost is gathered here and nowhere else, for whoever reports it.
extension Tracing {

  /// Finds out what the programs of `session` have lost until now.
  mutating func countLosses(of session: borrowing Session, following plan: AttachPlan) {
    let misses = session.misses()
    losses.update(
      with: lostEvents(plan) + refusedUpdates() + lostStacks() + missedRuns(misses, plan)
        + options.receivers.flatMap { $0.losses() })
  }

  /// Reports what was lost and which helpers failed since that was reported last.
  mutating func reportNewLosses(of session: borrowing Session, following plan: AttachPlan) throws(RunError) {
    countLosses(of: session, following: plan)
    for loss in losses.takeNews() { options.sink.loss(loss, to: &interpreter.buffer) }
    reportHelperErrors(isFinal: false)
    if !interpreter.buffer.messages.isEmpty { try flush() }
  }

  /// Reports what was lost and which helpers failed in all.
  mutating func reportAllLosses() {
    reportHelperErrors(isFinal: true)
    for loss in losses.summary() { options.sink.loss(loss, to: &interpreter.buffer) }
  }

  /// `true` iff something was lost, or the calls of helpers are watched and one has failed.
  var hasLosses: Bool {
    !losses.isEmpty || manifest.helperSites.contains { word(at: $0.countOffset) > 0 }
  }

  /// Returns what came from programs and did not get to its reader.
  private func lostEvents(_ plan: AttachPlan) -> [LossLedger.Count] {
    var result: [LossLedger.Count] = plan.programs.compactMap { program in
      manifest.globals.lostEventCounts[program.name].map {
        (.events(probe: program.title), word(at: $0))
      }
    }
    if let packets { result.append((.packets, packets.lostCount)) }
    result.append((.undecodableEvents, interpreter.undecodableCount))
    return result
  }

  /// Returns the new keys that maps had no room for.
  private func refusedUpdates() -> [LossLedger.Count] {
    zip(manifest.maps, manifest.globals.refusedUpdates).compactMap { map, offset in
      let count = word(at: offset)
      return map.capacity == nil && count == 0 ? nil : (refusal(by: map), count)
    } + maps.retained.refusedCounts.map { (refusal(by: manifest.maps[$0]), $1) }
  }

  /// Returns what is lost when `map` has no room for a new key.
  private func refusal(by map: MapDescription) -> Loss.Cause {
    let capacity = map.capacity ?? 0
    return map.pinned == nil
      ? .refusedUpdates(map: map.name, capacity: capacity)
      : .refusedForeignUpdates(map: map.name, capacity: capacity)
  }

  /// Returns the stacks that were not kept.
  private func lostStacks() -> [LossLedger.Count] {
    guard let stacks = manifest.stacks else { return [] }
    return [(.stacks(capacity: stacks.capacity), word(at: stacks.lostCountOffset))]
  }

  /// Returns the runs of programs that there were not, those that the kernel knows of being `misses`.
  private func missedRuns(
    _ misses: [(programIndex: Int, misses: Session.Misses)], _ plan: AttachPlan
  ) -> [LossLedger.Count] {
    var result: [LossLedger.Count] = plan.programs.map { (.missedRuns(probe: $0.title, reason: .nested), 0) }
    for (index, misses) in misses {
      let title = plan.programs[index].title
      result.append((.missedRuns(probe: title, reason: .nested), misses.nested))
      result.append((.missedRuns(probe: title, reason: .unhandled), misses.unhandled))
      result.append((.throttledSamples(probe: title), misses.throttled))
    }
    if !manifest.globals.runsWithoutMemory.isEmpty {
      for program in plan.programs {
        guard let offset = manifest.globals.runsWithoutMemory[program.name] else { continue }
        result.append((.missedRuns(probe: program.title, reason: .memory), word(at: offset)))
      }
    }
    for (index, count) in missedExpirations.sorted(by: { $0.key < $1.key }) {
      result.append((.missedRuns(probe: plan.programs[index].title, reason: .late), count))
    }
    return result
  }

  /// Reports the failures of helpers that were not reported when they happened, and how many there were: those that are new,
  /// or all iff `isFinal`.
  private mutating func reportHelperErrors(isFinal: Bool) {
    for (index, site) in manifest.helperSites.enumerated() {
      let count = word(at: site.countOffset)
      let code = Int64(bitPattern: word(at: site.codeOffset))
      let known = reportedFailures[index] ?? (interpreter.reportedSites.contains(index) ? 1 : 0)
      if count == 0 || count == known && (count == 1 || !isFinal) { continue }
      options.sink.helperError(HelperFailure(site, code: code, count: count), to: &interpreter.buffer)
      reportedFailures[index] = count
    }
  }

  /// Returns the 64-bit word at `offset` of the memory that is shared with the programs.
  private func word(at offset: Int) -> UInt64 {
    RawBytes(UnsafeRawBufferPointer(maps.globals)).load(offset, as: UInt64.self) ?? 0
  }

}

extension PlannedProgram {

  /// The name of the probe, or of the first of several.
  var title: String {
    guard let first = points.first else { return name }
    return points.count == 1 ? first.point.name : "\(first.point.name) and \(points.count - 1) more"
  }

}
