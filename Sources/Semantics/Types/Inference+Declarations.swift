import Diagnostics
import Syntax
import Types

/// Declarations of variables, and what a declared type says about the values that are assigned.
extension Inference {

  /// Visits `let variable: type = value`.
  mutating func visitDeclaration(
    _ id: NodeID, of variable: Name, _ declaredType: TypeName?, _ value: Expression?
  ) {
    guard let index = actions[current].references[id] else {
      preconditionFailure("a declaration without a variable")
    }
    var slot = variables[current][index]
    if let declaredType {
      guard let type = resolveValue(declaredType) else {
        variables[current][index].isAssigned = true
        if let value { _ = self.value(value) }
        return
      }
      if slot.value == nil || (slot.value?.type != type && declaredType.hasLength) { hasChanged = true }
      // A text or a buffer without a length is as long as it needs to be.
      if declaredType.hasLength || slot.value == nil {
        slot.value = InferredType(declaredType.hasLength ? type : type.shortest)
      }
      slot.isFixed = declaredType.hasLength
      slot.site = declaredType.site
    }
    if value != nil { slot.isAssigned = true }
    if let value, let type = self.value(value).map({ adapted($0, of: value, to: slot.value?.type) }) {
      checkFit(of: value, type, in: slot, of: variable)
      put(type, into: &slot, of: variable, as: .value, at: value.site)
    }
    variables[current][index] = slot
    note(slot.value, of: id)
  }

  /// Reports if the type that the variable `name` is declared with, that of `slot`, does not hold `value`, a value of `type`.
  mutating func checkFit(of value: Expression, _ type: InferredType, in slot: ValueSlot, of name: Name) {
    guard slot.isFixed, let declared = slot.value?.type, case .integer(let integer) = declared,
      integer.width < 64
    else { return }
    guard let number = constant(of: value) else {
      if case .integer(let new) = type.type, new.width > integer.width {
        report(.valueIsCut(value, type.type, declared, of: name))
      }
      return
    }
    let magnitude = Int64(1) << Int64(integer.isSigned ? integer.width - 1 : integer.width)
    if number >= magnitude || number < (integer.isSigned ? -magnitude : 0) {
      report(.constantDoesNotFit(value, declared, of: name))
    }
  }

}

extension TypeName {

  /// `true` iff the name tells how long values are: it is neither `string` nor `buffer`.
  fileprivate var hasLength: Bool {
    if case .named(let name) = kind { name != "string" && name != "buffer" } else { true }
  }

}

extension Type {

  /// The shortest type of the kind.
  fileprivate var shortest: Type {
    switch self {
    case .string: .string(capacity: 1)
    case .buffer: .buffer(capacity: 1)
    default: self
    }
  }

}
