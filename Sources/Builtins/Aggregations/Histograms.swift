import IR
import Syntax
import Types

/// `hist(n[, k])`: how many numbers fall between powers of two, 2^k buckets for each.
struct Histogram: GatheringBuiltin {
  let names = ["hist"]
  let arity = 1...2

  func aggregation(of call: BuiltinCall, in scope: inout some TypingScope) -> Aggregation? {
    guard scope.integerArgument(0, of: call) != nil else { return nil }
    guard call.arguments.count == 2 else { return .histogram(bits: 0) }
    guard let bits = scope.literalArgument(1, of: call) else { return nil }
    guard (0...5).contains(bits) else {
      scope.error("the second argument of 'hist' must be between 0 and 5", at: call.arguments[1].site)
      return nil
    }
    return .histogram(bits: Int(bits))
  }

  func operands(
    of call: BuiltinCall, for aggregation: Aggregation, in lowering: inout some CallLowering
  ) -> [Operand] {
    guard case .histogram(let bits) = aggregation else { preconditionFailure("not a histogram") }
    let number = lowering.number(call.arguments[0])
    return [lowering.builder.call(.histogramBucket, number, .constant(Int64(bits), .i32)), number]
  }

  func emitUpdate(
    of place: Place, for aggregation: Aggregation, with operands: [Operand], in builder: inout ProgramBuilder
  ) {
    builder.count(operands[1], inBucket: operands[0], of: aggregation, at: place)
  }
}

/// `lhist(n, min, max, step)`: how many numbers fall into buckets of equal width.
struct LinearHistogram: GatheringBuiltin {
  let names = ["lhist"]
  let arity = 4...4

  /// The greatest number of buckets between the bounds, so that a map's value stays within a per-CPU allocation.
  static let maximumBucketCount: Int64 = 1000

  func aggregation(of call: BuiltinCall, in scope: inout some TypingScope) -> Aggregation? {
    guard scope.integerArgument(0, of: call) != nil,
      let minimum = scope.literalArgument(1, of: call),
      let maximum = scope.literalArgument(2, of: call),
      let step = scope.literalArgument(3, of: call)
    else { return nil }
    guard step > 0 else {
      scope.error("the step of 'lhist' must be greater than 0", at: call.arguments[3].site)
      return nil
    }
    guard maximum > minimum else {
      scope.error("the maximum of 'lhist' must be greater than its minimum", at: call.arguments[2].site)
      return nil
    }
    let (width, overflows) = maximum.subtractingReportingOverflow(minimum)
    guard !overflows, (width - 1) / step + 1 <= LinearHistogram.maximumBucketCount else {
      scope.error(
        "'lhist' has at most \(LinearHistogram.maximumBucketCount) buckets", at: call.site,
        hint: "make the step wider")
      return nil
    }
    return .linearHistogram(minimum: minimum, maximum: maximum, step: step)
  }

  func operands(
    of call: BuiltinCall, for aggregation: Aggregation, in lowering: inout some CallLowering
  ) -> [Operand] {
    guard case .linearHistogram(let minimum, let maximum, let step) = aggregation else {
      preconditionFailure("not a linear histogram")
    }
    let number = lowering.scalar(call.arguments[0], as: .int64)
    return [
      lowering.builder.call(
        .linearBucket, number, .constant(minimum, .i64), .constant(maximum, .i64), .constant(step, .i64)),
      number,
    ]
  }

  func emitUpdate(
    of place: Place, for aggregation: Aggregation, with operands: [Operand], in builder: inout ProgramBuilder
  ) {
    builder.count(operands[1], inBucket: operands[0], of: aggregation, at: place)
  }
}

extension ProgramBuilder {

  /// Appends an increment of the word at `place` that `bucket` (`i32`) is the index of, and the addition of `number` to the sum.
  ///
  /// The index is compared with the number of buckets once more, because that is what the verifier understands.
  fileprivate mutating func count(
    _ number: Operand, inBucket bucket: Operand, of aggregation: Aggregation, at place: Place
  ) {
    guard let layout = aggregation.histogramLayout else { preconditionFailure("not a histogram") }
    // LLVM knows better than the verifier what numbers buckets have, and would leave the comparison out.
    let index = convert(opaque(bucket), .zeroExtend, to: .i64)
    let isInside = binary(.unsignedLess, index, .constant(Int64(layout.sumIndex), .i64))
    branch(isInside) { builder in
      let offset = builder.binary(.shiftLeft, index, .constant(3, .i64))
      let base = builder.register(.pointer)
      builder.emit(.address(base, place))
      let word = builder.register(.pointer)
      builder.emit(.offset(word, .register(base), offset))
      builder.add(.constant(1, .i64), to: Place(.register(word)))
      builder.add(number, to: place.advanced(by: 8 * layout.sumIndex))
    }
  }

}
