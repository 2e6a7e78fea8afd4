import Output
import Types

/// What of a value is one item.
struct Measure: Equatable, Sendable {

  /// The member of the value, nil for all of it.
  let member: String?

  /// What is sent of it.
  let content: Content

  /// What is sent of a value.
  enum Content: Equatable, Sendable {

    /// Text as it is.
    case text(String)

    /// A number that is sent as it is, but divided.
    case number(Int128)

    /// A number that grows, so that how much it does in a second can be told.
    case amount(Int128, isSigned: Bool)

  }

  /// Returns the items that `value`, an element of a map that holds `kind`, is: one, or one for each member of tuples, records and
  /// of what `stats` gathers.
  static func measures(of value: Value, in kind: MapValue) -> [Measure] {
    switch value {
    case .record(let fields):
      var isStats = false
      if case .aggregation(.stats) = kind { isStats = true }
      return fields.flatMap { field in
        members(of: field.value, called: field.name, isAmount: isStats && field.name != "average")
      }
    case .tuple(let elements):
      return elements.enumerated().flatMap { members(of: $1, called: "\($0)", isAmount: false) }
    case .timeSeries(let series):
      // The newest interval that has a value.
      guard let value = series.points.last(where: { $0.value != nil })?.value else { return [] }
      return measures(of: value, in: .aggregation(.average(isSigned: true)))
    default: return [Measure(member: nil, content: content(of: value, isAmount: kind.isAmount))]
    }
  }

  /// Returns the items that `value`, a member `name`, is.
  private static func members(of value: Value, called name: String, isAmount: Bool) -> [Measure] {
    switch value {
    case .record(let fields):
      fields.flatMap { members(of: $0.value, called: "\(name).\($0.name)", isAmount: false) }
    case .tuple(let elements):
      elements.enumerated().flatMap { members(of: $1, called: "\(name).\($0)", isAmount: false) }
    default: [Measure(member: name, content: content(of: value, isAmount: isAmount))]
    }
  }

  /// Returns what is sent of `value`, which has no members.
  private static func content(of value: Value, isAmount: Bool) -> Content {
    switch value {
    case .signed(let n): isAmount ? .amount(Int128(n), isSigned: true) : .number(Int128(n))
    case .unsigned(let n): isAmount ? .amount(Int128(n), isSigned: false) : .number(Int128(n))
    case .bool(let truth): .number(truth ? 1 : 0)
    case .histogram: .text(String(decoding: value.json, as: UTF8.self))
    case .stack(let frames, _):
      .text(String(decoding: Array(frames.joined(separator: [UInt8(ascii: "\n")])), as: UTF8.self))
    default: .text(String(decoding: value.line, as: UTF8.self))
    }
  }

}

extension MapValue {

  /// `true` iff integers in the map grow as things happen.
  fileprivate var isAmount: Bool {
    switch self {
    case .plain(.integer): true
    case .plain: false
    case .aggregation(let aggregation):
      switch aggregation {
      case .count, .sum: true
      case .minimum, .maximum, .average, .stats, .histogram, .linearHistogram, .timeSeries: false
      }
    }
  }

}
