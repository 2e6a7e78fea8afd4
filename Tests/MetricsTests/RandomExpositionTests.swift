import Metrics
import Output
import TestSupport
import Testing
import Types

/// Maps with anything in them.
@Suite struct RandomExpositionTests {

  @Test(arguments: 1...15)
  func anythingIsWrittenAsTheSpecificationSays(seed: UInt64) {
    var numbers = SeededNumbers(seed: seed)
    let scripts = (0..<Int.random(in: 1...3, using: &numbers)).map { script in
      ("s\(script)", (0..<4).map { Self.map("@m\(script)_\($0)", &numbers) })
    }
    let exposition = Exposition(scripts)
    #expect(exposition.faults.isEmpty)
    _ = ExpositionCheck(exposed(scripts))
    let page = StatusPage(of: exposition, version: "1").text(
      of: scripts.map { ScriptState(snapshot(of: $0.1), isRunning: true) })
    #expect(String(validating: page, as: UTF8.self) != nil)
  }

  /// Returns a map with a random key, value and contents.
  private static func map(_ name: String, _ numbers: inout SeededNumbers) -> TestMap {
    let types: [Type] = [
      .uint64, .string(capacity: 8),
      .record([.init("a", .uint64), .init("b", .record([.init("c", .bool)]))]),
      .tuple([.int64, .string(capacity: 4)]),
    ]
    let key = (0..<Int.random(in: 0...2, using: &numbers)).map { _ in
      types.randomElement(using: &numbers) ?? .uint64
    }
    // A key with the same record twice has two labels of the same name.
    .reduce(into: [Type]()) { if !$0.contains($1) { $0.append($1) } }
    let values: [MapValue] = [
      .aggregation(.count), .aggregation(.sum(isSigned: true)), .aggregation(.minimum(isSigned: true)),
      .aggregation(.stats(isSigned: true)), .aggregation(.histogram(bits: 2)),
      .aggregation(.linearHistogram(minimum: -3, maximum: 40, step: 7)), .plain(.int64),
      .plain(.string(capacity: 8)),
      .plain(.tuple([.int64, .string(capacity: 4)])),
    ]
    let value = values.randomElement(using: &numbers) ?? .plain(.int64)
    let count = key.isEmpty ? Int.random(in: 0...1, using: &numbers) : Int.random(in: 0...12, using: &numbers)
    let elements = (0..<count).map { _ in
      (key.map { contents(of: $0, &numbers) }, contents(of: value, &numbers))
    }
    return TestMap(name, key: key, value, elements)
  }

  /// Returns a random value of `type`.
  private static func contents(of type: Type, _ numbers: inout SeededNumbers) -> Value {
    switch type {
    case .uint64: .unsigned(.random(in: 0...9, using: &numbers))
    case .bool: .bool(.random(using: &numbers))
    case .string:
      .text(
        (0..<Int.random(in: 0...3, using: &numbers)).map { _ in
          [0x22, 0x5c, 0x0a, 0x61, 0xc3, 0xa9, 0xff].randomElement(using: &numbers) ?? 0
        })
    case .record(let fields): .record(fields.map { .init($0.name, contents(of: $0.type, &numbers)) })
    case .tuple(let parts): .tuple(parts.map { contents(of: $0, &numbers) })
    default: .signed(.random(in: -9 ... .max, using: &numbers))
    }
  }

  /// Returns a random value of a map that holds `value`.
  private static func contents(of value: MapValue, _ numbers: inout SeededNumbers) -> Value {
    switch value {
    case .plain(let type): return contents(of: type, &numbers)
    case .aggregation(.count): return .unsigned(.random(in: 0 ... .max, using: &numbers))
    case .aggregation(.stats):
      return .stats(
        count: .random(in: 0...99, using: &numbers), average: .signed(1),
        total: .signed(.random(in: -5...99, using: &numbers)))
    case .aggregation(.histogram), .aggregation(.linearHistogram):
      return .histogram(histogram(value, &numbers))
    case .aggregation: return .signed(.random(in: -9...99, using: &numbers))
    }
  }

  /// Returns a histogram with random counts in the buckets that `value` has.
  private static func histogram(_ value: MapValue, _ numbers: inout SeededNumbers) -> Histogram {
    var bounds: [(Int128?, Int128?)] = [
      (nil, -3), (-3, 4), (4, 11), (11, 18), (18, 25), (25, 32), (32, 39), (39, 40), (40, nil),
    ]
    if case .aggregation(.histogram(let bits)) = value {
      let buckets = HistogramBuckets(bits: bits)
      bounds =
        [(nil, 0)]
        + (1..<buckets.count - 1).map {
          (Int128(buckets.lowerBound(of: $0)), Int128(buckets.lowerBound(of: $0 + 1)))
        }
    }
    let isSigned = Bool.random(using: &numbers)
    let counts = bounds.map { bound in
      let count = UInt64.random(in: 0...3, using: &numbers)
      return Histogram.Bucket(lower: bound.0, upper: bound.1, count: bound.0 == nil && !isSigned ? 0 : count)
    }
    return Histogram(counts, sum: isSigned ? nil : .random(in: 0...1_000_000, using: &numbers))
  }

}
