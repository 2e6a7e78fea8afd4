import Syntax
import Types

/// A builtin that takes no arguments and always has the same type.
protocol ValueBuiltin: Builtin {

  /// The type.
  var valueType: Type { get }

  /// Emits the instructions that compute the value.
  func value(in lowering: inout some CallLowering) -> LoweredValue

}

extension ValueBuiltin {

  /// None.
  public var arity: ClosedRange<Int> { 0...0 }

  /// `true`: it can stand without parentheses.
  public var isValue: Bool { true }

  /// Returns the type, which is always the same.
  public func type(of call: BuiltinCall, in scope: inout some TypingScope) -> Type? { valueType }

  /// Emits the instructions that compute the value.
  public func lower(_ call: BuiltinCall, in lowering: inout some CallLowering) -> LoweredValue {
    value(in: &lowering)
  }

}
