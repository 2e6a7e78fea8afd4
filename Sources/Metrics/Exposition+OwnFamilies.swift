import Output
import Types

/// What apus says about itself.
extension Exposition {

  /// Returns the metrics about apus, its process and the scripts, of which `hidden` are samples that are not shown.
  func ownFamilies(_ states: [ScriptState], _ server: ServerState, _ hidden: HiddenSamples) -> [PlainFamily] {
    let all = Array(zip(scripts, states))
    var result = [
      PlainFamily(
        "apus_build_info", .info, "The version of apus.",
        [.init(.count(1), labels: [.init("version", server.version)])]),
      PlainFamily(
        "apus_script_running", .gauge, "1 as long as the script runs, 0 once it has ended.",
        all.map { .init(.count($1.isRunning ? 1 : 0), labels: [.init("script", $0.name)]) }),
      PlainFamily(
        "apus_attached_probes", .gauge, "The number of attach points.",
        all.map { .init(.count(UInt64($1.snapshot.attachedCount)), labels: [.init("script", $0.name)]) }),
      PlainFamily(
        "apus_events_total", .counter, "Events that came from programs in the kernel.",
        all.map { .init(.count($1.snapshot.eventCount), labels: [.init("script", $0.name)]) }),
      losses(all),
    ]
    result += runs(all)
    result += maps(states)
    result.append(hiddenSamples(hidden))
    result += server.process.families
    result += server.families
    result.append(
      PlainFamily(
        "apus_scrapes_total", .counter, "Times that metrics were asked for.",
        [.init(.count(server.scrapeCount))]))
    return result
  }

  /// Returns what was lost.
  private func losses(_ all: [(ExportedScript, ScriptState)]) -> PlainFamily {
    var totals = SampleSums()
    for (script, state) in all {
      for loss in state.snapshot.losses {
        totals.add(loss.total, [.init("script", script.name)] + loss.cause.labels)
      }
    }
    return PlainFamily(
      "apus_lost_total", .counter, "What was not seen or not kept, by its kind and where that was.",
      totals.samples { .count($0) })
  }

  /// Returns what the kernel has counted about programs.
  private func runs(_ all: [(ExportedScript, ScriptState)]) -> [PlainFamily] {
    var counts = SampleSums()
    var times = SampleSums()
    for (script, state) in all {
      for program in state.snapshot.programs {
        let labels: [PlainFamily.Label] = [.init("script", script.name), .init("probe", program.title)]
        counts.add(program.runCount, labels)
        times.add(program.runTime, labels)
      }
    }
    return [
      PlainFamily(
        "apus_probe_runs_total", .counter, "Runs of the programs behind probes.",
        counts.samples { .count($0) }),
      PlainFamily(
        "apus_probe_run_seconds_total", .counter, "The time that the programs behind probes have run.",
        times.samples { .time(nanoseconds: $0) }),
    ]
  }

  /// Returns how full the maps are that are shown.
  private func maps(_ states: [ScriptState]) -> [PlainFamily] {
    var elements = PlainFamily("apus_map_elements", .gauge, "The number of elements in a map.")
    var capacities = PlainFamily(
      "apus_map_capacity", .gauge, "The number of elements that a map has room for.")
    var unreadable = PlainFamily(
      "apus_map_unreadable", .gauge, "1 for a map that the kernel does not let be read.")
    for (index, script) in scripts.enumerated() {
      for map in exportedMaps(ofScript: index).sorted() {
        let description = script.manifest.maps[map]
        let (name, label) = (
          PlainFamily.Label("script", script.name), PlainFamily.Label("map", description.name)
        )
        if let contents = states[index].snapshot.maps[map], contents.isKeyed {
          elements.add(.count(UInt64(contents.elements.count)), name, label)
        }
        if states[index].snapshot.unreadableMaps[map] != nil { unreadable.add(.count(1), name, label) }
        if let capacity = description.capacity, !description.key.isEmpty {
          capacities.add(.count(UInt64(capacity)), name, label)
        }
      }
    }
    return [elements, capacities, unreadable]
  }

