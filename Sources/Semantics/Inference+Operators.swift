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
    guard let type = value(operand) else { return assumedInteger }
    if operation == .dereference {
      if case .pointer(let pointee, _) = type.type, pointee.isReadable { return InferredType(pointee) }
      report(.cannotDereference(operand, type.type))
      return nil
    }
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
      visitCondition(b)
      return InferredType(.bool)
    case .equal, .notEqual, .less, .lessOrEqual, .greater, .greaterOrEqual:
      let left = value(a)
      let right = value(b)
      if let left, let right { checkComparison(operation, (a, left), (b, right), at: site) }
      return InferredType(.bool)
    default:
      let left = value(a)
      let right = value(b)
      if operation == .divide || operation == .remainder, b.constant == 0 { report(.divisionByZero(b)) }
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
    case (.pointer, .pointer) where operation == .subtract: return InferredType(.int64)
    case (.pointer, .integer) where operation == .add || operation == .subtract: return a
    case (.integer, .pointer) where operation == .add: return b
    default: break
    }
    guard let x = a.type.asInteger, let y = b.type.asInteger else {
      report(.cannotCombine(operation, a.type, b.type, at: site))
      return nil
    }
    if a.isFlexible && b.isFlexible {
      return InferredType(.int64, isFlexible: operation != .subtract)
    }
    let isUnsigned = (!x.isSigned || a.isFlexible) && (!y.isSigned || b.isFlexible)
    return InferredType(isUnsigned ? .uint64 : .int64)
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
    case (.string, .string), (.probeName, .probeName), (.functionName, .functionName):
      if isEquality { return }
    case (.probeName, .string), (.functionName, .string):
      if isEquality { return requireLiteral(b.expression, a.type.type) }
    case (.string, .probeName), (.string, .functionName):
      if isEquality { return requireLiteral(a.expression, b.type.type) }
    case (.tuple, .tuple), (.array, .array), (.buffer, .buffer), (.inet, .inet), (.macAddress, .macAddress):
      report(.unsupported("comparing \(a.type.type.articled) is", at: site))
      return
    default: break
    }
    report(.cannotCombine(operation, a.type.type, b.type.type, at: site))
  }

  /// Reports if `expression`, which is compared with a name of a probe or a function, is no literal.
  private mutating func requireLiteral(_ expression: Expression, _ type: Type) {
    if case .string = expression.kind { return }
    report(.nameComparedWithVariable(expression, type))
  }

}
