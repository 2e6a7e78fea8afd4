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
    let last = Operand.constant(Int64(table.texts.count), .i64)
    let index = lowering.builder.call(.bounded, number, last)
    let distance = lowering.builder.binary(.multiply, index, .constant(Int64(stride), .i64))
    let start = lowering.builder.register(.pointer)
    lowering.builder.emit(.address(start, rows))
    let row = lowering.builder.register(.pointer)
    lowering.builder.emit(.offset(row, .register(start), distance))
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
