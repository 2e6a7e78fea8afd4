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
  init(fixedTo type: Type, at site: SourceSpan) {
    self.init()
    value = InferredType(type)
    self.site = site
    isFixed = true
  }

}

extension Type {

  /// Returns the type of `count` bytes of which nothing is known: an integer, if there is one of that size.
  static func ofBytes(_ count: Int) -> Type {
    switch count {
    case 1, 2, 4, 8: .integer(IntegerType(width: count * 8, isSigned: false))
    default: .array(of: .integer(IntegerType(width: 8, isSigned: false)), count: count)
    }
  }

}
