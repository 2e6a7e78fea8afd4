import Diagnostics
import Kernel
import Syntax
import Types

/// What fits the keys and values of maps that someone else made.
extension Inference {

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

}
