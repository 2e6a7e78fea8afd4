import IR
import Syntax
import Types

/// `row("HEADING …", value, …)`: prints the values as a line of a table whose columns have those headings.
struct Row: Builtin {
  let names = ["row"]
  let arity = 2...Int.max
  let isValue = false

  func type(of call: BuiltinCall, in scope: inout some TypingScope) -> Type? {
    guard scope.hasProcess(call), scope.literal(0, of: call, called: "the first argument") != nil else {
      return nil
    }
    let headings = call.arguments[0].headings ?? []
    if let heading = headings.firstDuplicate {
      scope.error("two columns have the heading '\(heading)'", at: call.arguments[0].site)
      return nil
    }
    let values = Array(call.arguments.dropFirst())
    if headings.count != values.count {
      let heads = "\(headings.count) heading\(headings.count == 1 ? "" : "s")"
      scope.error(
        "'row' has \(heads) and \(values.count) value\(values.count == 1 ? "" : "s")", at: call.site,
        hint: "the headings are the words of the first argument: 'row(\"PID COMM\", pid, comm)'")
      return nil
    }
    var types: [Type] = []
    for value in values {
      guard let type = scope.type(of: value) else { return nil }
      if type == .none {
        scope.error("there is no value to print", at: value.site)
        return nil
      }
      types.append(type)
    }
    scope.checkSize(of: types, at: call.site)
    return Type.none
  }

  func lower(_ call: BuiltinCall, in lowering: inout some CallLowering) -> LoweredValue {
    let headings = call.arguments[0].headings ?? []
    lowering.sendValues(Array(call.arguments.dropFirst()), as: .row(headings: headings))
    return .none
  }
}
