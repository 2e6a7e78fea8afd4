import Testing

/// A reader of OpenMetrics that takes nothing but what the specification allows.
struct ExpositionCheck {

  /// A family as its first lines tell it.
  private struct Family {

    /// The name.
    let name: String

    /// The kind.
    let kind: String

    /// The keywords of the lines about it.
    var keywords: [String]

  }

  /// The samples by their names and labels, as they are written.
  private(set) var samples: [String: Double] = [:]

  /// The names that samples may have or that families have, so far.
  private var takenNames: Set<String> = []

  /// The family that lines are about.
  private var family: Family?

  /// The bounds of the buckets of the current histogram and their counts.
  private var buckets: [(labels: String, bound: Double, count: Double)] = []

  /// Reads `text`; what is wrong with it is recorded as an issue.
  init(_ text: String) {
    var lines = text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
    #expect(lines.popLast() == "", "the text ends with a line feed")
    #expect(lines.popLast() == "# EOF", "the text ends with '# EOF'")
    for line in lines {
      if line.hasPrefix("# ") { readDescription(line) } else { readSample(line) }
    }
    endHistogram()
  }

  /// Reads a line about a family.
  private mutating func readDescription(_ line: String) {
    let words = line.split(separator: " ", maxSplits: 3, omittingEmptySubsequences: false).map(String.init)
    guard words.count == 4 else { return fail("no description", line) }
    let (keyword, name, text) = (words[1], words[2], words[3])
    switch keyword {
    case "TYPE":
      endHistogram()
      guard let suffixes = Self.suffixes[text] else { return fail("no such type", line) }
      for suffix in Set(suffixes + [""]) {
        if !takenNames.insert(name + suffix).inserted { fail("the name \(name + suffix) is taken", line) }
      }
      if name.wholeMatch(of: /[a-zA-Z_:][a-zA-Z0-9_:]*/) == nil { fail("a bad name", line) }
      family = Family(name: name, kind: text, keywords: [keyword])
    case "UNIT", "HELP":
      if family?.name != name || family?.keywords.contains(keyword) != false {
        fail("a description astray", line)
      }
      family?.keywords.append(keyword)
      if keyword == "UNIT", !name.hasSuffix("_" + text) || family?.kind == "info" { fail("a bad unit", line) }
      if keyword == "HELP", Self.parts(of: "x{x=\"\(text)\"} 1")?.labels.count != 1 {
        fail("a bad escape", line)
      }
    default: fail("no such keyword", line)
    }
  }

  /// Reads a sample.
  private mutating func readSample(_ line: String) {
    guard let (name, labels, value) = Self.parts(of: line) else { return fail("no sample", line) }
    var parts = labels
    guard let family, let number = Double(value) else { return fail("no family or number", line) }
    guard name.hasPrefix(family.name), let suffixes = Self.suffixes[family.kind] else {
      return fail("a sample astray", line)
    }
    let suffix = String(name.dropFirst(family.name.count))
    if !suffixes.contains(suffix) || suffix == "_created" { fail("a bad suffix", line) }
    if Set(parts.map(\.name)).count != parts.count { fail("a label twice", line) }
    if parts.contains(where: { $0.name.hasPrefix("__") }) { fail("a reserved label", line) }
    parts.sort { $0.name < $1.name }
    let key = name + parts.map { ",\($0.name)=\"\($0.value)\"" }.joined()
    if samples.updateValue(number, forKey: key) != nil { fail("a sample twice", line) }
    if family.kind != "gauge", number < 0 { fail("a negative number", line) }
    if family.kind == "info", number != 1 { fail("information that is not 1", line) }
    if family.kind == "histogram" { readPart(suffix, number, parts, line) }
  }

  /// Reads a sample of a histogram.
  private mutating func readPart(
    _ suffix: String, _ number: Double, _ parts: [(name: String, value: String)], _ line: String
  ) {
    let others = parts.filter { $0.name != "le" }.map { "\($0.name)=\($0.value)" }.joined(separator: ",")
    if suffix == "_bucket" {
      guard let text = parts.first(where: { $0.name == "le" })?.value,
        let bound = text == "+Inf" ? .infinity : Double(text)
      else { return fail("a bucket without bound", line) }
      if text != "+Inf", !text.contains(".") && !text.contains("e") { fail("no canonical number", line) }
      if buckets.last.map({ $0.labels != others }) ?? false { endHistogram() }
      if let last = buckets.last, last.bound >= bound || last.count > number { fail("not ascending", line) }
      buckets.append((others, bound, number))
    } else {
      if buckets.last?.labels != others { fail("a sum astray", line) }
      if suffix == "_count", buckets.last?.count != number { fail("not the count", line) }
      if buckets.contains(where: { $0.bound < 0 }) { fail("a sum besides negative bounds", line) }
    }
  }

  /// Checks that the buckets read since end with that of all numbers.
  private mutating func endHistogram() {
    if let last = buckets.last, last.bound != .infinity { fail("no bucket for all numbers", last.labels) }
    buckets = []
  }

  /// Records that `line` has `fault`.
  private func fail(_ fault: String, _ line: String) { Issue.record("\(fault): \(line)") }

  /// What stands behind the name of a family in those of its samples, by kind.
  private static let suffixes = [
    "counter": ["_total", "_created"], "gauge": [""], "info": ["_info"],
    "histogram": ["_bucket", "_count", "_sum", "_created"], "summary": ["_count", "_sum", "_created", ""],
  ]

  /// Returns the name, the labels and the value of the sample in `line`, nil if there is none.
  private static func parts(
    of line: String
  ) -> (name: String, labels: [(name: String, value: String)], value: String)? {
    var rest = Array(line.unicodeScalars)[...]
    guard let name = takeName(&rest) else { return nil }
    var labels: [(name: String, value: String)] = []
    if rest.first == "{" {
      repeat {
        rest.removeFirst()
        guard let name = takeName(&rest), !name.contains(":"), rest.starts(with: ["=", "\""]) else {
          return nil
        }
        guard let value = takeValue(&rest) else { return nil }
        labels.append((name, value))
      } while rest.first == ","
      guard rest.popFirst() == "}" else { return nil }
    }
    guard rest.popFirst() == " " else { return nil }
    let value = String(String.UnicodeScalarView(rest))
    return value.wholeMatch(of: /-?[0-9]+(\.[0-9]+)?/) == nil ? nil : (name, labels, value)
  }

  /// Takes a name from `text`, nil if there is none.
  private static func takeName(_ text: inout ArraySlice<Unicode.Scalar>) -> String? {
    let name = text.prefix {
      $0.isASCII && ($0.properties.isAlphabetic || "_:0123456789".unicodeScalars.contains($0))
    }
    text = text.dropFirst(name.count)
    guard let first = name.first, !("0"..."9").contains(first) else { return nil }
    return String(String.UnicodeScalarView(name))
  }

  /// Takes `="value"` from `text`, nil if something is wrong with that; the value stays as it is escaped.
  private static func takeValue(_ text: inout ArraySlice<Unicode.Scalar>) -> String? {
    text = text.dropFirst(2)
    var result = String.UnicodeScalarView()
    while let next = text.popFirst() {
      if next == "\"" { return String(result) }
      result.append(next)
      if next == "\\" {
        guard let escaped = text.popFirst(), "\\\"n".unicodeScalars.contains(escaped) else { return nil }
        result.append(escaped)
      }
    }
    return nil
  }

}
