import Builtins
import Diagnostics
import Probes
import Syntax
import Types

extension Inference: TypingScope {

  /// Returns the type of `expression`, nil iff it is wrong or not known yet.
  mutating func type(of expression: Expression) -> Type? { inferred(expression)?.type }

  /// Returns what the map with the given name is.
  func map(named name: String) -> MapType? { mapNumbers[name].map { maps[$0].type } }

  /// Returns the number of bytes of the longest name that indices of the type stand for.
  func longestName(of type: Type) -> Int {
    let points = actions.lazy.flatMap(\.points)
    return points.map { (type == .functionName ? $0.function : $0.name).utf8.count }.max() ?? 0
  }

  /// Returns the number of the map `name`, which is new if it was not used before.
  mutating func mapNumber(_ name: Name) -> Int {
    if let number = mapNumbers[name.text] { return number }
    mapNumbers[name.text] = maps.count
    maps.append(MapDraft(name: name))
    return maps.count - 1
  }

  /// Notes that the map `name` is used with `key`, reporting if it is used with another kind of key elsewhere.
  mutating func use(_ name: Name, withKey key: [Expression]) {
    let number = mapNumber(name)
    let site = key.last.map { name.site.extended(to: $0.site) } ?? name.site
    maps[number].isUsed = true
    guard let types = keyParts(key) else { return }
    // In the last round everything that is ever filled is known.
    if isReporting && !maps[number].isFilled { return reportUndefined(name, number) }
    if usePinned(number, name, key, types, at: site) { return }
    if maps[number].key == nil {
      maps[number].key = Array(repeating: ValueSlot(), count: types.count)
      maps[number].keySite = site
    }
    guard var slots = maps[number].key, slots.count == types.count else {
      reportKeyCount(name, types.count, number, at: site)
      return
    }
    for (index, type) in types.enumerated() {
      guard let type else { continue }
      let part = key.count == types.count ? key[index] : key[0]
      guard type.type.isStorable else {
        report(.notStorable(part, type.type))
        continue
      }
      if type.type.fixedSize == 0 { report(.nothingToStore(type.type, at: part.site)) }
      let adapted = adapted(type, of: part, to: slots[index].value?.type)
      put(adapted, into: &slots[index], of: name, as: .keyPart(index), at: part.site)
    }
    maps[number].key = slots
  }

  /// Returns the types of the parts of `key`, nil for those that are not known; nil if their number is not known.
  ///
  /// A key that is one tuple has the tuple's elements as its parts: `@m[$t]` is `@m[$t.0, $t.1]`.
  private mutating func keyParts(_ key: [Expression]) -> [InferredType?]? {
    let types = key.map { value($0) }
    guard key.count == 1 else { return types }
    guard let type = types[0]?.type else { return isReporting ? types : nil }
    guard case .tuple(let elements) = type, elements.count > 1 else { return types }
    return elements.map { InferredType($0) }
  }

  /// Reports that a map is used with another number of parts of its key than before.
  private mutating func reportKeyCount(_ name: Name, _ count: Int, _ number: Int, at site: SourceSpan) {
    guard let slots = maps[number].key, let first = maps[number].keySite else { return }
    report(.keyCountMismatch(name, count, expected: slots.count, at: site, first: first))
  }

  /// Notes that the map `name` is used as a whole, reporting if nothing fills it.
  mutating func requireMap(_ name: Name) {
    let number = mapNumber(name)
    maps[number].isUsed = true
    if isReporting && !maps[number].isFilled { reportUndefined(name, number) }
  }

  /// Reports once that nothing fills the map `name`.
  private mutating func reportUndefined(_ name: Name, _ number: Int) {
    guard !maps[number].isReported else { return }
    maps[number].isReported = true
    report(.undefinedMap(name, among: maps.filter(\.isFilled).map(\.name.text)))
  }

  /// Notes that the value of an element of the map `name` is assigned to `variable`.
  mutating func assignElement(of name: Name, to variable: Expression) {
    guard case .scratch(let text) = variable.kind, let index = actions[current].references[variable.id] else {
      return
    }
    let number = mapNumber(name)
    let type: InferredType?
    if let aggregation = maps[number].aggregation {
      type = aggregation.readType.map { InferredType($0) }
      if type == nil { report(.notReadable(name, aggregation, at: name.site)) }
    } else {
      type = maps[number].value.value
    }
    guard let type else { return }
    var slot = variables[current][index]
    put(type, into: &slot, of: Name(text, at: variable.site), as: .value, at: variable.site)
    variables[current][index] = slot
    note(slot.value, of: variable.id)
  }

  /// Returns the type of the element of the map `name` that `key` denotes.
  mutating func inferElement(_ name: Name, _ key: [Expression], at site: SourceSpan) -> InferredType? {
    use(name, withKey: key)
    let number = mapNumber(name)
    guard maps[number].isFilled || !isReporting else { return nil }
    guard let parts = maps[number].key, parts.count == keyParts(key)?.count || maps[number].pinned != nil
    else { return nil }
    guard let aggregation = maps[number].aggregation else { return maps[number].value.value }
    guard let type = aggregation.readType else {
      report(.notReadable(name, aggregation, at: site))
      return nil
    }
    return InferredType(type)
  }

  /// Returns the call that `expression` is and its builtin iff that is an aggregation.
  func aggregationCall(_ expression: Expression) -> (BuiltinCall, any AggregationBuiltin)? {
    guard case .call(let name, let arguments) = expression.kind,
      let builtin = BuiltinTable.builtin(named: name.text) as? any AggregationBuiltin
    else { return nil }
    let call = BuiltinCall(id: expression.id, name: name, arguments: arguments, site: expression.site)
    return (call, builtin)
  }

  /// Returns the type of `++x` and its like.
  mutating func inferStep(_ target: Expression, _ direction: StepDirection) -> InferredType? {
    let one = InferredType.literal(1, isUnsigned: false)
    let operation: BinaryOperator = direction == .up ? .add : .subtract
    switch target.kind {
    case .scratch(let name):
      guard let index = actions[current].references[target.id] else { return nil }
      var slot = variables[current][index]
      let old = slot.value ?? InferredType(.int64, isFlexible: true)
      guard let new = arithmetic(operation, old, one, at: target.site) else { return nil }
      put(new, into: &slot, of: Name(name, at: target.site), as: .value, at: target.site)
      variables[current][index] = slot
      note(slot.value, of: target.id)
      return slot.value
    case .map(let name, let key):
      use(name, withKey: key)
      let number = mapNumber(name)
      maps[number].isFilled = true
      if maps[number].aggregation != nil, let site = maps[number].aggregationSite {
        report(plainValue(in: number, name, at: target.site, first: site))
        return nil
      }
      var slot = maps[number].value
      let old = slot.value ?? InferredType(.int64, isFlexible: true)
      guard let new = arithmetic(operation, old, one, at: target.site) else { return nil }
      put(new, into: &slot, of: name, as: .value, at: target.site)
      maps[number].value = slot
      note(slot.value, of: target.id)
      return slot.value
    default:
      report(.notAssignable(target))
      return nil
    }
  }

}

extension Type {

  /// `true` iff a value can be a part of a map's key.
  var isStorable: Bool {
    switch self {
    case .none: false
    default: true
    }
  }

}
