import Diagnostics
import Kernel
import Syntax
import Types

/// Maps that someone else made: `let @m = pinned("/path");`.
extension Inference {

  /// Enters the map that `declaration`, whose kind is `pinned`, declares.
  mutating func declarePinned(_ declaration: MapDeclaration) {
    let number = mapNumber(declaration.map)
    guard declaration.arguments.count == 1, case .string(let bytes) = declaration.arguments[0].kind,
      !bytes.isEmpty, !bytes.contains(0)
    else {
      diagnostics.insert(.noPinnedPath(declaration))
      maps[number].isReported = true
      return
    }
    let site = declaration.arguments[0].site
    let view: PinnedMapView
    do {
      view = try types.kernel.pinnedMap(at: String(decoding: bytes, as: UTF8.self))
    } catch {
      diagnostics.insert(.unusablePinnedMap(error, isError: !settings.toleratesMissingMaps, at: site))
      maps[number].isStandIn = true
      return
    }
    guard view.map.isReadable else {
      diagnostics.insert(.unreadablePinnedMap(declaration.map, at: site))
      maps[number].isReported = true
      return
    }
    maps[number].pinned = view
    maps[number].declaredKind = declaration.kind
    enter(view, of: declaration)
    if let key = known(view.key, ofSize: view.map.keySize) {
      maps[number].key = [ValueSlot(fixedTo: key, at: site)]
      maps[number].keySite = site
    }
    if !view.map.isPerCPU {
      let value = known(view.value, ofSize: view.map.valueSize) ?? .ofBytes(view.map.valueSize)
      if view.value != nil || value.isInteger { maps[number].value = ValueSlot(fixedTo: value, at: site) }
    }
  }

  /// Enters the structures and enumerations that keys and values in `view` consist of, and reports those of which the script
  /// has others.
  private mutating func enter(_ view: PinnedMapView, of declaration: MapDeclaration) {
    for (name, layout) in view.table.structures.sorted(by: { $0.key.tag < $1.key.tag }) {
      let isDefined = types.structures[name] != nil
      guard let own = isDefined ? types.layout(of: name) : types.table.structures[name] else {
        types.table.structures[name] = layout
        continue
      }
      if !own.isLaidOut(like: layout) {
        diagnostics.insert(.differentStructures(name, declaration, own.size, layout.size))
      }
    }
    for (name, layout) in view.table.enumerations { types.table.enumerations[name] = layout }
  }

  /// Returns `type`, what type information says, as values of scripts have it; nil if it is not known or has another size.
  private func known(_ type: Type?, ofSize size: Int) -> Type? {
    guard let type else { return nil }
    let known: Type
    switch type {
    case .array(.character, let count) where count % 8 == 0 && count > 0: known = .string(capacity: count)
    default: known = types.completed(type)
    }
    return known.fixedSize == size ? known : nil
  }

  /// Gives the maps that someone else made the types that neither type information nor the script tells: integers of their
  /// sizes, or else bytes.
  mutating func giveTypesToPinnedMaps() {
    for number in maps.indices {
      if maps[number].isStandIn {
        maps[number].key = maps[number].key ?? [ValueSlot(fixedTo: .uint64, at: maps[number].name.site)]
        if maps[number].aggregation == nil, maps[number].value.value == nil {
          maps[number].value = ValueSlot(fixedTo: .uint64, at: maps[number].name.site)
        }
      }
      guard let view = maps[number].pinned else { continue }
      if maps[number].key == nil {
        maps[number].key = [ValueSlot(fixedTo: .ofBytes(view.map.keySize), at: maps[number].name.site)]
      }
      if view.map.isPerCPU {
        if maps[number].aggregation == nil, view.map.valueSize == 8 {
          let isSigned = view.value?.asInteger?.isSigned ?? false
          maps[number].aggregation = .sum(isSigned: isSigned)
          maps[number].aggregationSite = maps[number].declaredKind?.site
        }
      } else if maps[number].value.value == nil, maps[number].aggregation == nil {
        maps[number].value = ValueSlot(fixedTo: .ofBytes(view.map.valueSize), at: maps[number].name.site)
      }
    }
  }

