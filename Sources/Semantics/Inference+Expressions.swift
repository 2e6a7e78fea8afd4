import Builtins
import Diagnostics
import IR
import Probes
import Syntax
import Types

extension Inference {

  /// Returns the type of `expression`, which was not asked for in this round, nil if it is not known or wrong.
  mutating func infer(_ expression: Expression) -> InferredType? {
    let site = expression.site
    switch expression.kind {
    case .integer(let literal):
      return .literal(literal.value, isUnsigned: literal.isUnsigned)
    case .string(let bytes):
      guard bytes.count < settings.maximumStringLength else {
        report(.stringTooLong(bytes.count, limit: settings.maximumStringLength, at: site))
        return nil
      }
      return InferredType(.string(capacity: bytes.count + 1))
    case .boolean:
      return InferredType(.bool)
    case .identifier(let name):
      return inferName(Name(name, at: site), of: expression)
    case .scratch:
      guard let index = actions[current].references[expression.id] else { return nil }
      if let (loop, _) = loopWithoutValue(expression) {
        report(.loopValueNotReadable(loop.map, loop.aggregation, at: site))
      }
      return variables[current][index].value
    case .map(let name, let key):
      return inferElement(name, key, at: site)
    case .call(let name, let arguments):
      return inferCall(BuiltinCall(id: expression.id, name: name, arguments: arguments, site: site))
    case .unary(let operation, let operand):
      return inferUnary(operation, operand, at: site)
    case .step(let target, let direction, _):
      return inferStep(target, direction)
    case .binary(let operation, let a, let b, let place):
      noteComparison(operation, a, b, of: expression)
      return inferBinary(operation, a, b, at: place)
    case .ternary(let condition, let then, let otherwise):
      return inferChoice(condition, then, otherwise, at: site)
    case .cast(let type, let value):
      return inferCast(type, value)
    case .member(let base, let name):
      return inferMember(base, name)
    case .element(let base, let index):
      return inferElement(index, of: base, at: site)
    case .index(let base, let index):
      return inferIndex(base, index, at: site)
    case .tuple(let elements):
      let types = elements.map { value($0)?.type }
      let known = types.compactMap { $0 }
      return known.count == types.count ? InferredType(.tuple(known)) : nil
    case .type:
      report(.typeIsNoValue(expression))
      return nil
    case .record(let fields):
      return inferRecord(fields)
    case .block(let block, let value):
      return inferBlock(block, value)
    case .positional(_, let text):
      return inferParameter(text, of: expression)
    case .positionalCount:
      preconditionFailure("an expression that was refused or replaced")
    }
  }

  /// Returns the type of a bare name.
  private mutating func inferName(_ name: Name, of expression: Expression) -> InferredType? {
    guard let builtin = BuiltinTable.builtin(named: name.text) else {
      if name.text == "args", let fields = probe.fields {
        return InferredType(.record(fields.map { RecordField($0.name, $0.value.type) }))
      }
      if name.text == "args" {
        report(.noArguments(probe.provider, at: name.site))
      } else if let constant = types.constant(named: name.text) {
        note(
          constant: constant.value, of: expression.id,
          from: constant.isKernels ? .constant(name.text, enumeration: constant.enumeration) : nil)
        return InferredType(
          constant.valueType, isFlexible: constant.enumeration.isEmpty && constant.value >= 0)
      } else {
        report(.unknownName(name, orOneOf: macros).explained(by: types))
      }
      return nil
    }
    guard builtin.isValue else {
      report(.notCalled(name))
      return nil
    }
    let call = BuiltinCall(id: expression.id, name: name, arguments: [], site: name.site)
    return builtin.type(of: call, in: &self).map { InferredType($0) }
  }

  /// Returns the type of a call.
  private mutating func inferCall(_ call: BuiltinCall) -> InferredType? {
    guard let builtin = BuiltinTable.builtin(named: call.name.text) ?? types.function(named: call.name.text)
    else {
      report(.unknownFunction(call.name, orOneOf: macros))
      return nil
    }
    guard checkArity(of: builtin, call) else { return nil }
    return builtin.type(of: call, in: &self).map { InferredType($0) }
  }

  /// Returns `true` iff `call` has as many arguments as `builtin` takes, else reports it.
  mutating func checkArity(of builtin: any Builtin, _ call: BuiltinCall) -> Bool {
    if builtin.arity.contains(call.arguments.count) { return true }
    report(.wrongArgumentCount(call, builtin.arity))
    return false
  }

  /// Returns the type of `condition ? then : otherwise`.
  private mutating func inferChoice(
    _ condition: Expression, _ then: Expression?, _ otherwise: Expression, at site: SourceSpan
  ) -> InferredType? {
    visitCondition(condition)
    if let then {
      switch decision(of: condition) {
      case .known(let holds): return inferred(holds ? then : otherwise)
      case .pending: return nil
      case .open: break
      }
    }
    let first = then ?? condition
    let a = inferred(first)
    let b = inferred(otherwise)
    guard var a, var b else { return isReporting ? nil : (a ?? b) }
    (a, b) = (adapted(a, of: first, to: b.type), adapted(b, of: otherwise, to: a.type))
    switch a.union(b) {
    case .type(let union):
      var type = union
      type.isFlexible = a.isFlexible && b.isFlexible
      return type
    case .mixedSigns: return InferredType(.int64)
    case .none:
      report(.branchesDiffer(first, a.type, otherwise, b.type, at: site))
      return nil
    }
  }

}
