import IR
import Syntax
import Types

/// `min(n)`: the least of the numbers.
struct Minimum: NumberAggregation {
  let names = ["min"]

  func aggregation(isSigned: Bool) -> Aggregation { .minimum(isSigned: isSigned) }

  func emitUpdate(
    of place: Place, for aggregation: Aggregation, with operands: [Operand], in builder: inout ProgramBuilder
  ) {
    let isSigned = aggregation == .minimum(isSigned: true)
    builder.replace(at: place, by: operands[0]) { builder, old in
      builder.binary(isSigned ? .signedLess : .unsignedLess, operands[0], old)
    }
  }
}

/// `max(n)`: the greatest of the numbers.
struct Maximum: NumberAggregation {
  let names = ["max"]

  func aggregation(isSigned: Bool) -> Aggregation { .maximum(isSigned: isSigned) }

  func emitUpdate(
    of place: Place, for aggregation: Aggregation, with operands: [Operand], in builder: inout ProgramBuilder
  ) {
    let isSigned = aggregation == .maximum(isSigned: true)
    builder.replace(at: place, by: operands[0]) { builder, old in
      builder.binary(isSigned ? .signedLess : .unsignedLess, old, operands[0])
    }
  }
}

extension ProgramBuilder {

  /// Appends the replacement of the number at `place` by `operand` if there is no number yet, as the word behind it tells, or
  /// the condition holds that `shouldReplace` emits for the old number.
  fileprivate mutating func replace(
    at place: Place, by operand: Operand,
    if shouldReplace: (inout ProgramBuilder, Operand) -> Operand
  ) {
    let old = load(.i64, from: place)
    let isSet = binary(.notEqual, load(.i64, from: place.advanced(by: 8)), .constant(0, .i64))
    let isBetter = shouldReplace(&self, old)
    branch(select(isSet, isBetter, .constant(1, .i8))) { builder in
      builder.store(operand, to: place)
      builder.store(.constant(1, .i64), to: place.advanced(by: 8))
    }
  }

}
