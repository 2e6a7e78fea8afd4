import IR
import Syntax
import Types

/// A function that gives the name of a number: a text of the program's constants, chosen while it runs.
protocol NameFunction: Builtin {

  /// The names.
  var table: NameTable { get }

  /// The name of numbers that have none.
  var unknown: String { get }

  /// `true` iff negative numbers mean what positive ones do.
  var ignoresSign: Bool { get }

}

extension NameFunction {

  /// The number.
  public var arity: ClosedRange<Int> { 1...1 }

  /// `false`: it is a call.
  public var isValue: Bool { false }

  /// `false`: negative numbers have no names.
  public var ignoresSign: Bool { false }

  /// Returns the type of the longest name.
  public func type(of call: BuiltinCall, in scope: inout some TypingScope) -> Type? {
    scope.integerArgument(0, of: call) == nil ? nil : .string(capacity: table.capacity(with: unknown))
  }

  /// Emits the look-up of the name.
  public func lower(_ call: BuiltinCall, in lowering: inout some CallLowering) -> LoweredValue {
    let stride = lowering.type(of: call.id).size
    let rows = lowering.constant(table.rows(with: unknown, stride: stride))
    var number = lowering.scalar(call.arguments[0], as: .int64)
    if ignoresSign {
      let isNegative = lowering.builder.binary(.signedLess, number, .constant(0, .i64))
      let negated = lowering.builder.binary(.subtract, .constant(0, .i64), number)
      number = lowering.builder.select(isNegative, negated, number)
    }
    // The verifier must see that the row is one of the table's, so that it is chosen by a jump.
    let distance = lowering.builder.local(.i64)
    let last = Int64(table.texts.count)
    lowering.builder.set(distance, to: .constant(last * Int64(stride), .i64))
    let isKnown = lowering.builder.binary(.unsignedLess, number, .constant(last, .i64))
    lowering.builder.branch(isKnown) { builder in
      builder.set(distance, to: builder.binary(.multiply, number, .constant(Int64(stride), .i64)))
    }
    let start = lowering.builder.register(.pointer)
    lowering.builder.emit(.address(start, rows))
    let row = lowering.builder.register(.pointer)
    lowering.builder.emit(.offset(row, .register(start), lowering.builder.get(distance)))
    return .memory(Place(.register(row)))
  }

}

/// `strerror(n)`: what the number of an error means.
struct ErrorText: NameFunction {
  let names = ["strerror"]
  let unknown = "Unknown error"
  let ignoresSign = true

  var table: NameTable { ErrorTexts.table }
}

/// `signal_name(n)`: the name of a signal: `SIGKILL`.
struct SignalName: NameFunction {
  let names = ["signal_name"]
  let unknown = "unknown signal"

  var table: NameTable { NameTable(texts: [nil] + SignalNames.all) }
}

/// `syscall_name(n)`: the name of a system call: `openat`.
struct SystemCallName: NameFunction {
  let names = ["syscall_name"]
  let unknown = "unknown system call"

  var table: NameTable { SystemCallNames.table }
}
