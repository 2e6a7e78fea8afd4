/// The name of a family of metrics.
struct MetricName: Hashable, Sendable {

  /// The name as OpenMetrics has it: without `_total` and `_info`, which samples have.
  let text: String

  /// Creates the name of a family of the given kind for the map called `map`, with the `@`, of the script called `script`; what is
  /// a part of its values has a name of its own behind that.
  init(map: String, of script: String, member: String = "", kind: MetricKind) {
    let name = map.dropFirst()
    let base = (name.isEmpty ? MetricName.word(script) : String(name)) + member
    self.init(base, kind: kind)
  }

  /// Creates the name of a family of the given kind, whose samples may be called `text`.
  init(_ text: String, kind: MetricKind) {
    let suffix =
      switch kind {
      case .counter: "_total"
      case .info: "_info"
      case .gauge, .histogram, .summary: ""
      }
    self.text =
      !suffix.isEmpty && text.hasSuffix(suffix) && text.utf8.count > suffix.utf8.count
      ? String(text.dropLast(suffix.count)) : text
  }

  /// The unit that the name ends in, nil if it ends in none.
  var unit: String? {
    MetricName.units.first { text.hasSuffix("_\($0)") && text.utf8.count > $0.utf8.count + 1 }
  }

  /// The units in which metrics are told, whatever they are about: the base units of Prometheus.
  private static let units = [
    "seconds", "bytes", "ratio", "meters", "grams", "joules", "volts", "amperes", "celsius", "kelvin",
    "hertz",
  ]

  /// Returns `true` iff the map's numbers only grow because their name says so.
  static func isCounter(_ map: String) -> Bool {
    map.hasSuffix("_total") && map.utf8.count > "@_total".utf8.count
  }

  /// Returns `text` as a name: other characters than letters, digits and underscores become underscores, and it does not start
  /// with a digit.
  static func word(_ text: String) -> String {
    var result = ""
    for character in text.unicodeScalars {
      let isPart =
        character.isASCII && (character.properties.isAlphabetic || character.properties.numericType != nil)
      result.unicodeScalars.append(isPart ? character : "_")
    }
    if let first = result.utf8.first, !(0x30...0x39).contains(first) { return result }
    return "_" + result
  }

}
