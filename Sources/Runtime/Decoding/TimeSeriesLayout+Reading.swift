import Output
import Types

extension TimeSeriesLayout {

  /// Returns the series that the slots of all CPUs put together hold, up to the last interval with a number in it.
  func series(of rows: [RawBytes]) -> TimeSeries {
    var slots: [UInt64: Slot] = [:]
    for row in rows {
      for index in 0..<slotCount {
        let offset = index * TimeSeriesLayout.wordsPerSlot * 8
        guard let epoch = row.load(offset, as: UInt64.self), epoch != 0,
          let value = row.load(offset + 8, as: UInt64.self),
          let detail = row.load(offset + 16, as: UInt64.self)
        else { continue }
        let new = Slot(value: value, detail: detail)
        slots[epoch - 1] = slots[epoch - 1].map { combined($0, new) } ?? new
      }
    }
    guard let last = slots.keys.max() else { return TimeSeries(interval: interval, points: []) }
    // Slots that have not been used again since are too old.
    let oldest = last - min(last, UInt64(slotCount - 1))
    let first = slots.keys.filter { $0 >= oldest }.min() ?? last
    return TimeSeries(
      interval: interval,
      points: (first...last).map { epoch in point(epoch, slots[epoch].map { value(of: $0) } ?? emptyValue) })
  }

  /// Returns `series` with intervals without numbers added up to `last`, without those that are too old then.
  func extended(_ series: TimeSeries, to last: UInt64) -> TimeSeries {
    guard var epoch = series.points.last.map({ $0.start / interval }), epoch < last else { return series }
    var points = series.points
    let oldest = last - min(last, UInt64(slotCount - 1))
    epoch = max(epoch + 1, oldest)
    while epoch <= last {
      points.append(point(epoch, emptyValue))
      epoch += 1
    }
    points.removeAll { $0.start / interval < oldest }
    return TimeSeries(interval: interval, points: points)
  }

  /// What was gathered in an interval.
  private struct Slot {

    /// What the numbers amount to.
    var value: UInt64

    /// The time of the last one, or how many there were.
    var detail: UInt64

  }

  /// Returns what two CPUs have gathered in the same interval put together.
  private func combined(_ a: Slot, _ b: Slot) -> Slot {
    switch function {
    case .last: return b.detail > a.detail ? b : a
    case .sum, .average: return Slot(value: a.value &+ b.value, detail: a.detail &+ b.detail)
    case .minimum: return precedes(b.value, a.value) ? b : a
    case .maximum: return precedes(a.value, b.value) ? b : a
    }
  }

  /// Returns `true` iff the number with the bits `a` is less than that with the bits `b`.
  private func precedes(_ a: UInt64, _ b: UInt64) -> Bool {
    isSigned ? Int64(bitPattern: a) < Int64(bitPattern: b) : a < b
  }

  /// Returns what the numbers in `slot` amount to.
  private func value(of slot: Slot) -> Value {
    let count = function == .average ? max(1, slot.detail) : 1
    if !isSigned { return .unsigned(slot.value / count) }
    return .signed(Int64(truncatingIfNeeded: Int128(Int64(bitPattern: slot.value)) / Int128(count)))
  }

  /// What the numbers of an interval without any amount to.
  private var emptyValue: Value? { function == .sum ? (isSigned ? .signed(0) : .unsigned(0)) : nil }

  /// Returns the interval with the given number.
  private func point(_ epoch: UInt64, _ value: Value?) -> TimeSeries.Point {
    let start = epoch &* interval
    let (date, time) = WallClock.dateAndTime(ofSecond: Int64(start / 1_000_000_000))
    return TimeSeries.Point(start: start, date: date, time: time, value: value)
  }

}

extension MapContents {

  /// Lets all time series end with the last interval in which any of them has a number.
  mutating func alignTimeSeries(_ layout: TimeSeriesLayout) {
    let ends = elements.compactMap { element in
      if case .timeSeries(let series) = element.value { series.points.last?.start } else { nil }
    }
    guard let last = ends.max() else { return }
    for index in elements.indices {
      guard case .timeSeries(let series) = elements[index].value else { continue }
      elements[index].value = .timeSeries(layout.extended(series, to: last / layout.interval))
    }
  }

}
