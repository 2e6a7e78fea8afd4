import Builtins
import Semantics
import Syntax
import Types

/// What happens to maps as a whole.
struct MapResets {

  /// The names of the maps that are cleared or set to zero.
  private(set) var resetMaps: Set<String> = []

  /// The names of the maps whose elements are deleted one by one.
  private(set) var mapsWithDeletions: Set<String> = []

  /// The names of those from which elements are deleted by their keys.
  private(set) var mapsWithDeletedKeys: Set<String> = []

  /// The names of the maps whose elements are changed other than by adding to them.
  private(set) var assignedMaps: Set<String> = []

  /// The names of the maps that programs read, if any are reset.
  private var readMaps: Set<String> = []

  /// `true` iff an action has so many statements that nothing may be added to it.
  private(set) var hasLongAction = false

  /// Finds out what `program` does to its maps.
  init(of program: Program) {
    for action in program.actions {
      if action.isLong { hasLongAction = true }
      action.predicate?.forEachStatement { note($0) }
      action.body.forEachStatement { note($0) }
      action.predicate?.forEachExpression { note($0) }
      action.body.forEachExpression { note($0) }
    }
    if !resetMaps.isEmpty || !mapsWithDeletions.isEmpty { readMaps = program.readMaps }
  }

  /// Notes what `statement` does to a map.
  private mutating func note(_ statement: Statement) {
    guard case .assignment(let target, let operation, let value) = statement.kind,
      case .map(let name, _) = target.kind
    else { return }
    switch operation {
    case .add, .subtract: break
    case nil where value.amountAdded(to: target) != nil: break
    default: assignedMaps.insert(name.text)
    }
  }

  /// Notes what `expression` does to a map.
  private mutating func note(_ expression: Expression) {
    guard case .call(let name, let arguments) = expression.kind,
      case .map(let map, let key)? = arguments.first?.kind
    else { return }
    switch name.text {
    case "clear", "zero": resetMaps.insert(map.text)
    case "delete":
      mapsWithDeletions.insert(map.text)
      if arguments.count > 1 || !key.isEmpty { mapsWithDeletedKeys.insert(map.text) }
    default: break
    }
  }

  /// Returns the twin of `map`, nil if it needs none: because it is never reset, can be reset without one, or others know it.
  /// `makeSelector` returns the offset of a new word.
  func twin(of map: MapDescription, in program: Program, _ makeSelector: () -> Int) -> MapTwin? {
    if hasLongAction || program.settings.pinsMaps { return nil }
    let isDeleted = mapsWithDeletions.contains(map.name)
    switch map.storage {
    case .global, .pinned: return nil
    case .hash: if !resetMaps.contains(map.name) { return nil }
    case .perCPU, .dense:
      // Removing the only element of a map without keys is to clear it.
      if !resetMaps.contains(map.name) && !isDeleted { return nil }
      // The process remembers what sums were, which costs programs nothing.
      if case .aggregation(let aggregation) = map.value, aggregation.isAdditive,
        !readMaps.contains(map.name)
      {
        return nil
      }
    }
    let isSummed =
      switch map.value {
      case .aggregation(let aggregation): aggregation.isAdditive
      case .plain(let type): type.isInteger && !assignedMaps.contains(map.name)
      }
    var merging = isSummed ? MapTwin.Merging.sums : .latest
    if case .aggregation(.timeSeries) = map.value { merging = .none }
    if isDeleted { merging = .none }
    return MapTwin(
      selectorOffset: makeSelector(), objectName: map.objectName + ".2", merging: merging)
  }

}

extension Program.Action {

  /// `true` iff the action has so many statements that its program must do with few branches: the verifier follows at most
  /// 8192 (`BPF_COMPLEXITY_LIMIT_JMP_SEQ` in `kernel/bpf/verifier.c`), and the time that it takes grows with their square.
  var isLong: Bool {
    var count = 0
    body.forEachStatement { _ in count += 1 }
    return count > 500
  }

}
