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

/// `delete(@m, key)`, `delete(@m[key])`: removes an element; `delete(@m)` the value of a map without a key.
struct Delete: Builtin {
  let names = ["delete"]
  let arity = 1...2
  let isValue = false

  func type(of call: BuiltinCall, in scope: inout some TypingScope) -> Type? {
    guard let (name, key) = Delete.target(of: call) else {
      scope.error("'delete' takes a map", at: call.arguments[0].site, hint: "write 'delete(@name, key)'")
      return nil
    }
    scope.use(name, withKey: key)
    return Type.none
  }

  func lower(_ call: BuiltinCall, in lowering: inout some CallLowering) -> LoweredValue {
    guard let (name, key) = Delete.target(of: call) else { preconditionFailure("not a map") }
    lowering.delete(name, key: key)
    return .none
  }

  /// Returns the map and the key that `call` names, nil if its first argument is no map.
  static func target(of call: BuiltinCall) -> (map: Name, key: [Expression])? {
    guard case .map(let name, let key) = call.arguments[0].kind else { return nil }
    guard call.arguments.count == 2 else { return (name, key) }
    guard key.isEmpty else { return nil }
    if case .tuple(let parts) = call.arguments[1].kind { return (name, parts) }
    return (name, [call.arguments[1]])
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
