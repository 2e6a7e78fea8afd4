import CodeGen
import IR
import Testing

/// What operations on numbers give, known before or unknown.
@Suite struct ArithmeticTests {

  /// An operation on two numbers and its result.
  struct Case: CustomTestStringConvertible {
    let operation: BinaryOperation
    let type: IRType
    let a: Int64
    let b: Int64
    let result: Int64
    var testDescription: String { "\(operation.rawValue) \(type.rawValue) \(a), \(b)" }

    init(_ operation: BinaryOperation, _ type: IRType, _ a: Int64, _ b: Int64, _ result: Int64) {
      (self.operation, self.type, self.a, self.b, self.result) = (operation, type, a, b, result)
    }
  }

  /// The cases.
  static let cases: [Case] = [
    Case(.add, .i64, 40, 2, 42), Case(.add, .i64, .max, 1, .min), Case(.add, .i8, 255, 2, 1),
    Case(.subtract, .i64, 1, 2, -1), Case(.subtract, .i32, 0, 1, 0xFFFF_FFFF),
    Case(.multiply, .i64, -3, 7, -21), Case(.multiply, .i16, 300, 300, 24464),
    Case(.unsignedDivide, .i64, -1, 2, .max), Case(.unsignedDivide, .i64, 7, 0, 0),
    Case(.unsignedDivide, .i32, 100, 7, 14), Case(.unsignedRemainder, .i64, 7, 0, 0),
    Case(.unsignedRemainder, .i64, 100, 7, 2), Case(.unsignedRemainder, .i32, 100, 0, 0),
    Case(.signedDivide, .i64, -7, 2, -3), Case(.signedDivide, .i64, 7, -2, -3),
    Case(.signedDivide, .i64, -7, -2, 3), Case(.signedDivide, .i64, -7, 0, 0),
    Case(.signedDivide, .i64, .min, -1, .min), Case(.signedDivide, .i32, -100, 10, 0xFFFF_FFF6),
    Case(.signedDivide, .i64, -9, 4, -2), Case(.signedDivide, .i64, .min, 10, .min / 10),
    Case(.signedRemainder, .i64, -7, 2, -1), Case(.signedRemainder, .i64, 7, -2, 1),
    Case(.signedRemainder, .i64, -7, 0, 0), Case(.signedRemainder, .i64, .min, -1, 0),
    Case(.signedRemainder, .i64, -9, 4, -1),
    Case(.and, .i64, 0b1100, 0b1010, 0b1000), Case(.or, .i64, 0b1100, 0b1010, 0b1110),
    Case(.xor, .i64, 0b1100, 0b1010, 0b0110),
    Case(.shiftLeft, .i64, 1, 63, .min), Case(.shiftLeft, .i64, 1, 64, 1), Case(.shiftLeft, .i32, 1, 33, 2),
    Case(.logicalShiftRight, .i64, -1, 63, 1), Case(.logicalShiftRight, .i64, 8, 67, 1),
    Case(.arithmeticShiftRight, .i64, -8, 1, -4), Case(.arithmeticShiftRight, .i8, 0x80, 7, 0xFF),
    Case(.equal, .i64, 3, 3, 1), Case(.equal, .i8, 3, 4, 0), Case(.notEqual, .i64, 3, 3, 0),
    Case(.unsignedLess, .i64, 1, -1, 1), Case(.signedLess, .i64, 1, -1, 0),
    Case(.unsignedLessOrEqual, .i32, 2, 2, 1), Case(.signedLessOrEqual, .i64, -1, -2, 0),
    Case(.signedLess, .i8, 0x80, 0, 1),
  ]

  /// Operations on numbers that the compiler does not know.
  @Test func unknownNumbers() throws {
    try check { $0.unknown($1, $2, at: $3) }
  }

  /// Operations on numbers that the compiler knows.
  @Test func constants() throws {
    try check { _, number, type, _ in .constant(number, type) }
  }

  /// Operations with a number that the compiler knows on the right.
  @Test func constantsOnTheRight() throws {
    try check { $3 % 2 == 1 ? .constant($1, $2) : $0.unknown($1, $2, at: $3) }
  }

  /// Runs all cases in one program; `operand` makes an operand from a number, given a number of its own.
  private func check(_ operand: (inout ProgramBuilder, Int64, IRType, Int) -> Operand) throws {
    let count = ArithmeticTests.cases.count
    let module = testModule(results: 3 * count) { b in
      for (i, test) in ArithmeticTests.cases.enumerated() {
        let x = operand(&b, test.a, test.type, count + 2 * i)
        let y = operand(&b, test.b, test.type, count + 2 * i + 1)
        b.report(b.binary(test.operation, x, y), as: i)
      }
    }
    let results = try run(module)
    for (test, result) in zip(ArithmeticTests.cases, results) {
      #expect(Int64(bitPattern: result) == test.result, "\(test.testDescription)")
    }
  }

  /// Conversions.
  @Test func conversions() throws {
    let results = try run(
      testModule(results: 16) { b in
        let byte = b.unknown(0xF0, .i8, at: 8)
        b.report(b.convert(byte, .zeroExtend, to: .i64), as: 0)
        b.report(b.convert(byte, .signExtend, to: .i64), as: 1)
        b.report(b.convert(b.unknown(0x1_2345_6789, .i64, at: 9), .truncate, to: .i16), as: 2)
        let pointer = b.convert(b.unknown(77, .i64, at: 10), .toPointer, to: .pointer)
        b.report(b.convert(pointer, .toInteger, to: .i64), as: 3)
        let isFour = b.binary(.equal, b.unknown(4, .i64, at: 11), .constant(4, .i64))
        b.report(b.convert(isFour, .zeroExtend, to: .i64), as: 4)
        b.report(b.select(isFour, .constant(10, .i64), .constant(20, .i64)), as: 5)
        b.report(b.select(b.unknown(0, .i8, at: 12), .constant(10, .i64), .constant(20, .i64)), as: 6)
        // A truth value that takes part in arithmetic.
        b.report(b.binary(.add, isFour, .constant(1, .i8)), as: 7)
      })
    #expect(results.prefix(8) == [0xF0, 0xFFFF_FFFF_FFFF_FFF0, 0x6789, 77, 1, 10, 20, 2])
  }

}
