import BPF
import Loading
import Output
import Probes
import Types

extension Tracing {

  /// Prints the events that are left, the maps and what was lost.
  mutating func finish(missedRuns: [(program: String, count: UInt64)], of plan: AttachPlan) throws(RunError) {
    while try readEvents() && !isOutputClosed {}
    if isOutputClosed { return }
    symbolizer?.catchUp()
    packets?.catchUp()
    options.sink.endOfEvents(to: &interpreter.buffer)
    if manifest.printsMapsAtExit { try printMaps() }
    reportHelperErrors()
    var missed = Dictionary(missedRuns.map { ($0.program, $0.count) }, uniquingKeysWith: +)
    let memory = RawBytes(UnsafeRawBufferPointer(maps.globals))
    for (name, offset) in manifest.globals.runsWithoutMemory {
      missed[name, default: 0] += memory.load(offset, as: UInt64.self) ?? 0
    }
    for (index, count) in missedExpirations { missed[plan.programs[index].name, default: 0] += count }
    for loss in losses(missedRuns: missed, of: plan) { options.sink.loss(loss, to: &interpreter.buffer) }
    try flush()
  }

  /// Tells readers of the output that nothing more comes, and the user, if the kernel takes long to detach from `count` attach
  /// points, that it does.
  mutating func closeOutput(detaching count: Int) throws(RunError) {
    if count >= Self.noticeableCount && !options.isQuiet {
      interpreter.buffer.messages.append(text: "Detaching \(count) probes ...\n")
      try flush()
    }
    writer.close()
  }

  /// The number of attach points that take the kernel about a second to detach from.
  private static let noticeableCount = 24

  /// Prints the maps that are not empty.
  mutating func printMaps() throws(RunError) {
    for (index, map) in manifest.maps.enumerated() where !manifest.mapsUnprintedAtExit.contains(map.name) {
      var contents: MapContents
      do {
        contents = try maps.contents(of: index)
      } catch {
        // Whoever made the map may not let it be read from here.
        guard map.pinned != nil else { throw .system(error) }
        interpreter.buffer.messages.append(
          text: "apus: cannot print '\(map.name)': \(error.explanation)\n")
        continue
      }
      if contents.elements.isEmpty { continue }
      contents.sort()
      options.sink.map(contents, to: &interpreter.buffer)
    }
  }

  /// Reports the failures of helpers that were not reported when they happened, and how many there were.
  private mutating func reportHelperErrors() {
    let memory = RawBytes(UnsafeRawBufferPointer(maps.globals))
    for (index, site) in manifest.helperSites.enumerated() {
      guard let count = memory.load(site.countOffset, as: UInt64.self), count > 0,
        let code = memory.load(site.codeOffset, as: Int64.self)
      else { continue }
      if count == 1 && interpreter.reportedSites.contains(index) { continue }
      options.sink.helperError(HelperFailure(site, code: code, count: count), to: &interpreter.buffer)
    }
  }

  /// Returns what was lost; `missedRuns` says how many runs of each program there were not.
  private func losses(missedRuns: [String: UInt64], of plan: AttachPlan) -> [Loss] {
    var result: [Loss] = []
    let memory = RawBytes(UnsafeRawBufferPointer(maps.globals))
    let lost = (memory.load(GlobalsLayout.lostEvents, as: UInt64.self) ?? 0) + (packets?.lostCount ?? 0)
    if lost > 0 { result.append(.events(lost)) }
    if interpreter.undecodableCount > 0 { result.append(.undecodableEvents(interpreter.undecodableCount)) }
    for (map, offset) in zip(manifest.maps, manifest.globals.refusedUpdates) {
      guard let count = memory.load(offset, as: UInt64.self), count > 0 else { continue }
      let capacity = map.capacity ?? 0
      result.append(
        map.pinned == nil
          ? .refusedUpdates(map: map.name, count: count, capacity: capacity)
          : .refusedForeignUpdates(map: map.name, count: count, capacity: capacity))
    }
    if let stacks = manifest.stacks, let count = memory.load(stacks.lostCountOffset, as: UInt64.self),
      count > 0
    {
      result.append(.stacks(count, capacity: stacks.capacity))
    }
    for program in plan.programs {
      guard let count = missedRuns[program.name], count > 0, let first = program.points.first else {
        continue
      }
      let others = program.points.count - 1
      let name = others == 0 ? first.point.name : "\(first.point.name) and \(others) more"
      result.append(.missedRuns(probe: name, count: count))
    }
    return result
  }

}
