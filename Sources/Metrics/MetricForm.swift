import Output
import Types

/// What the values of a map, or a part of each, become.
struct MetricForm: Hashable, Sendable {

  /// How a value is read.
  enum Reading: Hashable, Sendable {

    /// The number at a path in the value.
    case number([Int])

    /// What the last interval of a time series holds.
    case newestInterval

    /// The buckets, which have these bounds.
    case histogram(HistogramBounds)

    /// The count and the sum.
    case summary

    /// Texts at paths in the value, by the labels that they become.
    case texts([KeyLabel])

  }

  /// What becomes of the values of keys that look alike.
  enum Merging: Hashable, Sendable {

    /// Their sum is shown.
    case sum

    /// The least is shown.
    case least

    /// The greatest is shown.
    case greatest

    /// One is shown, and those that are not are counted.
    case none

  }

  /// What is appended to the map's name: nothing, or `_` and the name of a part of the values.
  var member = ""

  /// The kind of the metrics.
  let kind: MetricKind

  /// How a value is read.
  let reading: Reading

  /// What becomes of the values of keys that look alike.
  let merging: Merging

  /// Returns what the values of a map become that is called `name` and holds `value`; none if that has no numbers and no texts.
  /// Structures are in `types`.
  static func all(of value: MapValue, in name: String, knowing types: TypeTable = TypeTable()) -> [MetricForm]
  {
    switch value {
    case .aggregation(let aggregation): [MetricForm(of: aggregation)]
    case .plain(let type): forms(of: type, in: name, knowing: types)
    }
  }

  /// Creates the form of what `aggregation` gathers.
  private init(of aggregation: Aggregation) {
    switch aggregation {
    case .count, .sum: self.init(kind: .counter, reading: .number([]), merging: .sum)
    case .minimum: self.init(kind: .gauge, reading: .number([]), merging: .least)
    case .maximum: self.init(kind: .gauge, reading: .number([]), merging: .greatest)
    case .average: self.init(kind: .gauge, reading: .number([]), merging: .none)
    case .stats: self.init(kind: .summary, reading: .summary, merging: .sum)
    case .timeSeries: self.init(kind: .gauge, reading: .newestInterval, merging: .none)
    case .histogram, .linearHistogram:
      self.init(kind: .histogram, reading: .histogram(HistogramBounds(of: aggregation)), merging: .sum)
    }
  }

  /// Creates a form with the given properties.
  private init(member: String = "", kind: MetricKind, reading: Reading, merging: Merging) {
    self.member = member
    self.kind = kind
    self.reading = reading
    self.merging = merging
  }

  /// Returns the forms of values of `type` in the map called `name`.
  private static func forms(of type: Type, in name: String, knowing types: TypeTable) -> [MetricForm] {
    var numbers: [MetricForm] = []
    var texts: [KeyLabel] = []
    gather(type, behind: "", at: [], knowing: types, &numbers, &texts)
    if type.isNumber, MetricName.isCounter(name) {
      return [MetricForm(kind: .counter, reading: .number([]), merging: .sum)]
    }
    if texts.isEmpty { return numbers }
    return numbers + [MetricForm(kind: .info, reading: .texts(texts), merging: .none)]
  }

  /// The number of records and structures in one another whose members are looked at.
  private static let depthLimit = 16

  /// Gathers the numbers and the texts that values of `type` consist of, which are called `name` and are at `path`.
  private static func gather(
    _ type: Type, behind name: String, at path: [Int], knowing types: TypeTable,
    _ numbers: inout [MetricForm], _ texts: inout [KeyLabel]
  ) {
    if path.count < depthLimit, let members = types.namedMembers(of: type) {
      for (index, member) in members.enumerated() {
        gather(
          member.type, behind: "\(name)_\(member.name)", at: path + [index], knowing: types, &numbers, &texts)
      }
      return
    }
    switch type {
    case .integer, .bool:
      numbers.append(MetricForm(member: name, kind: .gauge, reading: .number(path), merging: .none))
    case .tuple(let parts):
      for (index, part) in parts.enumerated() {
        gather(
          part, behind: "\(name)_\(index)", at: path + [index], knowing: types, &numbers, &texts)
      }
    case .none, .structure, .record: break
    default:
      // A part of a tuple has no name of its own.
      let label =
        name.isEmpty
        ? "value" : name.dropFirst().first?.isNumber == true ? "value\(name)" : String(name.dropFirst())
      texts.append(KeyLabel(name: label, path: path))
    }
  }

}

extension Type {

  /// `true` iff values are numbers that can be computed with.
  fileprivate var isNumber: Bool {
    switch self {
    case .integer, .bool: true
    default: false
    }
  }

}
