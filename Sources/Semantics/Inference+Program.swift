import Builtins
import Diagnostics
import Kernel
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
      if mapNumbers[declaration.map.text] != nil {
        diagnostics.insert(
          .redeclaredMap(declaration.map, first: maps[mapNumber(declaration.map)].name))
        continue
      }
      if declaration.kind.text == "pinned" {
        declarePinned(declaration)
        continue
      }
      guard let kind = kinds[declaration.kind.text] else {
        diagnostics.insert(.unknownMapKind(declaration.kind, among: (kinds.keys + ["pinned"]).sorted()))
        continue
      }
      guard declaration.arguments.count == 1, let capacity = declaration.arguments[0].constant,
        (1...Int64(Int32.max)).contains(capacity)
      else {
        diagnostics.insert(.invalidCapacity(declaration))
        continue
      }
      maps[mapNumber(declaration.map)].declaredKind = declaration.kind
      maps[mapNumber(declaration.map)].declared = .init(kind: kind, capacity: Int(capacity))
    }
  }

  /// Returns the result for the script in `source`, without what is never done: actions that the command line or the
  /// kernel switches off, branches that are never taken, and the maps that are in nothing else.
  ///
  /// `help` is what comments say that maps are for.
  ///
  /// - Requires: no error was reported.
  func program(of source: SourceFile, help: [String: String]) -> Program {
    var types: [NodeID: Type] = [:]
    types.reserveCapacity(known.count)
    for (number, knowledge) in known.enumerated() where knowledge.round == round {
      guard let type = knowledge.type?.type else { continue }
      types[NodeID(number)] = type
      self.types.enter(type)
    }
    var trees = FinishedTrees(
      textualParameters: textualParameters, decisions: decisions, constants: constants, nodeCount: known.count
    )
    var finished: [Program.Action] = []
    for (action, slots) in zip(actions, variables) {
      if let predicate = action.predicate, action.hasSwitch || decisions[predicate.id] != nil,
        trees.verdict(on: predicate) == false
      {
        continue
      }
      finished.append(
        Program.Action(
          predicate: action.predicate.map { trees.rewritten($0) }, body: trees.rewritten(action.body),
          variables: zip(action.variables, slots).map { variable, slot in
            Program.Variable(name: variable.name.text, type: slot.value?.type ?? .int64)
          },
          references: action.references, points: action.points, context: action.context,
          mechanism: action.mechanism, block: action.block))
    }
    types.merge(trees.types) { _, new in new }
    let used = Set(finished.flatMap(\.maps))
    var program = Program(
      source: source, settings: settings, actions: finished,
      maps: maps.compactMap { map in
        guard used.contains(map.name.text) || map.declared != nil else { return nil }
        let value =
          map.aggregation.map { MapValue.aggregation($0) } ?? map.value.value.map { .plain($0.type) }
        guard let value else { return nil }
        var result = Program.ProgramMap(
          name: map.name.text, key: (map.key ?? []).compactMap { $0.value?.type }, value: value,
          declared: map.declared, pinned: map.pinned?.map)
        result.help = help[map.name.text]
        result.site = map.keySite ?? map.name.site
        return result
      },
      types: types, constants: constants, table: self.types.table,
      functions: self.types.functions.compactMapValues { $0 })
    program.kernelTypes = self.types.ofKernel
    program.origins = origins
    return program
  }

}

extension Program.Action {

  /// The names of the maps that it uses.
  fileprivate var maps: Set<String> {
    var names: Set<String> = []
    let note: (Expression) -> Void = { expression in
      if case .map(let name, _) = expression.kind { names.insert(name.text) }
    }
    let noteStatement: (Statement) -> Void = { statement in
      if case .forEach(_, let map, _) = statement.kind { names.insert(map.text) }
    }
    predicate?.forEachExpression(note)
    predicate?.forEachStatement(noteStatement)
    body.forEachExpression(note)
    body.forEachStatement(noteStatement)
    return names
  }

}