  /// Returns how many samples are not shown.
  private func hiddenSamples(_ hidden: HiddenSamples) -> PlainFamily {
    var family = PlainFamily(
      "apus_hidden_samples", .gauge,
      "Samples of a map that are not shown: they are negative where that cannot be, or look like another one."
    )
    let order = hidden.sorted { a, b in
      (a.key.map.script, a.key.map.index, a.key.reason.rawValue) < (
        b.key.map.script, b.key.map.index, b.key.reason.rawValue
      )
    }
    for (sample, count) in order {
      family.add(
        .count(UInt64(count)), .init("script", scripts[sample.map.script].name),
        .init("map", sample.map.name),
        .init("reason", sample.reason.rawValue))
    }
    return family
  }

}

/// Numbers by their labels, in the order in which the labels came.
private struct SampleSums {

  /// The labels.
  private var labels: [[PlainFamily.Label]] = []

  /// The sums by labels.
  private var sums: [[PlainFamily.Label]: UInt64] = [:]

  /// Adds `number` to the sum with the given labels.
  mutating func add(_ number: UInt64, _ labels: [PlainFamily.Label]) {
    if sums[labels] == nil { self.labels.append(labels) }
    sums[labels, default: 0] &+= number
  }

  /// Returns a sample for each sum.
  func samples(_ value: (UInt64) -> PlainFamily.Number) -> [PlainFamily.Sample] {
    labels.map { PlainFamily.Sample(value(sums[$0] ?? 0), labels: $0) }
  }

}

extension ProcessFigures {

  /// The figures as metrics, called as everybody calls them.
  fileprivate var families: [PlainFamily] {
    let all: [(PlainFamily, PlainFamily.Number?)] = [
      (
        PlainFamily("process_cpu_seconds_total", .counter, "The time that CPUs have spent for the process."),
        cpuTime.map { .time(nanoseconds: $0) }
      ),
      (
        PlainFamily("process_resident_memory_bytes", .gauge, "The memory that the process has."),
        residentMemory.map { .count($0) }
      ),
      (
        PlainFamily("process_virtual_memory_bytes", .gauge, "The addresses that the process has reserved."),
        virtualMemory.map { .count($0) }
      ),
      (
        PlainFamily("process_open_fds", .gauge, "The number of open files of the process."),
        openFileCount.map { .count($0) }
      ),
      (
        PlainFamily("process_max_fds", .gauge, "The number of files that the process may open."),
        openFileLimit.map { .count($0) }
      ),
      (
        PlainFamily(
          "process_start_time_seconds", .gauge, "When the process was started, in seconds from the epoch."),
        startTime.map { .time(nanoseconds: $0) }
      ),
    ]
    return all.compactMap { family, value in
      guard let value else { return nil }
      var family = family
      family.add(value)
      return family
    }
  }

}

extension Loss.Cause {

  /// The kind of loss and the place where it was as labels.
  fileprivate var labels: [PlainFamily.Label] {
    switch self {
    case .events(let probe): [.init("kind", "events"), .init("probe", probe)]
    case .packets: [.init("kind", "packets")]
    case .undecodableEvents: [.init("kind", "undecodable_events")]
    case .refusedUpdates(let map, _), .refusedForeignUpdates(let map, _):
      [.init("kind", "refused_updates"), .init("map", map)]
    case .stacks: [.init("kind", "stacks")]
    case .throttledSamples(let probe): [.init("kind", "throttled_samples"), .init("probe", probe)]
    case .missedRuns(let probe, let reason):
      [.init("kind", "missed_runs"), .init("probe", probe), .init("reason", reason.rawValue)]
    case .undeliveredValues(let receiver, let reason):
      [.init("kind", "undelivered_values"), .init("receiver", receiver), .init("reason", reason.word)]
    }
  }

}