  /// Notes that the map with the given number, which someone else made, is used with `key`, whose parts have the types `types`, and
  /// returns `true` if that settles what keys are.
  mutating func usePinned(
    _ number: Int, _ name: Name, _ key: [Expression], _ parts: [InferredType?], at site: SourceSpan
  ) -> Bool {
    guard let view = maps[number].pinned else { return false }
    if parts.isEmpty {
      report(.pinnedMapWithoutKey(name, at: site))
      return true
    }
    if maps[number].key == nil {
      // A number or a text alone is as wide as the map says; of all else the script tells what it is.
      guard parts.count == 1, let type = parts[0]?.type else { return false }
      let size = view.map.keySize
      switch (type, Type.ofBytes(size)) {
      case (_, .integer(let integer)) where type.asInteger != nil:
        maps[number].key = [ValueSlot(fixedTo: .integer(integer), at: site)]
      case (.string, _) where size % 8 == 0:
        maps[number].key = [ValueSlot(fixedTo: .string(capacity: size), at: site)]
      default: return false
      }
      maps[number].keySite = site
      hasChanged = true
    }
    guard let slots = maps[number].key, slots.count == 1, slots[0].isFixed, let type = slots[0].value?.type
    else { return false }
    let expressions = key.count == parts.count ? key : Array(repeating: key[0], count: parts.count)
    if case .structure(let structure) = type {
      checkMembers(of: structure, name, expressions, parts, at: site)
    } else if parts.count != 1 {
      report(.keyCountMismatch(name, parts.count, expected: 1, at: site, first: maps[number].keySite ?? site))
    } else if let part = parts[0] {
      check(adapted(part, of: key[0], to: type), of: key[0], fits: type, name, as: "keys")
    }
    return true
  }

  /// Reports what of a key that is written as `expressions`, whose types are `parts`, does not fit the members of `structure`.
  private mutating func checkMembers(
    of structure: StructureType, _ name: Name, _ expressions: [Expression], _ parts: [InferredType?],
    at site: SourceSpan
  ) {
    if parts.count == 1, let part = parts[0] {
      checkValue(part.type, expressions[0], fits: structure, name, as: "keys")
      return
    }
    guard let members = writableMembers(of: structure, name, at: site) else { return }
    guard members.count == parts.count else {
      report(.memberCountMismatch(name, parts.count, structure.name, members.map(\.name), at: site))
      return
    }
    for (index, member) in members.enumerated() {
      guard let part = parts[index] else { continue }
      check(part, of: expressions[index], fits: types.completed(member.type), name, as: "'\(member.name)'")
    }
  }

  /// Reports if a value of `type`, that of `expression`, is nothing that a `structure` can be made of; `what` it is for the map
  /// `name`.
  mutating func checkValue(
    _ type: Type, _ expression: Expression, fits structure: StructureType, _ name: Name, as what: String
  ) {
    if type == .structure(structure) { return }
    guard let members = writableMembers(of: structure, name, at: expression.site) else { return }
    let parts: [(member: StructureLayout.Member?, type: Type)]
    switch type {
    case .record(let fields):
      parts = fields.map { field in (members.first { $0.name == field.name }, field.type) }
    case .tuple(let elements):
      parts = elements.enumerated().map { (members.indices.contains($0) ? members[$0] : nil, $1) }
    default:
      parts = [(members.count == 1 ? members[0] : nil, type)]
    }
    guard parts.count == members.count, parts.allSatisfy({ $0.member != nil }) else {
      report(.membersMismatch(name, what, expression, type, structure.name, members.map(\.name)))
      return
    }
    for case (let member?, let part) in parts {
      check(
        InferredType(part), of: expression, fits: types.completed(member.type), name, as: "'\(member.name)'")
    }
  }

  /// Returns the members of `structure` if a script can give them values one by one, else reports that it cannot.
  private mutating func writableMembers(
    of structure: StructureType, _ name: Name, at site: SourceSpan
  ) -> [StructureLayout.Member]? {
    guard let layout = types.layout(of: structure.name) else { return nil }
    var end = 0
    for member in layout.members {
      guard member.bits == nil, member.offset >= end, let size = types.completed(member.type).fixedSize else {
        report(.unwritableStructure(name, structure.name, member.name, at: site))
        return nil
      }
      end = member.offset + size
    }
    return layout.members
  }

  /// Reports if `new`, the type of `expression`, holds more than `type`, that of `what` in the map `name`.
  private mutating func check(
    _ new: InferredType, of expression: Expression, fits type: Type, _ name: Name, as what: String
  ) {
    let fits: Bool
    switch (new.type, type) {
    case (_, .structure(let structure)):
      checkValue(new.type, expression, fits: structure, name, as: what)
      return
    case (let given, _) where given.asInteger != nil && type.asInteger != nil:
      guard let given = given.asInteger, let wanted = type.asInteger else { return }
      if let constant = constant(of: expression), wanted.width < 64 {
        fits =
          constant < Int64(1) << Int64(wanted.width) && constant >= -(Int64(1) << Int64(wanted.width - 1))
      } else {
        fits = given.width <= wanted.width
      }
    case (.string(let given), .array(.character, let wanted)), (.string(let given), .string(let wanted)):
      fits = given <= wanted
    default: fits = new.type == type
    }
    if !fits { report(.doesNotFitPinned(expression, new.type, type, name, as: what)) }
  }

