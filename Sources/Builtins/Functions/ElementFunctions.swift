import IR
import Syntax
import Types

/// A function of one element of a map: `f(@m, key)`, `f(@m[key])`.
protocol ElementFunction: Builtin {

  /// `true` iff a map without a key will do.
  var takesMapsWithoutKey: Bool { get }

}

extension ElementFunction {

  /// `false`: it is a call.
  public var isValue: Bool { false }

  /// Checks that the first arguments are a map and a key, and returns `false` iff an error was reported.
  func checkElement(of call: BuiltinCall, in scope: inout some TypingScope) -> Bool {
    let name = call.name.text
    let form = "\(name)(@name, key\(arity.upperBound > 2 ? ", $variable" : ""))"
    guard let element = MapElement(of: call) else {
      scope.error("'\(name)' takes a map", at: call.arguments[0].site, hint: "write '\(form)'")
      return false
    }
    if element.key.isEmpty && !takesMapsWithoutKey {
      scope.error("'\(name)' takes a map and a key", at: call.site, hint: "write '\(form)'")
      return false
    }
    scope.use(element.map, withKey: element.key)
    return true
  }

}

/// An element of a map as the first arguments of a call name it.
struct MapElement {

  /// The map.
  let map: Name

  /// The parts of the key.
  let key: [Expression]

  /// Creates the element that `@m, key`, `@m, (part, part)`, `@m[key]` or `@m` names; nil if `call` names none.
  init?(of call: BuiltinCall) {
    guard case .map(let map, let key) = call.arguments[0].kind else { return nil }
    self.map = map
    guard call.arguments.count > 1 else {
      self.key = key
      return
    }
    guard key.isEmpty else { return nil }
    if case .tuple(let parts) = call.arguments[1].kind {
      self.key = parts
    } else {
      self.key = [call.arguments[1]]
    }
  }

}

/// `delete(@m, key)`, `delete(@m[key])`: removes an element; `delete(@m)` the value of a map without a key. It is true iff
/// there was one.
struct Delete: ElementFunction {
  let names = ["delete"]
  let arity = 1...2
  let takesMapsWithoutKey = true

  func type(of call: BuiltinCall, in scope: inout some TypingScope) -> Type? {
    checkElement(of: call, in: &scope) ? .bool : nil
  }

  func lower(_ call: BuiltinCall, in lowering: inout some CallLowering) -> LoweredValue {
    guard let element = MapElement(of: call) else { preconditionFailure("not a map") }
    return .scalar(lowering.delete(element.map, key: element.key))
  }
}

/// `has_key(@m, key)`: whether there is an element.
struct HasKey: ElementFunction {
  let names = ["has_key"]
  let arity = 1...2
  let takesMapsWithoutKey = false

  func type(of call: BuiltinCall, in scope: inout some TypingScope) -> Type? {
    checkElement(of: call, in: &scope) ? .bool : nil
  }

  func lower(_ call: BuiltinCall, in lowering: inout some CallLowering) -> LoweredValue {
    guard let element = MapElement(of: call) else { preconditionFailure("not a map") }
    return .scalar(lowering.hasElement(element.map, key: element.key))
  }
}

/// `find(@m, key, $variable)`: whether there is an element; if so, its value is assigned to the variable.
struct Find: ElementFunction {
  let names = ["find"]
  let arity = 3...3
  let takesMapsWithoutKey = false

  func type(of call: BuiltinCall, in scope: inout some TypingScope) -> Type? {
    guard case .scratch = call.arguments[2].kind else {
      scope.error("the third argument of 'find' must be a variable", at: call.arguments[2].site)
      return nil
    }
    guard checkElement(of: call, in: &scope), let element = MapElement(of: call) else { return nil }
    scope.assignElement(of: element.map, to: call.arguments[2])
    return .bool
  }

  func lower(_ call: BuiltinCall, in lowering: inout some CallLowering) -> LoweredValue {
    guard let element = MapElement(of: call) else { preconditionFailure("not a map") }
    return .scalar(lowering.find(element.map, key: element.key, assigningTo: call.arguments[2]))
  }
}

/// `len(@m)`: the number of elements of a map; `len(s)`: the number of frames of a stack.
struct Length: Builtin {
  let names = ["len"]
  let arity = 1...1
  let isValue = false

  func type(of call: BuiltinCall, in scope: inout some TypingScope) -> Type? {
    if scope.isStack(call.arguments[0]) { return .int64 }
    guard let name = scope.wholeMap(call.arguments[0], of: call) else { return nil }
    if let map = scope.map(named: name), map.value != nil, map.key.isEmpty {
      scope.error("'\(name)' has no keys to count", at: call.arguments[0].site)
      return nil
    }
    return .int64
  }

  func lower(_ call: BuiltinCall, in lowering: inout some CallLowering) -> LoweredValue {
    if lowering.type(of: call.arguments[0]).isStack {
      return .scalar(lowering.frameCount(of: call.arguments[0]))
    }
    guard case .map(let name, _) = call.arguments[0].kind else { preconditionFailure("not a map") }
    let count = lowering.builder.local(.i64)
    lowering.builder.set(count, to: .constant(0, .i64))
    let key = lowering.builder.register(.pointer)
    let value = lowering.builder.register(.pointer)
    lowering.builder.openBlock()
    let next = lowering.builder.binary(.add, lowering.builder.get(count), .constant(1, .i64))
    lowering.builder.set(count, to: next)
    let body = lowering.builder.closeBlock()
    lowering.builder.emit(
      .forEachElement(map: lowering.mapIndex(name.text), key: key, value: value, body))
    return .scalar(lowering.builder.get(count))
  }
}
