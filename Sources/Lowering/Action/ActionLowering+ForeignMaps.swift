import Builtins
import IR
import Semantics
import Syntax
import Types

/// Keys and values of maps that someone else made, which are laid out as that wanted it.
extension ActionLowering {

  /// Emits the instructions that write a key whose parts are `expressions` to `place`, where there is one of the types `types`.
  mutating func writeForeignKey(_ expressions: [Expression], as types: [Type], to place: Place) {
    if types.count == 1, case .structure(let structure) = types[0], expressions.count > 1 {
      writeMembers(expressions, of: structure.name, to: place)
    } else if types.count == 1 {
      write(expressions[0], as: types[0], to: place)
    } else if expressions.count == 1 {
      write(expressions[0], as: .tuple(types), to: place)
    } else {
      // Nothing is between the parts, which the types were checked for.
      let offsets = StructLayout(of: types).offsets
      for (index, expression) in expressions.enumerated() {
        write(expression, as: types[index], to: place.advanced(by: offsets[index]))
      }
    }
  }

  /// Emits the instructions that write a structure with the value of `expression`, whose parts are its members: a record, a tuple,
  /// or the value of the one member.
  mutating func writeMembers(of expression: Expression, as structure: StructureName, to place: Place) {
    switch expression.kind {
    case .tuple(let elements): writeMembers(elements, of: structure, to: place)
    case .record(let fields):
      let layout = layout(of: structure)
      let values = layout.members.compactMap { member in fields.first { $0.name.text == member.name }?.value }
      writeMembers(values, of: structure, to: place)
    default:
      guard let parts = type(of: expression).parts else {
        writeMembers([expression], of: structure, to: place)
        return
      }
      let layout = layout(of: structure)
      builder.emit(.zero(place, count: layout.size, alignment: min(layout.alignment, 8)))
      let offsets = StructLayout(of: parts.map(\.type)).offsets
      let source = memory(expression)
      for (index, member) in layout.members.enumerated() {
        guard let part = parts[0].name.isEmpty ? index : parts.firstIndex(where: { $0.name == member.name })
        else { continue }
        writeMember(
          member, from: source.advanced(by: offsets[part]), parts[part].type,
          to: place.advanced(by: member.offset))
      }
    }
  }

  /// Emits the instructions that write a structure whose members have the values of `expressions`, in order.
  private mutating func writeMembers(
    _ expressions: [Expression], of structure: StructureName, to place: Place
  ) {
    let layout = layout(of: structure)
    builder.emit(.zero(place, count: layout.size, alignment: min(layout.alignment, 8)))
    for (member, expression) in zip(layout.members, expressions) {
      let target = place.advanced(by: member.offset)
      if case .array = member.type, case .string = type(of: expression) {
        writeMember(member, from: memory(expression), type(of: expression), to: target)
      } else {
        write(expression, as: completed(member.type), to: target)
      }
    }
  }

  /// Emits the instructions that copy a value of the type `source` at `from` to `member`, which is at `place` and zero.
  private mutating func writeMember(
    _ member: StructureLayout.Member, from: Place, _ source: Type, to place: Place
  ) {
    guard case .array(_, let count) = member.type, case .string(let capacity) = source else {
      copy(from: from, source, to: place, completed(member.type))
      return
    }
    builder.emit(.copy(to: place, from: from, count: min(count, capacity), alignment: 1))
  }

  /// Returns the layout of `structure`.
  private func layout(of structure: StructureName) -> StructureLayout {
    guard let layout = module.program.table.structures[structure] else {
      preconditionFailure("a structure without a layout")
    }
    return layout
  }

}

extension Type {

  /// The elements of a tuple, without names, or the fields of a record; nil for other types.
  fileprivate var parts: [(name: String, type: Type)]? {
    switch self {
    case .tuple(let elements): elements.map { ("", $0) }
    case .record(let fields): fields.map { ($0.name, $0.type) }
    default: nil
    }
  }

}
