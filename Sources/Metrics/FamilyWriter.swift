import Output

/// Writes families of metrics one after the other.
struct FamilyWriter {

  /// The format.
  let format: ExpositionFormat

  /// What was written.
  private(set) var bytes: [UInt8] = []

  /// The name of the family, that of its samples without suffix.
  private var name: [UInt8] = []

  /// Creates an instance that has written nothing.
  init(_ format: ExpositionFormat) { self.format = format }

  /// Makes room for `count` more bytes.
  mutating func reserve(_ count: Int) { bytes.reserveCapacity(bytes.count + count) }

  /// Begins a family.
  mutating func begin(_ family: String, _ kind: MetricKind, unit: String?, help: String) {
    name = Array(family.utf8)
    switch format {
    case .openMetrics:
      line("TYPE", family, kind.rawValue)
      if let unit { line("UNIT", family, unit) }
      line("HELP", family, help)
    case .prometheusText:
      // Families are called as their samples, and text is the number 1 with labels.
      let name =
        switch kind {
        case .counter: family + "_total"
        case .info: family + "_info"
        case .gauge, .histogram, .summary: family
        }
      line("HELP", name, help)
      line("TYPE", name, kind == .info ? "gauge" : kind.rawValue)
    }
  }

  /// Writes a line about the family called `name`.
  private mutating func line(_ keyword: StaticString, _ name: String, _ text: String) {
    bytes.append(text: "# ")
    bytes.append(text: keyword)
    bytes.append(text: " \(name) ")
    bytes.append(escaped: Array(text.utf8), escapesQuotes: format == .openMetrics)
    bytes.append(UInt8(ascii: "\n"))
  }

  /// Writes a sample of the family with `labels` as they stand between braces; `more` are further ones.
  mutating func sample(
    _ suffix: StaticString, _ labels: ArraySlice<UInt8>, and more: [UInt8] = [], _ value: Int128
  ) {
    begin(suffix, labels, and: more)
    if let value = UInt64(exactly: value) {
      bytes.append(decimal: value)
    } else if let value = Int64(exactly: value) {
      bytes.append(decimal: value)
    } else {
      bytes.append(text: String(value))
    }
    bytes.append(UInt8(ascii: "\n"))
  }

  /// Writes a sample of the family, whose value is written as `text`.
  mutating func sample(_ suffix: StaticString, _ labels: ArraySlice<UInt8>, text: String) {
    begin(suffix, labels)
    bytes.append(text: text)
    bytes.append(UInt8(ascii: "\n"))
  }

  /// Writes the name and the labels of a sample.
  private mutating func begin(_ suffix: StaticString, _ labels: ArraySlice<UInt8>, and more: [UInt8] = []) {
    bytes.append(contentsOf: name)
    bytes.append(text: suffix)
    if !labels.isEmpty || !more.isEmpty {
      bytes.append(UInt8(ascii: "{"))
      bytes.append(contentsOf: labels)
      if !labels.isEmpty, !more.isEmpty { bytes.append(UInt8(ascii: ",")) }
      bytes.append(contentsOf: more)
      bytes.append(UInt8(ascii: "}"))
    }
    bytes.append(UInt8(ascii: " "))
  }

  /// Writes what stands at the end.
  mutating func end() { if format == .openMetrics { bytes.append(text: "# EOF\n") } }

}
