import Diagnostics
import IR
import Kernel
import Syntax
import Types

/// Loops.
extension Inference {

  /// Visits `for (variable : map) { body }`.
  mutating func visitForEach(_ id: NodeID, over map: Name, _ body: Block) {
    requireMap(map)
    let number = mapNumber(map)
    if isReporting, maps[number].isFilled, maps[number].key?.isEmpty ?? false {
      report(.loopOverOneValue(map))
    }
    if let index = actions[current].references[id], let type = elementType(of: maps[number]) {
      variables[current][index].isFixed = true
      give(InferredType(type), to: index, at: map.site)
      if let aggregation = maps[number].aggregation, aggregation.readType == nil {
        loopsWithoutValues[LoopVariable(action: current, index: index)] = (map, aggregation)
      }
      note(InferredType(type), of: id)
    }
    visit(body)
  }

  /// Returns the type of the elements of `map` in a loop, keys and values, nil iff it is not known yet; it has no values if
  /// those are not one number each.
  private func elementType(of map: MapDraft) -> Type? {
    guard let slots = map.key else { return nil }
    let parts = slots.compactMap { $0.value?.type }
    guard parts.count == slots.count, let first = parts.first else { return nil }
    let key = parts.count == 1 ? first : .tuple(parts)
    if let aggregation = map.aggregation { return .tuple([key] + (aggregation.readType.map { [$0] } ?? [])) }
    return map.value.value.map { .tuple([key, $0.type]) }
  }

  /// Visits `for (variable : lower..upper) { body }`.
  mutating func visitForRange(_ id: NodeID, from lower: Expression, to upper: Expression, _ body: Block) {
    for bound in [lower, upper] {
      guard let type = value(bound)?.type, !type.isInteger, type != .bool else { continue }
      if case .enumeration = type { continue }
      report(.rangeNotInteger(bound, type))
    }
    let site = lower.site.extended(to: upper.site)
    if !kernel.isAtLeast(5, 17) { report(.rangesMissing(site)) }
    if let low = lower.constant, let high = upper.constant, low < high,
      high.subtractingReportingOverflow(low).overflow || high - low > Instruction.greatestCount
    {
      report(.rangeTooLong(site))
    }
    if let index = actions[current].references[id] {
      variables[current][index].isFixed = true
      give(InferredType(.int64), to: index, at: site)
      note(InferredType(.int64), of: id)
    }
    visit(body)
  }

  /// Returns the type of the block expression `{ block; value }`: one that holds the value and all that are returned before.
  mutating func inferBlock(_ block: Block, _ value: Expression) -> InferredType? {
    returnedValues.append([])
    visit(block)
    let returned = returnedValues.removeLast()
    guard !returned.isEmpty else { return inferred(value) }
    var type = self.value(value)
    for other in returned {
      let otherType = self.value(other)
      guard let a = type, let b = otherType else {
        if isReporting { return nil }
        type = type ?? otherType
        continue
      }
      switch a.union(b) {
      case .type(let union): type = union
      case .mixedSigns: type = InferredType(.int64)
      case .none:
        report(.returnedKindsDiffer(other, b.type, value, a.type))
        return nil
      }
    }
    return type
  }

  /// Makes `type` the type of the variable at `index`, which the loop at `site` gives values to.
  private mutating func give(_ type: InferredType, to index: Int, at site: SourceSpan) {
    if variables[current][index].value != type { hasChanged = true }
    variables[current][index].value = type
    variables[current][index].site = site
  }

  /// Returns the map and the type of the elements if `expression` is the variable of a loop that gives it no values.
  func loopWithoutValue(
    _ expression: Expression
  ) -> (loop: (map: Name, aggregation: Aggregation), type: InferredType?)? {
    guard case .scratch = expression.kind, let index = actions[current].references[expression.id],
      let loop = loopsWithoutValues[LoopVariable(action: current, index: index)]
    else { return nil }
    return (loop, variables[current][index].value)
  }

}

/// The variable of a loop.
struct LoopVariable: Hashable {

  /// The index of the action.
  let action: Int

  /// The index of the variable in the action.
  let index: Int

}
