import Diagnostics
import Syntax
import Types

extension Inference {

  /// Returns the type of `operation operand`.
  mutating func inferUnary(
    _ operation: UnaryOperator, _ operand: Expression, at site: SourceSpan
  ) -> InferredType? {
    if operation == .negate, case .integer(let literal) = operand.kind, !literal.isUnsigned {
      note(.literal(literal.value, isUnsigned: false), of: operand.id)
      if let type = InferredType.negativeLiteral(literal.value) { return type }
      report(.literalOutOfRange(site))
      return nil
    }
    if operation == .not {
      visitCondition(operand)
      return InferredType(.bool)
    }
    if operation == .addressOf { return inferAddress(of: operand, at: site) }
    guard let type = value(operand) else { return operation == .dereference ? nil : assumedInteger }
    if operation == .dereference { return inferDereference(operand, type.type) }
    guard let integer = type.type.asInteger else {
      report(.cannotApply(operation.rawValue, type.type, at: site))
      return nil
    }
    switch operation {
    case .plus: return type
    case .complement where !integer.isSigned: return InferredType(.uint64)
    default: return InferredType(.int64)
    }
  }

  /// Returns the type of `a operation b`.
  mutating func inferBinary(
    _ operation: BinaryOperator, _ a: Expression, _ b: Expression, at site: SourceSpan
  ) -> InferredType? {
    switch operation {
    case .and, .or:
      visitCondition(a)
      switch decision(of: a) {
      case .known(operation == .or), .pending: break
      case .known, .open: visitCondition(b)
      }
      return InferredType(.bool)
    case .equal, .notEqual, .less, .lessOrEqual, .greater, .greaterOrEqual:
      let left = value(a)
      let right = value(b)
      if let left, let right {
        let adaptedLeft = adapted(left, of: a, to: right.type)
        let adaptedRight = adapted(right, of: b, to: left.type)
        checkComparison(operation, (a, adaptedLeft), (b, adaptedRight), at: site)
      }
      return InferredType(.bool)
    default:
      let left = value(a)
      let right = value(b)
      if operation == .divide || operation == .remainder, constant(of: b) == 0 { report(.divisionByZero(b)) }
      guard let x = left ?? assumedInteger, let y = right ?? assumedInteger else { return nil }
      return arithmetic(operation, x, y, at: site)
    }
  }

  /// What an operand counts as whose type nothing tells: an integer, once everything else is known.
  private var assumedInteger: InferredType? {
    assumesIntegers && !isReporting ? InferredType(.int64, isFlexible: true) : nil
  }

  /// Returns the type of `a operation b`, an arithmetic operation whose operator is at `site`.
  mutating func arithmetic(
    _ operation: BinaryOperator, _ a: InferredType, _ b: InferredType, at site: SourceSpan
  ) -> InferredType? {
    switch (a.type, b.type) {
    case (.pointer(let pointee, _), .pointer(let other, _)) where operation == .subtract:
      guard isStep(pointee, at: site), pointee == other else {
        report(.pointersDiffer(a.type, b.type, at: site))
        return nil
      }
      return InferredType(.int64)
    case (.pointer(let pointee, _), .integer) where operation == .add || operation == .subtract:
      return isStep(pointee, at: site) ? a : nil
    case (.integer, .pointer(let pointee, _)) where operation == .add:
      return isStep(pointee, at: site) ? b : nil
    default: break
    }
    guard let x = a.type.asInteger, let y = b.type.asInteger else {
      if operation == .add, a.type.isString, b.type.isString {
        report(.textsAdded(at: site))
        return nil
      }
      report(.cannotCombine(operation, a.type, b.type, at: site))
      return nil
    }
    if operation == .shiftLeft || operation == .shiftRight {
      return InferredType(x.isSigned ? .int64 : .uint64, isFlexible: a.isFlexible)
    }
    if a.isFlexible && b.isFlexible {
      return InferredType(.int64, isFlexible: operation != .subtract)
    }
    let isUnsigned = (!x.isSigned || a.isFlexible) && (!y.isSigned || b.isFlexible)
    var result: Type = isUnsigned ? .uint64 : .int64
    result.clock = clock(of: operation, x, y)
    if operation == .add || operation == .subtract {
      result.addressSpace = x.addressSpace ?? (operation == .add ? y.addressSpace : nil)
    }
    return InferredType(result)
  }

  /// Returns the clock of what `operation` makes of numbers of the given types: a moment and a number that is none are another
  /// moment, two moments are as far apart as a number says.
  private func clock(of operation: BinaryOperator, _ a: IntegerType, _ b: IntegerType) -> Clock? {
    switch (operation, a.clock, b.clock) {
    case (.add, let clock?, nil), (.add, nil, let clock?), (.subtract, let clock?, nil): clock
    default: nil
    }
  }

  /// Returns `true` iff a pointer to `pointee` can be moved by elements, else reports it.
  private mutating func isStep(_ pointee: Type, at site: SourceSpan) -> Bool {
    if pointee == .none || types.completed(pointee).fixedSize != nil { return true }
    report(.incompleteType(pointee, at: site, near: types.names(like: pointee)).explained(by: types))
    return false
  }

  /// Reports if two values cannot be compared.
  private mutating func checkComparison(
    _ operation: BinaryOperator, _ a: (expression: Expression, type: InferredType),
    _ b: (expression: Expression, type: InferredType), at site: SourceSpan
  ) {
    if let x = a.type.type.asInteger, let y = b.type.type.asInteger {
      let (signed, unsigned) = x.isSigned ? (a, b) : (b, a)
      let differ = x.isSigned != y.isSigned && unsigned.type.type.asInteger?.width == 64
      if differ && !signed.type.isFlexible && !unsigned.type.isFlexible {
        report(.signsCompared(a.type.type, b.type.type, at: site))
      }
      return
    }
    let isEquality = operation == .equal || operation == .notEqual
    switch (a.type.type, b.type.type) {
    case (let x, let y) where isEquality && x.isEquatable(to: y): return
    case (.probeName, .string), (.functionName, .string):
      if isEquality { return requireLiteral(b.expression, a.type.type) }
    case (.string, .probeName), (.string, .functionName):
      if isEquality { return requireLiteral(a.expression, b.type.type) }
    default: break
    }
    report(.cannotCombine(operation, a.type.type, b.type.type, at: site))
  }

  /// Reports if `expression`, which is compared with a name of a probe or a function, is no literal.
  private mutating func requireLiteral(_ expression: Expression, _ type: Type) {
    switch expression.kind {
    case .string, .positional: return
    default: break
    }
    report(.nameComparedWithVariable(expression, type))
  }

}
