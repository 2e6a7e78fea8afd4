import IR
import Syntax
import Types

/// `print(@m[, top[, divisor]])`, `print(@m[key])`, `print(value)`.
struct Print: Builtin {
  let names = ["print"]
  let arity = 1...3
  let isValue = false

  func type(of call: BuiltinCall, in scope: inout some TypingScope) -> Type? {
    guard scope.hasProcess(call) else { return nil }
    if case .map(let name, let key) = call.arguments[0].kind {
      if key.isEmpty {
        scope.requireMap(name)
      } else {
        scope.use(name, withKey: key)
      }
      guard checkLimits(of: call, in: &scope) else { return nil }
      return Type.none
    }
    if call.arguments.count > 1 {
      scope.error("only maps are printed with a limit", at: call.arguments[1].site)
      return nil
    }
    guard let type = scope.type(of: call.arguments[0]) else { return nil }
    if type == .none {
      scope.error("there is no value to print", at: call.arguments[0].site)
      return nil
    }
    return Type.none
  }

  /// Reports an error and returns `false` unless the numbers behind the map are positive literals.
  private func checkLimits(of call: BuiltinCall, in scope: inout some TypingScope) -> Bool {
    for index in call.arguments.indices.dropFirst() {
      guard let value = scope.literalArgument(index, of: call) else { return false }
      if value < 0 || (value == 0 && index == 2) {
        let what = index == 1 ? "number of elements" : "divisor"
        scope.error("the \(what) must be greater than 0", at: call.arguments[index].site)
        return false
      }
    }
    if call.arguments.count > 1, case .map(_, let key) = call.arguments[0].kind, !key.isEmpty {
      scope.error("only whole maps are printed with a limit", at: call.arguments[1].site)
      return false
    }
    return true
  }

  func lower(_ call: BuiltinCall, in lowering: inout some CallLowering) -> LoweredValue {
    let argument = call.arguments[0]
    if case .map(let name, let key) = argument.kind {
      let map = lowering.mapIndex(name.text)
      let description = lowering.mapDescription(map)
      // A copy of one value goes with the event; whole maps are read when they are printed.
      let isOneValue = description.key.isEmpty && !description.value.isGathered
      let limits = call.arguments.dropFirst().map { Int($0.literalInteger ?? 0) }
      let divisor = limits.count > 1 ? limits[1] : nil
      if !key.isEmpty || isOneValue {
        lowering.printElement(name, key: key, dividedBy: divisor)
      } else {
        lowering.sendEvent(.printMap(map: map, top: limits.first, divisor: divisor), fields: []) { _, _ in }
      }
      return .none
    }
    lowering.sendValues([argument], as: .printValue)
    return .none
  }
}

extension MapValue {

  /// `true` iff the value is gathered on each CPU.
  fileprivate var isGathered: Bool { if case .aggregation = self { true } else { false } }

}
