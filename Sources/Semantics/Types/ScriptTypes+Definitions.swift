import Diagnostics
import Syntax
import Types

/// Entering what the script defines.
extension ScriptTypes {

  /// Enters what `definition` defines.
  func enter(_ definition: CDefinition) {
    enter(definition.type)
    for name in definition.names ?? [] {
      guard let defined = name.name else { continue }
      if let first = definedNames[defined.text] {
        diagnostics.insert(.redefinedType(defined.text, at: defined.site, first: first.site))
        continue
      }
      definedNames[defined.text] = DefinedName(
        site: defined.site, type: definition.type, derivations: name.derivations)
    }
  }

  /// Enters the structures and enumerations that `type` defines.
  private func enter(_ type: CType) {
    switch type {
    case .named: break
    case .structure(let structure): enter(structure)
    case .enumeration(let enumeration): enter(enumeration)
    }
  }

  /// Enters `structure`, if its members are there, and what they define.
  private func enter(_ structure: CStructure) {
    guard let members = structure.members else { return }
    if let tag = structure.tag {
      let name = structure.name(tag.text)
      if let first = structures[name]?.tag {
        diagnostics.insert(.redefinedType(name.description, at: tag.site, first: first.site))
        return
      }
      structures[name] = structure
    }
    for member in members { enter(member.type) }
  }

  /// Enters `enumeration`, if its constants are there.
  private func enter(_ enumeration: CEnumeration) {
    guard let written = enumeration.constants else { return }
    let tag = enumeration.tag?.text ?? ""
    if let name = enumeration.tag {
      if let first = enumerationSites[name.text] {
        diagnostics.insert(.redefinedType("enum \(name.text)", at: name.site, first: first))
        return
      }
      enumerationSites[name.text] = name.site
    }
    var values: [(name: Name, value: Int64)] = []
    // The constants so far count while the others are computed, as integers.
    var next: Int64 = 0
    for (name, expression) in written {
      if let expression { next = value(of: expression) ?? next }
      if let first = constants[name.text] {
        if let site = first.site { diagnostics.insert(.redefinedConstant(name, first: site)) }
      } else {
        values.append((name, next))
        constants[name.text] = Constant(enumeration: "", type: .int64, value: next, site: name.site)
      }
      next &+= 1
    }
    let type = IntegerType.holding(values.map(\.value), isPacked: enumeration.attributes.isPacked)
    for (name, value) in values {
      constants[name.text] = Constant(enumeration: tag, type: type, value: value, site: name.site)
    }
    if enumeration.tag != nil {
      table.enumerations[tag] = EnumerationLayout(
        type: type, constants: values.map { .init(name: $0.name.text, value: $0.value) })
    }
  }

  /// Returns the value of an expression in a definition, nil if it has none that is known now, which is reported.
  func value(of expression: Expression) -> Int64? {
    if let value = expression.constant(knowing: { self.leaf($0) }) { return value }
    diagnostics.insert(.notConstant(expression))
    return nil
  }

  /// Returns the value of `expression` if that is a constant of an enumeration or the size of a type.
  private func leaf(_ expression: Expression) -> Int64? {
    switch expression.kind {
    case .identifier(let name): constant(named: name)?.value
    case .call(let name, let arguments) where name.text == "sizeof" && arguments.count == 1:
      if case .type(let type) = arguments[0].kind {
        (try? type.resolved(in: self))?.fixedSize.map { Int64($0) }
      } else {
        nil
      }
    default: nil
    }
  }

}

extension IntegerType {

  /// Returns the integers that represent an enumeration with the given values in C as gcc and clang have it.
  fileprivate static func holding(_ values: [Int64], isPacked: Bool) -> IntegerType {
    let (least, greatest) = (values.min() ?? 0, values.max() ?? 0)
    let isSigned = least < 0
    for width in isPacked ? [8, 16, 32] : [32] {
      let bits = Int64(isSigned ? width - 1 : width)
      if greatest < 1 << bits && (!isSigned || least >= -(1 << bits)) {
        return IntegerType(width: width, isSigned: isSigned)
      }
    }
    return IntegerType(width: 64, isSigned: isSigned)
  }

}
