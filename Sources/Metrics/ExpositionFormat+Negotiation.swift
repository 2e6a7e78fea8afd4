extension ExpositionFormat {

  /// Creates the format that suits a request best whose `Accept` fields have the value `accept`, nil if it has none.
  ///
  /// What names a format precisely goes before what names many (RFC 9110, section 12.5.1). Who accepts both alike and names
  /// OpenMetrics gets that; who names neither, a browser for example, gets text, because there is no other way to serve them.
  public init(accepting accept: String?) {
    let ranges = accept.map(MediaRange.all) ?? []
    let openMetrics = ranges.quality(of: .openMetrics)
    let text = ranges.quality(of: .prometheusText)
    self =
      openMetrics.isNamed && openMetrics.weight > 0 && openMetrics.weight >= text.weight
      ? .openMetrics : .prometheusText
  }

}

/// A part of an `Accept` field: what is accepted, and how gladly.
private struct MediaRange {

  /// The type, `*` for any; in lower case.
  let type: Substring

  /// The subtype, `*` for any; in lower case.
  let subtype: Substring

  /// The version, nil if any will do.
  var version: Substring?

  /// How gladly it is accepted, in thousandths.
  var weight = 1000

  /// Returns the parts of `text`; those that are none are left out.
  static func all(in text: String) -> [MediaRange] {
    text.lowercased().split(separator: ",").compactMap(MediaRange.init)
  }

  /// Creates the range that `text` is, nil if it is none.
  init?(_ text: Substring) {
    let parts = text.split(separator: ";", omittingEmptySubsequences: false).map(\.trimmed)
    let names = parts[0].split(separator: "/", omittingEmptySubsequences: false)
    guard names.count == 2, !names[0].isEmpty, !names[1].isEmpty else { return nil }
    (type, subtype) = (names[0], names[1])
    for part in parts.dropFirst() {
      guard let sign = part.firstIndex(of: "=") else { continue }
      let name = part[..<sign].trimmed
      let value = part[part.index(after: sign)...].trimmed.unquoted
      switch name {
      case "version": version = value
      case "q":
        guard let weight = MediaRange.weight(value) else { return nil }
        self.weight = weight
      default: break
      }
    }
  }

  /// Returns how precisely the range names `format`: 0 not at all, 4 with its version.
  func precision(for format: ExpositionFormat) -> Int {
    let wanted = format.mediaType
    if type == "*" { return subtype == "*" ? 1 : 0 }
    if type != wanted.type { return 0 }
    if subtype == "*" { return 2 }
    if subtype != wanted.subtype { return 0 }
    guard let version else { return 3 }
    return version == wanted.version ? 4 : 0
  }

  /// Returns the thousandths that `text` is, `0` to `1` with up to three decimal places, nil if it is something else.
  private static func weight(_ text: Substring) -> Int? {
    let parts = text.split(separator: ".", omittingEmptySubsequences: false)
    guard parts.count <= 2, parts[0] == "0" || parts[0] == "1" else { return nil }
    let digits = parts.count == 2 ? parts[1] : ""
    guard digits.utf8.count <= 3, digits.utf8.allSatisfy({ (0x30...0x39).contains($0) }) else { return nil }
    let rest = Int(digits + String(repeating: "0", count: 3 - digits.utf8.count)) ?? 0
    if parts[0] == "1" { return rest == 0 ? 1000 : nil }
    return rest
  }

}

extension [MediaRange] {

  /// Returns how gladly `format` is accepted by the range that names it most precisely, and whether that names it alone.
  fileprivate func quality(of format: ExpositionFormat) -> (weight: Int, isNamed: Bool) {
    var best = (precision: 0, weight: 0)
    for range in self {
      let precision = range.precision(for: format)
      if precision > best.precision || precision == best.precision && range.weight > best.weight {
        best = (precision, precision == 0 ? 0 : range.weight)
      }
    }
    return (best.weight, best.precision >= 3)
  }

}

extension Substring {

  /// The text without spaces and tabs at its ends.
  fileprivate var trimmed: Substring {
    var result = self
    while let first = result.first, first == " " || first == "\t" { result.removeFirst() }
    while let last = result.last, last == " " || last == "\t" { result.removeLast() }
    return result
  }

  /// The text without quotation marks around it.
  fileprivate var unquoted: Substring {
    count >= 2 && first == "\"" && last == "\"" ? dropFirst().dropLast() : self
  }

}
