import Output
import Types

/// Makes values of items of what a script prints.
struct ItemWriter: Sendable {

  /// The maps that are sent.
  private let maps: [String: SentMap]

  /// `true` iff amounts are sent as what they grow by in a second.
  private let sendsRates: Bool

  /// How much amounts grow.
  private var rates: Rates

  /// The keys of elements that were printed, by the map's name.
  private var knownKeys: [String: KnownKeys] = [:]

  /// A moment.
  struct Moment: Equatable, Sendable {

    /// The nanoseconds since 1970.
    let time: Int64

    /// The nanoseconds of a clock that nobody sets.
    let steadyTime: Int64

  }

  /// What there is to send.
  struct Output: Equatable, Sendable {

    /// What discovery rules are told.
    var discoveries: [ZabbixValue] = []

    /// The values of items.
    var values: [ZabbixValue] = []

  }

  /// Creates an instance that sends `maps`, whose script begins at `moment`; amounts as rates iff it `sendsRates`.
  init(_ maps: SentMaps, sendsRates: Bool, startingAt moment: Moment) {
    self.maps = maps.maps
    self.sendsRates = sendsRates
    rates = Rates(startingAt: moment.steadyTime)
  }

  /// Notes that tracing begins at `moment`.
  mutating func begin(at moment: Moment) { rates.start(at: moment.steadyTime) }

  /// Notes that the map called `name` was cleared at `moment`.
  mutating func noteReset(of name: String, at moment: Moment) { rates.reset(name, at: moment.steadyTime) }

  /// Returns what there is to send of `map`, printed at `moment`.
  mutating func output(for map: PrintedMap, at moment: Moment) -> Output {
    var result = Output()
    guard let sent = maps[map.description.name] else { return result }
    let elements = map.contents.elements
    let keys = elements.map { KeyPart.parts(of: $0.key, labels: sent.labels) }
    if let discoveryKey = sent.discoveryKey, !keys.isEmpty,
      let known = knownKeys[map.description.name, default: KnownKeys()].update(
        with: keys, at: moment.steadyTime)
    {
      result.discoveries.append(ZabbixValue(key: discoveryKey, value: known, time: moment.time))
    }
    var shown = map.contents
    shown.divide(by: map.divisor)
    let kind = map.description.value
    let growth =
      sendsRates
      ? rates.update(
        map, elements.map { Measure.measures(of: $0.value, in: kind) }, at: moment.steadyTime) : []
    for (index, key) in keys.enumerated() {
      for (place, measure) in Measure.measures(of: shown.elements[index].value, in: kind).enumerated() {
        let text: String
        switch measure.content {
        case .text(let content): text = content
        case .amount where sendsRates:
          guard let rate = growth[index][place] else { continue }
          text = decimal(ofMillionths: rate)
        case .number(let number), .amount(let number, _): text = String(number)
        }
        result.values.append(
          ZabbixValue(key: sent.key(key, member: measure.member), value: text, time: moment.time))
      }
    }
    return result
  }

}
