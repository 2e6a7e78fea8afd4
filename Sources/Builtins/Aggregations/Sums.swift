import IR
import Syntax
import Types

/// `count()`: the number of calls.
struct Count: GatheringBuiltin {
  let names = ["count"]
  let arity = 0...0

  func aggregation(of call: BuiltinCall, in scope: inout some TypingScope) -> Aggregation? { .count }

  func operands(
    of call: BuiltinCall, for aggregation: Aggregation, in lowering: inout some CallLowering
  ) -> [Operand] { [] }

  func emitUpdate(
    of place: Place, for aggregation: Aggregation, with operands: [Operand], in builder: inout ProgramBuilder
  ) {
    builder.add(.constant(1, .i64), to: place)
  }
}

/// `sum(n)`: the sum of the numbers.
struct Sum: NumberAggregation {
  let names = ["sum"]

  func aggregation(isSigned: Bool) -> Aggregation { .sum(isSigned: isSigned) }

  func emitUpdate(
    of place: Place, for aggregation: Aggregation, with operands: [Operand], in builder: inout ProgramBuilder
  ) {
    builder.add(operands[0], to: place)
  }
}

/// An aggregation that keeps the sum of the numbers and their count.
protocol AveragingAggregation: NumberAggregation {}

extension AveragingAggregation {

  func emitUpdate(
    of place: Place, for aggregation: Aggregation, with operands: [Operand], in builder: inout ProgramBuilder
  ) {
    builder.addAndCount(operands[0], at: place)
  }

}

/// `avg(n)`: the average of the numbers.
struct Average: AveragingAggregation {
  let names = ["avg"]

  func aggregation(isSigned: Bool) -> Aggregation { .average(isSigned: isSigned) }
}

/// `stats(n)`: count, average and sum of the numbers.
struct Stats: AveragingAggregation {
  let names = ["stats"]

  func aggregation(isSigned: Bool) -> Aggregation { .stats(isSigned: isSigned) }
}

extension CallLowering {

  /// Emits the instructions of `expression` and returns its value as 64 bits, extended by its own signedness.
  mutating func number(_ expression: Expression) -> Operand {
    let isSigned = type(of: expression).asInteger?.isSigned ?? true
    return scalar(expression, as: isSigned ? .int64 : .uint64)
  }

}

extension ProgramBuilder {

  /// Appends an addition to a word that only this CPU writes.
  mutating func add(_ operand: Operand, to place: Place) {
    if program.kind.isPreemptible { return emit(.atomicAdd(place, operand)) }
    let old = load(.i64, from: place)
    store(binary(.add, old, operand), to: place)
  }

  /// Appends additions to a sum and the count behind it.
  mutating func addAndCount(_ operand: Operand, at place: Place) {
    add(operand, to: place)
    add(.constant(1, .i64), to: place.advanced(by: 8))
  }

}
