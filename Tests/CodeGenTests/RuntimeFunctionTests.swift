import CodeGen
import IR
import Testing
import Types

/// The functions of `bpf-runtime`, run by the kernel.
@Suite struct RuntimeFunctionTests {

  /// Numbers at the edges of buckets, and others.
  static let numbers: [Int64] = {
    var result: [Int64] = [0, 1, -1, .min, .max, 1_000_000, 123_456_789_012]
    for shift in 1..<63 {
      let power: Int64 = 1 << shift
      result += [power - 1, power, power + 1, power + power / 3]
    }
    return result
  }()

  /// The kernel's buckets are those of `HistogramBuckets`.
  @Test(arguments: 0...5) func histogram(bits: Int) throws {
    let buckets = HistogramBuckets(bits: bits)
    let count = RuntimeFunctionTests.numbers.count
    let results = try run(
      testModule(results: 2 * count) { b in
        for (i, number) in RuntimeFunctionTests.numbers.enumerated() {
          let x = b.unknown(number, .i64, at: count + i)
          b.report(b.call(.histogramBucket, x, .constant(Int64(bits), .i32)), as: i)
        }
      })
    for (number, result) in zip(RuntimeFunctionTests.numbers, results) {
      #expect(Int(result) == buckets.index(of: number), "the bucket of \(number)")
    }
  }

  /// Numbers below, within and above the range, where the range ends between steps and where it is very wide.
  @Test(arguments: [(Int64(-10), Int64(95), Int64(10)), (.min, .max, 1 << 60), (0, 1, 1), (10, 90, 7)])
  func linearHistogram(minimum: Int64, maximum: Int64, step: Int64) throws {
    let numbers: [Int64] = [.min, -11, -10, -1, 0, 1, 9, 10, 89, 90, 94, 95, 96, .max]
    let results = try run(
      testModule(results: 2 * numbers.count) { b in
        for (i, number) in numbers.enumerated() {
          let x = b.unknown(number, .i64, at: numbers.count + i)
          b.report(
            b.call(
              .linearBucket, x, .constant(minimum, .i64), .constant(maximum, .i64), .constant(step, .i64)),
            as: i)
        }
      })
    for (number, result) in zip(numbers, results) {
      let width = UInt64(bitPattern: maximum &- minimum)
      let last = (width - 1) / UInt64(step) + 2
      let expected =
        if number < minimum { number < 0 && minimum > 0 ? last + 1 : UInt64(0) } else if number >= maximum {
          last
        } else {
          UInt64(bitPattern: number &- minimum) / UInt64(step) + 1
        }
      #expect(result == expected, "the bucket of \(number)")
    }
  }

  /// Texts are equal up to their zero byte, or up to the capacity.
  @Test(arguments: [
    ("abc", "abc", 16, true), ("abc", "abd", 16, false), ("abc", "ab", 16, false), ("", "", 16, true),
    ("abcdefgh", "abcdefgx", 7, true), ("abcdefgh", "abcdefgx", 8, false),
    (String(repeating: "x", count: 1000), String(repeating: "x", count: 1000), 1024, true),
    (String(repeating: "x", count: 1000) + "y", String(repeating: "x", count: 1000) + "z", 1024, false),
  ])
  func strings(a: String, b: String, capacity: Int, areEqual: Bool) throws {
    let results = try run(
      testModule(
        constants: [a, b].map { Array($0.utf8) + [UInt8](repeating: 0, count: 1024 - $0.utf8.count) },
        scratchSize: 2048
      ) { builder in
        builder.useScratch(0)
        let (x, y) = (Place(.scratch), Place(.scratch, offset: 1024))
        builder.emit(.copy(to: x, from: Place(.constant(0)), count: 1024, alignment: 8))
        builder.emit(.copy(to: y, from: Place(.constant(1)), count: 1024, alignment: 8))
        builder.report(
          builder.call(.textsEqual, .address(x), .address(y), .constant(Int64(capacity), .i32)))
      })
    #expect((results[0] == 1) == areEqual)
  }

}
