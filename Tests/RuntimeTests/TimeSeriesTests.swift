import Output
import Testing
import Types

@testable import Runtime

/// Time series of several CPUs put together.
@Suite struct TimeSeriesTests {

  /// Returns the values of the intervals that rows of slots, (interval, value, detail), amount to.
  private func values(
    _ function: TimeSeriesLayout.Function, _ slotCount: Int, isSigned: Bool = true,
    _ rows: [(UInt64, Int64, UInt64)]...
  ) -> [String] {
    let layout = TimeSeriesLayout(
      interval: 1000, slotCount: slotCount, function: function, isSigned: isSigned)
    let words = rows.map { slots in
      slots.flatMap { [$0.0 + 1, UInt64(bitPattern: $0.1), $0.2] }
        + [UInt64](repeating: 0, count: (slotCount - slots.count) * 3)
    }
    let memory = words.flatMap { $0 }
    return memory.withUnsafeBytes { memory in
      let size = slotCount * 24
      let series = layout.series(
        of: rows.indices.map {
          RawBytes(UnsafeRawBufferPointer(rebasing: memory[$0 * size..<($0 + 1) * size]))
        })
      return series.points.map { point in
        switch point.value {
        case .signed(let n): "\(point.start / 1000): \(n)"
        case .unsigned(let n): "\(point.start / 1000): \(n)"
        default: "\(point.start / 1000): -"
        }
      }
    }
  }

  /// The last number is that with the latest time.
  @Test func last() {
    #expect(values(.last, 3, [(10, 5, 100), (11, 6, 120)], [(11, 7, 119)]) == ["10: 5", "11: 6"])
  }

  @Test func sums() {
    #expect(values(.sum, 4, [(10, 5, 1)], [(12, -7, 1)], [(10, 1, 1)]) == ["10: 6", "11: 0", "12: -7"])
  }

  @Test func averages() {
    #expect(values(.average, 4, [(10, -10, 2)], [(10, 4, 1), (12, 5, 2)]) == ["10: -2", "11: -", "12: 2"])
  }

  @Test func extremes() {
    #expect(values(.minimum, 2, [(10, -10, 2)], [(10, 4, 1)]) == ["10: -10"])
    #expect(values(.maximum, 2, [(10, -10, 2)], [(10, 4, 1)]) == ["10: 4"])
    #expect(values(.minimum, 2, isSigned: false, [(10, -10, 2)], [(10, 4, 1)]) == ["10: 4"])
    #expect(
      values(.maximum, 2, isSigned: false, [(10, -10, 2)], [(10, 4, 1)]) == ["10: \(UInt64(bitPattern: -10))"]
    )
  }

  /// Slots that one CPU has not used for more than a turn do not count.
  @Test func oldSlots() { #expect(values(.last, 2, [(3, 5, 1)], [(10, 6, 2)]) == ["10: 6"]) }

  @Test func nothing() { #expect(values(.last, 2, []) == []) }

  /// All series of a map end at one moment.
  @Test func alignment() {
    let layout = TimeSeriesLayout(interval: 1000, slotCount: 3, function: .sum, isSigned: false)
    func series(_ starts: UInt64...) -> Value {
      .timeSeries(
        Output.TimeSeries(
          interval: 1000,
          points: starts.map { .init(start: $0, date: "", time: "", value: .unsigned(1)) }))
    }
    var map = MapContents(
      name: "@", kind: .timeSeries, isKeyed: true,
      elements: [
        .init(key: [.signed(1)], value: series(9000, 10000)), .init(key: [.signed(2)], value: series(12000)),
      ]
    )
    map.alignTimeSeries(layout)
    guard case .timeSeries(let first) = map.elements[0].value else {
      Issue.record("no time series")
      return
    }
    #expect(first.points.map(\.start) == [10000, 11000, 12000])
    #expect(first.points.map(\.value) == [.unsigned(1), .unsigned(0), .unsigned(0)])
    #expect(map.elements[1].value == series(12000))
  }

}
