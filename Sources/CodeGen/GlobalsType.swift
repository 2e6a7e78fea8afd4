import LLVM
import Types

/// What the variable that programs and process share is to those who look at it from outside.
struct GlobalsType {

  /// The type.
  let type: DebugType

  /// Creates the type of the variable of `manifest`: the values of maps by their names, and what is ours behind `apus_`.
  init(of manifest: Manifest) {
    let layout = manifest.globals
    var members: [DebugType.Member] = [
      .init("apus_exit_requested", at: GlobalsLayout.exitRequested, .index),
      .init("apus_exit_status", at: GlobalsLayout.exitStatus, .index),
      .init("apus_lost_events", at: GlobalsLayout.lostEvents, .word),
      .init("apus_start_time", at: GlobalsLayout.startTime, .word),
      .init("apus_tracing_is_off", at: GlobalsLayout.tracingIsOff, .word),
    ]
    for (map, offset) in zip(manifest.maps, layout.refusedUpdates) {
      members.append(.init("apus_refused_updates_\(map.identifier)", at: offset, .word))
    }
    for map in manifest.maps {
      guard case .global(let offset, _) = map.storage else { continue }
      members.append(.init(map.identifier, at: offset, DebugType(map.value, in: manifest)))
    }
    for (word, offset) in layout.words { members.append(.init("apus_\(word.rawValue)", at: offset, .word)) }
    for (program, offset) in layout.lostEventCounts where offset != GlobalsLayout.lostEvents {
      members.append(.init("apus_lost_events_\(program)", at: offset, .word))
    }
    for (program, offset) in layout.runsWithoutMemory {
      members.append(.init("apus_runs_without_memory_\(program)", at: offset, .word))
    }
    type = .structure(
      name: "globals", size: layout.size, members: members.sorted { $0.offset < $1.offset })
  }

}

extension MapDescription {

  /// The name as a name in C.
  fileprivate var identifier: String { name == "@" ? "map" : String(name.dropFirst()) }

}
