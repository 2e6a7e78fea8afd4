/// A family of metrics about apus itself.
public struct PlainFamily: Hashable, Sendable {

  /// The value of a sample.
  public enum Number: Hashable, Sendable {

    /// A number that cannot be negative.
    case count(UInt64)

    /// A time in nanoseconds, which is shown in seconds.
    case time(nanoseconds: UInt64)

    /// The text of the number.
    var text: String {
      switch self {
      case .count(let n): return String(n)
      case .time(let nanoseconds):
        var fraction = String(nanoseconds % 1_000_000_000 + 1_000_000_000).dropFirst()
        while fraction.utf8.count > 1, fraction.last == "0" { fraction.removeLast() }
        return "\(nanoseconds / 1_000_000_000).\(fraction)"
      }
    }

  }

  /// A label.
  public struct Label: Hashable, Sendable {

    /// The name.
    let name: String

    /// The value.
    let value: String

    /// Creates an instance with the given properties.
    public init(_ name: String, _ value: String) {
      self.name = name
      self.value = value
    }

  }

  /// A number and its labels.
  public struct Sample: Hashable, Sendable {

    /// The labels.
    let labels: [Label]

    /// The value.
    let value: Number

    /// Creates an instance with the given properties.
    public init(_ value: Number, labels: [Label] = []) {
      self.value = value
      self.labels = labels
    }

  }

  /// The name, without `_total` and `_info`.
  public let name: String

  /// The kind: a counter, a gauge or text.
  public let kind: MetricKind

  /// What the metrics are about.
  public let help: String

  /// The samples, no two with the same labels.
  public var samples: [Sample]

  /// Creates an instance with the given properties; the name may end in `_total` or `_info`.
  ///
  /// - Requires: `kind` is no histogram and no summary.
  public init(_ name: String, _ kind: MetricKind, _ help: String, _ samples: [Sample] = []) {
    precondition(kind != .histogram && kind != .summary, "families of apus have one number for each sample")
    self.name = MetricName(name, kind: kind).text
    self.kind = kind
    self.help = help
    self.samples = samples
  }

  /// Adds a sample.
  mutating func add(_ value: Number, _ labels: Label...) { samples.append(Sample(value, labels: labels)) }

}

extension FamilyWriter {

  /// Writes `family`, unless it has no samples.
  mutating func write(_ family: PlainFamily) {
    if family.samples.isEmpty { return }
    let unit = family.kind == .info ? nil : MetricName(family.name, kind: family.kind).unit
    begin(family.name, family.kind, unit: unit, help: family.help)
    for sample in family.samples {
      var labels: [UInt8] = []
      for (index, label) in sample.labels.enumerated() {
        labels += Array("\(index > 0 ? "," : "")\(label.name)=\"".utf8)
        labels.append(escaped: Array(label.value.utf8))
        labels.append(UInt8(ascii: "\""))
      }
      switch family.kind {
      case .counter: self.sample("_total", labels[...], text: sample.value.text)
      case .info: self.sample("_info", labels[...], text: sample.value.text)
      case .gauge, .histogram, .summary: self.sample("", labels[...], text: sample.value.text)
      }
    }
  }

}
