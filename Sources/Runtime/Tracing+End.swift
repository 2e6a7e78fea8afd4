import BPF
import Loading
import Output
import Probes
import Types

extension Tracing {

  /// Prints the events that are left of `session`, which is over, the maps and what was lost.
  mutating func finish(_ session: borrowing Session, following plan: AttachPlan) throws(RunError) {
    try readAllEvents()
    packets?.catchUp()
    countLosses(of: session, following: plan)
    if isOutputClosed { return deliver(session, following: plan) }
    symbolizer?.catchUp()
    options.sink.endOfEvents(to: &interpreter.buffer)
    if manifest.printsMapsAtExit { try printMaps() }
    if !options.receivers.isEmpty {
      try flush()
      deliver(session, following: plan)
    }
    reportAllLosses()
    try flush()
  }

  /// Lets the receivers deliver what is left, and finds out what they have lost.
  private mutating func deliver(_ session: borrowing Session, following plan: AttachPlan) {
    if options.receivers.isEmpty { return }
    for receiver in options.receivers { receiver.finish() }
    countLosses(of: session, following: plan)
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
      interpreter.tell(index, contents, dividedBy: nil, isWhole: true, isReset: false)
      options.sink.map(contents, to: &interpreter.buffer)
    }
  }

}
