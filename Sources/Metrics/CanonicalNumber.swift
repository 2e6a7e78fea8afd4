/// A number as the bound of a bucket, for which there is one way of writing.
///
/// OpenMetrics says which ("Canonical Numbers"): as `%g` writes the fewest digits that tell the number from all others, with `.0`
/// behind what would look like an integer. The older format has no such rule, and everybody leaves out the `.0` there.
struct CanonicalNumber {

  /// The digits without zeros at the end, at least one.
  private let digits: [UInt8]

  /// The power of ten that the first digit counts.
  private let exponent: Int

  /// `true` iff the number is negative.
  private let isNegative: Bool

  /// Creates the number that is nearest to `number`.
  init(_ number: Int128) {
    // The description has the fewest digits that are enough, as an integer, with a fraction or with an exponent.
    let parts = Double(number).magnitude.description.split(separator: "e")
    let (whole, fraction) = { ($0[0], $0.count > 1 ? $0[1] : "0") }(parts[0].split(separator: "."))
    var digits = Array(whole.utf8) + Array(fraction.utf8)
    var exponent = whole.utf8.count - 1 + (parts.count > 1 ? Int(parts[1].drop { $0 == "+" }) ?? 0 : 0)
    while digits.count > 1, digits.first == UInt8(ascii: "0") {
      digits.removeFirst()
      exponent -= 1
    }
    while digits.count > 1, digits.last == UInt8(ascii: "0") { digits.removeLast() }
    if digits == [UInt8(ascii: "0")] { exponent = 0 }
    self.digits = digits
    self.exponent = exponent
    self.isNegative = number < 0
  }

  /// Returns the text of the number in `format`.
  func text(in format: ExpositionFormat) -> String {
    let sign = isNegative ? "-" : ""
    let digits = String(decoding: digits, as: UTF8.self)
    // From a million on there is an exponent of at least two digits.
    if exponent >= 6 {
      let rest = digits.dropFirst()
      return
        "\(sign)\(digits.prefix(1))\(rest.isEmpty ? "" : ".")\(rest)e+\(exponent < 10 ? "0" : "")\(exponent)"
    }
    // All bounds are integers.
    let zeros = String(repeating: "0", count: max(0, exponent + 1 - digits.utf8.count))
    return sign + digits + zeros + (format == .openMetrics ? ".0" : "")
  }

}
