import IR
import Syntax
import Types

/// A function whose only argument is a map as a whole.
protocol WholeMapFunction: Builtin {

  /// What the process is asked to do.
  func action(map: Int) -> EventAction

  /// Emits the instructions that do the same to a value in `globals`.
  func lowerGlobal(offset: Int, presence: Int, in builder: inout ProgramBuilder)

}

extension WholeMapFunction {

  /// The map.
  public var arity: ClosedRange<Int> { 1...1 }

  /// `false`: it is a call.
  public var isValue: Bool { false }

  /// Checks that the argument is a map without a key.
  public func type(of call: BuiltinCall, in scope: inout some TypingScope) -> Type? {
    _ = scope.wholeMap(call.arguments[0], of: call)
    return Type.none
  }

  /// Emits the change: at once where the value is a variable, else through the process.
  public func lower(_ call: BuiltinCall, in lowering: inout some CallLowering) -> LoweredValue {
    guard case .map(let name, _) = call.arguments[0].kind else { preconditionFailure("not a map") }
    let map = lowering.mapIndex(name.text)
    if case .global(let offset, let presence) = lowering.mapDescription(map).storage {
      lowerGlobal(offset: offset, presence: presence, in: &lowering.builder)
    } else {
      lowering.sendEvent(action(map: map), fields: []) { _, _ in }
    }
    return .none
  }

}

/// `clear(@m)`: removes every element.
struct Clear: WholeMapFunction {
  let names = ["clear"]

  func action(map: Int) -> EventAction { .clear(map: map) }

  func lowerGlobal(offset: Int, presence: Int, in builder: inout ProgramBuilder) {
    builder.store(.constant(0, .i64), to: Place(.globals, offset: offset))
    builder.store(.constant(0, .i8), to: Place(.globals, offset: presence))
  }
}

/// `zero(@m)`: sets every element to zero.
struct Zero: WholeMapFunction {
  let names = ["zero"]

  func action(map: Int) -> EventAction { .zero(map: map) }

  func lowerGlobal(offset: Int, presence: Int, in builder: inout ProgramBuilder) {
    builder.store(.constant(0, .i64), to: Place(.globals, offset: offset))
  }
}

extension TypingScope {

  /// Returns the name of the map that `argument` is as a whole, else reports an error, and returns nil.
  mutating func wholeMap(_ argument: Expression, of call: BuiltinCall) -> String? {
    guard case .map(let name, let key) = argument.kind else {
      error("'\(call.name.text)' takes a map", at: argument.site, hint: "write '\(call.name.text)(@name)'")
      return nil
    }
    guard key.isEmpty else {
      error(
        "'\(call.name.text)' works on a whole map, not on an element", at: argument.site,
        hint: "write '\(call.name.text)(\(name.text))'")
      return nil
    }
    requireMap(name)
    return name.text
  }

}
