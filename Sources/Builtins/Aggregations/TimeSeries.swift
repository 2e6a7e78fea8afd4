import Diagnostics
import IR
import Syntax
import Types

/// `tseries(n, interval, slots[, "function"])`: what the numbers did in each of the last intervals of time.
struct TimeSeries: GatheringBuiltin {
  let names = ["tseries"]
  let arity = 3...4

  /// The greatest number of intervals, so that a map's value stays within a per-CPU allocation.
  static let maximumSlotCount: Int64 = 1000

  func aggregation(of call: BuiltinCall, in scope: inout some TypingScope) -> Aggregation? {
    guard let type = scope.integerArgument(0, of: call), let interval = scope.literalArgument(1, of: call),
      let slots = scope.literalArgument(2, of: call)
    else { return nil }
    guard interval > 0 else {
      scope.error("the interval of 'tseries' must be greater than 0", at: call.arguments[1].site)
      return nil
    }
    guard (1...TimeSeries.maximumSlotCount).contains(slots) else {
      scope.error(
        "'tseries' has at least 1 interval and at most \(TimeSeries.maximumSlotCount)",
        at: call.arguments[2].site)
      return nil
    }
    guard let function = function(of: call, in: &scope) else { return nil }
    return .timeSeries(
      TimeSeriesLayout(
        interval: UInt64(interval), slotCount: Int(slots), function: function, isSigned: type.isSigned))
  }

  /// Returns what the last argument asks for, else reports an error, and returns nil.
  private func function(
    of call: BuiltinCall, in scope: inout some TypingScope
  ) -> TimeSeriesLayout.Function? {
    guard call.arguments.count == 4 else { return .last }
    let argument = call.arguments[3]
    let names = TimeSeriesLayout.Function.allCases.filter { $0 != .last }.map(\.rawValue).sorted()
    guard let bytes = argument.literalString else {
      scope.error(
        "the fourth argument of 'tseries' must be a string literal, one of \(names.joined(separator: ", "))",
        at: argument.site)
      return nil
    }
    let name = String(decoding: bytes, as: UTF8.self)
    if names.contains(name) { return TimeSeriesLayout.Function(rawValue: name) }
    scope.error(
      "unknown function '\(name)' of 'tseries'\(suggestion(for: name, among: names))", at: argument.site,
      hint: "it is one of \(names.joined(separator: ", "))")
    return nil
  }

  func operands(
    of call: BuiltinCall, for aggregation: Aggregation, in lowering: inout some CallLowering
  ) -> [Operand] {
    let number = lowering.number(call.arguments[0])
    // Intervals begin at round times of day.
    let sinceBoot = lowering.builder.call(.ktimeGetBootNanoseconds)
    let lead = lowering.builder.load(.i64, from: lowering.global(.realTimeLead))
    return [number, lowering.builder.binary(.add, sinceBoot, lead)]
  }

  func emitUpdate(
    of place: Place, for aggregation: Aggregation, with operands: [Operand], in builder: inout ProgramBuilder
  ) {
    guard case .timeSeries(let layout) = aggregation else { preconditionFailure("not a time series") }
    _ = builder.call(
      .timeSeriesAdd, .address(place), operands[0], operands[1],
      .constant(Int64(bitPattern: layout.interval), .i64), .constant(Int64(layout.slotCount), .i32),
      .constant(layout.functionCode, .i32))
  }
}

extension TimeSeriesLayout {

  /// The number by which the runtime knows the function.
  fileprivate var functionCode: Int64 {
    switch function {
    case .last: 0
    case .sum: 1
    case .average: 2
    case .minimum: isSigned ? 3 : 5
    case .maximum: isSigned ? 4 : 6
    }
  }

}