  /// Returns what is wrong with a plain value at `site` for the map with the given number, which gathers numbers at `first`.
  func plainValue(
    in number: Int, _ name: Name, at site: SourceSpan, first: SourceSpan
  ) -> Diagnostic {
    maps[number].pinned?.map.isPerCPU == true
      ? .plainValueInPinnedPerCPU(name, at: site, declared: first)
      : .aggregationAndValue(name, at: site, first: first)
  }

  /// Reports what does not go together in maps that someone else made and what the script does with them.
  mutating func checkPinnedMaps() {
    for map in maps {
      guard let view = map.pinned, let site = map.declaredKind?.site else { continue }
      if let slots = map.key, slots.allSatisfy({ $0.value?.type.fixedSize != nil }) {
        let parts = slots.compactMap { $0.value?.type }
        let size = parts.reduce(0) { $0 + ($1.fixedSize ?? 0) }
        let isPadded = StructLayout(of: parts).size != size && !(slots.first?.isFixed ?? false)
        if size != view.map.keySize || isPadded {
          report(.keySizeMismatch(map.name, parts, view.map, at: map.keySite ?? site, declared: site))
        }
      }
      if let aggregation = map.aggregation {
        if !view.map.isPerCPU {
          report(.sharedPinnedAggregation(map.name, aggregation, at: map.aggregationSite ?? site, site))
        } else if aggregation.wordCount * 8 != view.map.valueSize {
          report(
            .aggregationSizeMismatch(
              map.name, aggregation, view.map, at: map.aggregationSite ?? site, declared: site))
        }
      } else if view.map.isPerCPU {
        if let assigned = map.value.site {
          report(.plainValueInPinnedPerCPU(map.name, at: assigned, declared: site))
        } else {
          report(.valuesOfEachCPU(map.name, view.map, at: site))
        }
      } else if let type = map.value.value?.type, let size = type.fixedSize, size != view.map.valueSize {
        report(.valueSizeMismatch(map.name, type, view.map, at: map.value.site ?? site, declared: site))
      }
    }
    for action in actions { checkChanges(of: action) }
  }

  /// Reports what `action` does to maps that someone else made and that the kernel does not allow.
  private mutating func checkChanges(of action: ActionDraft) {
    var changes: [(name: Name, site: SourceSpan, isRemoval: Bool)] = []
    let note: (Name, Expression) -> Void = { changes.append(($0, $1.site, false)) }
    action.predicate?.forEachFilledMap(note)
    action.body.forEachFilledMap(note)
    let noteCall: (Expression) -> Void = { expression in
      guard case .call(let call, let arguments) = expression.kind, call.text == "delete",
        case .map(let name, _)? = arguments.first?.kind
      else { return }
      changes.append((name, expression.site, true))
    }
    action.predicate?.forEachExpression(noteCall)
    action.body.forEachExpression(noteCall)
    for (name, site, isRemoval) in changes {
      guard let number = mapNumbers[name.text], let map = maps[number].pinned?.map else { continue }
      if !map.isWritable {
        report(.readOnlyPinnedMap(name, map, at: site))
      } else if isRemoval && map.isArray {
        report(.removalFromArray(name, at: site))
      }
    }
  }

}

extension StructureLayout {

  /// Returns `true` iff the members have the names, the places and the sizes of those of `other`.
  fileprivate func isLaidOut(like other: StructureLayout) -> Bool {
    size == other.size && members.map(\.name) == other.members.map(\.name)
      && members.map(\.offset) == other.members.map(\.offset)
      && members.map(\.type.fixedSize) == other.members.map(\.type.fixedSize)
  }

}

extension ValueSlot {

  /// Creates a slot that has the given type, which nothing widens.
  fileprivate init(fixedTo type: Type, at site: SourceSpan) {
    self.init()
    value = InferredType(type)
    self.site = site
    isFixed = true
  }

}

extension Type {

  /// Returns the type of `count` bytes of which nothing is known: an integer, if there is one of that size.
  fileprivate static func ofBytes(_ count: Int) -> Type {
    switch count {
    case 1, 2, 4, 8: .integer(IntegerType(width: count * 8, isSigned: false))
    default: .array(of: .integer(IntegerType(width: 8, isSigned: false)), count: count)
    }
  }

}
