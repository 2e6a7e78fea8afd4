extension [UInt8] {

  /// The number of columns of the graph, its frame included.
  private static var graphWidth: Int { 53 }

  /// Appends a line for each interval: its time, the place of its value between the least and the greatest, and the value.
  mutating func append(textOf series: TimeSeries) {
    if series.points.isEmpty { return append(text: "<no data>") }
    let unit = TimeUnit(of: series.interval)
    var (least, greatest) = series.points.compactMap { $0.value?.integer }.bounds
    if least == greatest {
      // A value alone stands in the middle, unless its type has none further on one side.
      if least > 0 || series.isSigned { least -= 1 }
      greatest += 1
    }

    let margin = unit.timeWidth + 1
    append(repeating: UInt8(ascii: " "), count: margin)
    append(bounds: least, greatest)
    append(text: "hh:mm:ss")
    if unit.digits > 0 { append(text: ".\(unit.name)") }
    append(repeating: UInt8(ascii: " "), count: margin - 8 - (unit.digits > 0 ? 1 + unit.name.utf8.count : 0))
    appendFrame("|")
    for point in series.points { append(lineOf: point, unit, from: least, to: greatest) }
    append(repeating: UInt8(ascii: " "), count: margin)
    appendFrame("v")
    append(repeating: UInt8(ascii: " "), count: margin)
    append(bounds: least, greatest)
  }

  /// Appends the line of an interval.
  private mutating func append(
    lineOf point: TimeSeries.Point, _ unit: TimeUnit, from least: Int128, to greatest: Int128
  ) {
    append(text: point.time)
    append(fractionOf: point.start, digits: unit.digits)
    append(UInt8(ascii: " "))
    var line = [UInt8](repeating: UInt8(ascii: " "), count: Self.graphWidth)
    line[0] = UInt8(ascii: "|")
    line[Self.graphWidth - 1] = UInt8(ascii: "|")
    if let value = point.value?.integer {
      line[Int(Int128(Self.graphWidth - 1) * (value - least) / (greatest - least))] = UInt8(ascii: "*")
      append(contentsOf: line)
      append(text: " \(value)\n")
    } else {
      append(contentsOf: line)
      append(text: " -\n")
    }
  }

  /// Appends the numbers at both ends of the graph.
  private mutating func append(bounds least: Int128, _ greatest: Int128) {
    let (left, right) = ("\(least)", "\(greatest)")
    append(text: left)
    // The least number has 21 columns, or as many as it needs.
    let column = Swift.max(21, left.utf8.count)
    let rest = Self.graphWidth - 21
    append(
      repeating: UInt8(ascii: " "), count: column - left.utf8.count + Swift.max(0, rest - right.utf8.count))
    append(text: right)
    append(UInt8(ascii: "\n"))
  }

  /// Appends the upper or lower end of the frame.
  private mutating func appendFrame(_ corner: Unicode.Scalar) {
    append(UInt8(ascii: corner))
    append(repeating: UInt8(ascii: "_"), count: Self.graphWidth - 2)
    append(UInt8(ascii: corner))
    append(UInt8(ascii: "\n"))
  }

  /// Appends the first `digits` digits of the part of a second in `time`, nanoseconds, behind a full stop; nothing for 0.
  private mutating func append(fractionOf time: UInt64, digits: Int) {
    if digits == 0 { return }
    let fraction = String(time % 1_000_000_000 + 1_000_000_000).utf8.dropFirst()
    append(UInt8(ascii: "."))
    append(contentsOf: fraction.prefix(digits))
  }

  /// Appends the intervals as a list of objects.
  mutating func append(jsonOf series: TimeSeries) {
    append(text: "[")
    for (index, point) in series.points.enumerated() {
      append(text: index > 0 ? ", " : "")
      append(text: "{\"interval_start\": \"\(point.date)T\(point.time)")
      append(fractionOf: point.start, digits: 9)
      append(text: "\", \"value\": ")
      if let value = point.value { append(jsonOf: value) } else { append(text: "null") }
      append(text: "}")
    }
    append(text: "]")
  }

}

/// The unit in which the times of a series are told.
private struct TimeUnit {

  /// The name.
  let name: String

  /// The number of digits behind the seconds.
  let digits: Int

  /// Creates the greatest unit of which `interval`, in nanoseconds, is a multiple.
  init(of interval: UInt64) {
    (name, digits) =
      if interval % 1_000_000_000 == 0 {
        ("s", 0)
      } else if interval % 1_000_000 == 0 {
        ("ms", 3)
      } else if interval % 1000 == 0 {
        ("us", 6)
      } else {
        ("ns", 9)
      }
  }

  /// The number of columns of a time.
  var timeWidth: Int { 8 + (digits > 0 ? 1 + digits : 0) }

}

extension TimeSeries {

  /// `true` iff the numbers can be negative.
  fileprivate var isSigned: Bool { points.contains { if case .signed = $0.value { true } else { false } } }

}

extension Value {

  /// The value of an integer.
  fileprivate var integer: Int128? {
    switch self {
    case .signed(let n): Int128(n)
    case .unsigned(let n): Int128(n)
    default: nil
    }
  }

}

extension [Int128] {

  /// The least and the greatest number, 0 if there are none.
  fileprivate var bounds: (Int128, Int128) { (self.min() ?? 0, self.max() ?? 0) }

}
