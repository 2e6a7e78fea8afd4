import IR
public import Kernel
import Probes
import Syntax
public import Types

/// A function in C that a script imports.
public struct ImportedFunction: Builtin {

  /// The name.
  public let names: [String]

  /// `false`: it is called.
  public let isValue = false

  /// What it takes and gives.
  private let signature: CFunction

  /// Creates the function `name`.
  public init(_ name: String, _ signature: CFunction) {
    self.names = [name]
    self.signature = signature
  }

  /// The number of its parameters.
  public var arity: ClosedRange<Int> { signature.parameters.count...signature.parameters.count }

  /// Returns the type of what it gives, nil iff an argument cannot be passed or its type is not known yet.
  public func type(of call: BuiltinCall, in scope: inout some TypingScope) -> Type? {
    var isKnown = true
    for (argument, parameter) in zip(call.arguments, signature.parameters) {
      guard let type = scope.type(of: argument) else {
        isKnown = false
        continue
      }
      if accepts(type, for: parameter) { continue }
      scope.error(
        "'\(names[0])' takes '\(parameter)' here, not \(type.articled)", at: argument.site)
      isKnown = false
    }
    return isKnown ? signature.result : nil
  }

  /// Returns `true` iff a value of `type` can be passed for a parameter of the type `parameter`: what lives in memory is passed
  /// by its address.
  private func accepts(_ type: Type, for parameter: Type) -> Bool {
    if case .pointer = parameter { return type != .none }
    return type.isScalar && type.asInteger != nil
  }

  /// Emits the call and returns what it gives.
  public func lower(_ call: BuiltinCall, in lowering: inout some CallLowering) -> LoweredValue {
    var operands: [Operand] = []
    for (argument, parameter) in zip(call.arguments, signature.parameters) {
      if lowering.type(of: argument).isScalar {
        let value = lowering.scalar(argument, as: parameter)
        operands.append(value)
      } else {
        operands.append(lowering.address(of: lowering.memory(argument)))
      }
    }
    let words = zip(operands, signature.parameters).map { operand, parameter -> Operand in
      let type = lowering.builder.type(of: operand)
      if type == .i64 { return operand }
      let isSigned = parameter.asInteger?.isSigned ?? false
      return lowering.builder.convert(operand, isSigned ? .signExtend : .zeroExtend, to: .i64)
    }
    let result = lowering.builder.call(imported: names[0], words)
    if signature.result == .none { return .none }
    let type = IRType.integer(width: signature.result.asInteger?.width ?? 64)
    return .scalar(type == .i64 ? result : lowering.builder.convert(result, .truncate, to: type))
  }

}
