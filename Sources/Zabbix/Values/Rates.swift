import Output
import Types

/// How much numbers grow in a second.
struct Rates: Sendable {

  /// Numbers of an element at a moment.
  private struct Sample {

    /// The moment in nanoseconds.
    let time: Int64

    /// The numbers, each by the member of the value that it is.
    let numbers: [String?: Int128]

  }

  /// What is known about a map.
  private struct Past {

    /// When elements that are not in `samples` were at zero for sure, as late as possible.
    var zeroTime: Int64

    /// What elements held when they were printed last, by key, unless the map was cleared since then.
    var samples: [[Value]: Sample] = [:]

  }

  /// What is known about maps, by name.
  private var pasts: [String: Past] = [:]

  /// When tracing began, in nanoseconds.
  private var startTime: Int64

  /// Creates an instance for maps that are empty at `time`.
  init(startingAt time: Int64) { startTime = time }

  /// Notes that tracing began at `time`.
  mutating func start(at time: Int64) {
    startTime = time
    pasts = [:]
  }

  /// Notes that the map called `name` was cleared or set to zero at `time`.
  mutating func reset(_ name: String, at time: Int64) { pasts[name] = Past(zeroTime: time) }

  /// Takes what was printed of a map at `time`, and returns for each element, whose `measures` are given in the same order, how much
  /// each amount has grown in a second, in millionths, nil for what is no amount.
  ///
  /// An amount that is less than before and cannot be negative has begun anew. Nothing is known about a number which is printed
  /// twice at one moment.
  mutating func update(_ map: PrintedMap, _ measures: [[Measure]], at time: Int64) -> [[Int128?]] {
    let name = map.description.name
    var past = pasts[name] ?? Past(zeroTime: startTime)
    var samples = map.isWhole ? [:] : past.samples
    var result: [[Int128?]] = []
    for (element, measures) in zip(map.contents.elements, measures) {
      let before = past.samples[element.key] ?? Sample(time: past.zeroTime, numbers: [:])
      var numbers: [String?: Int128] = [:]
      var rates: [Int128?] = []
      for measure in measures {
        guard case .amount(let number, let isSigned) = measure.content else {
          rates.append(nil)
          continue
        }
        numbers[measure.member] = number
        var old = before.numbers[measure.member] ?? 0
        if !isSigned && number < old { old = 0 }
        let divisor = measure.member == "count" ? 1 : map.divisor
        rates.append(Self.rate(of: number - old, in: time - before.time, dividedBy: divisor))
      }
      result.append(rates)
      samples[element.key] = Sample(time: time, numbers: numbers)
    }
    if map.isReset {
      past = Past(zeroTime: time)
    } else {
      past.samples = samples
      if map.isWhole { past.zeroTime = time }
    }
    pasts[name] = past
    return result
  }

  /// Returns `growth` within `duration` nanoseconds in millionths a second, divided by `divisor` and rounded; nil if no time has passed.
  private static func rate(of growth: Int128, in duration: Int64, dividedBy divisor: Int) -> Int128? {
    guard duration > 0 else { return nil }
    let (scaled, overflows) = growth.multipliedReportingOverflow(by: 1_000_000_000_000_000)
    if overflows { return nil }
    let (whole, isTooMuch) = Int128(duration).multipliedReportingOverflow(by: Int128(divisor))
    if isTooMuch { return nil }
    let half = scaled < 0 ? -whole / 2 : whole / 2
    return (scaled + half) / whole
  }

}
