import Builtins
import Diagnostics
import Syntax
import Types

extension Inference {

  /// Enters the maps that the script declares.
  mutating func declare(_ declarations: [MapDeclaration]) {
    let kinds: [String: HashKind] = [
      "hash": .shared, "lruhash": .leastRecentlyUsed, "percpuhash": .perCPU,
      "percpulruhash": .leastRecentlyUsedPerCPU,
    ]
    for declaration in declarations {
      guard let kind = kinds[declaration.kind.text] else {
        diagnostics.insert(.unknownMapKind(declaration.kind, among: kinds.keys.sorted()))
        continue
      }
      guard declaration.arguments.count == 1, let capacity = declaration.arguments[0].constant,
        (1...Int64(Int32.max)).contains(capacity)
      else {
        diagnostics.insert(.invalidCapacity(declaration))
        continue
      }
      if mapNumbers[declaration.map.text] != nil {
        diagnostics.insert(
          .redeclaredMap(declaration.map, first: maps[mapNumber(declaration.map)].name))
        continue
      }
      maps[mapNumber(declaration.map)].declaredKind = declaration.kind
      maps[mapNumber(declaration.map)].declared = .init(kind: kind, capacity: Int(capacity))
    }
  }

  /// Returns the result for the script in `source`.
  ///
  /// - Requires: no error was reported.
  func program(of source: SourceFile) -> Program {
    var types: [NodeID: Type] = [:]
    types.reserveCapacity(known.count)
    for (number, knowledge) in known.enumerated() where knowledge.round == round {
      guard let type = knowledge.type?.type else { continue }
      types[NodeID(number)] = type
      self.types.enter(type)
    }
    var trees = FinishedTrees(
      textualParameters: textualParameters, decisions: decisions, nodeCount: known.count)
    let finished = actions.map { action in
      (predicate: action.predicate.map { trees.rewritten($0) }, body: trees.rewritten(action.body))
    }
    types.merge(trees.types) { _, new in new }
    return Program(
      source: source, settings: settings,
      actions: actions.indices.map { index in
        let action = actions[index]
        let slots = variables[index]
        return Program.Action(
          predicate: finished[index].predicate, body: finished[index].body,
          variables: zip(action.variables, slots).map { variable, slot in
            Program.Variable(name: variable.name.text, type: slot.value?.type ?? .int64)
          },
          references: action.references, points: action.points, context: action.context,
          mechanism: action.mechanism)
      },
      maps: maps.compactMap { map in
        let value =
          map.aggregation.map { MapValue.aggregation($0) } ?? map.value.value.map { .plain($0.type) }
        guard let value else { return nil }
        return Program.ProgramMap(
          name: map.name.text, key: (map.key ?? []).compactMap { $0.value?.type }, value: value,
          declared: map.declared)
      },
      types: types, constants: constants, table: self.types.table,
      functions: self.types.functions.compactMapValues { $0 })
  }

}
