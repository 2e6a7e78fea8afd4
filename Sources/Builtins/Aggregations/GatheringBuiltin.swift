import IR
import Syntax
import Types

/// What all aggregations have in common.
protocol GatheringBuiltin: AggregationBuiltin {}

extension GatheringBuiltin {

  /// `false`: aggregations are calls.
  public var isValue: Bool { false }

  /// Returns nil and reports an error: an aggregation has no value of its own. Assignments to maps do not ask for it.
  public func type(of call: BuiltinCall, in scope: inout some TypingScope) -> Type? {
    scope.error(
      "'\(call.name.text)()' can only be assigned to a map", at: call.site,
      hint: "write '@name = \(call.name.text)(…)' or '@name[key] = \(call.name.text)(…)'")
    return nil
  }

  /// Does not happen: assignments to maps use `operands(of:for:in:)`.
  public func lower(_ call: BuiltinCall, in lowering: inout some CallLowering) -> LoweredValue {
    preconditionFailure("an aggregation outside of an assignment")
  }

}

/// An aggregation of one number: its only argument is an integer.
protocol NumberAggregation: GatheringBuiltin {

  /// Returns the aggregation of numbers that are signed or not.
  func aggregation(isSigned: Bool) -> Aggregation

}

extension NumberAggregation {

  /// One number.
  public var arity: ClosedRange<Int> { 1...1 }

  /// Emits the instructions of the number.
  public func operands(
    of call: BuiltinCall, for aggregation: Aggregation, in lowering: inout some CallLowering
  ) -> [Operand] { [lowering.number(call.arguments[0])] }

  /// Returns the aggregation for the signedness of the argument.
  public func aggregation(of call: BuiltinCall, in scope: inout some TypingScope) -> Aggregation? {
    guard let type = scope.integerArgument(0, of: call) else { return nil }
    return aggregation(isSigned: type.isSigned)
  }

}

extension TypingScope {

  /// Returns the type of the argument at `index` if it is an integer (an enumeration or a truth value counts as one), else
  /// reports an error, and returns nil.
  mutating func integerArgument(_ index: Int, of call: BuiltinCall) -> IntegerType? {
    let argument = call.arguments[index]
    guard let type = type(of: argument) else { return nil }
    if case .pointer = type {} else if let integer = type.asInteger { return integer }
    error(
      "\(ordinal(index)) of '\(call.name.text)' must be an integer, not \(type.articled)", at: argument.site)
    return nil
  }

  /// Returns the value of the argument at `index` if it is an integer literal, else reports an error, and returns nil.
  mutating func literalArgument(_ index: Int, of call: BuiltinCall) -> Int64? {
    let argument = call.arguments[index]
    if let value = argument.literalInteger { return value }
    error("\(ordinal(index)) of '\(call.name.text)' must be an integer literal", at: argument.site)
    return nil
  }

  /// Returns the words for the argument at `index`.
  func ordinal(_ index: Int) -> String {
    let words = ["the first argument", "the second argument", "the third argument", "the fourth argument"]
    return index < words.count ? words[index] : "argument \(index + 1)"
  }

}
