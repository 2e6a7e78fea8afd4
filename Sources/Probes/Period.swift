import Syntax

/// The units of the period of `interval` and `profile`.
enum PeriodUnit: String, CaseIterable {

  /// Seconds.
  case seconds = "s"

  /// Milliseconds.
  case milliseconds = "ms"

  /// Microseconds.
  case microseconds = "us"

  /// Nanoseconds.
  case nanoseconds = "ns"

  /// Times a second.
  case hertz = "hz"

  /// Returns the period of `count` units in nanoseconds, nil if it does not fit.
  func period(_ count: UInt64) -> UInt64? {
    let factor: UInt64
    switch self {
    case .seconds: factor = 1_000_000_000
    case .milliseconds: factor = 1_000_000
    case .microseconds: factor = 1000
    case .nanoseconds: factor = 1
    case .hertz: return 1_000_000_000 / count
    }
    let (product, overflows) = count.multipliedReportingOverflow(by: factor)
    return overflows || product > UInt64(Int64.max) ? nil : product
  }

}

extension ProbeSpec {

  /// Returns the period in nanoseconds that the probe asks for: `s:1`, `1s` or a bare number of nanoseconds.
  func period(of provider: String) throws(ProbeFault) -> UInt64 {
    switch parts.count {
    case 2:
      let text = parts[1].text
      if let count = wholeNumber(text) { return try period(count, .nanoseconds, of: provider) }
      let digits = text.prefix { ("0"..."9").contains($0) || $0 == "_" }
      guard let count = wholeNumber(String(digits)),
        let unit = PeriodUnit(rawValue: String(text[digits.endIndex...]))
      else { throw .invalidPeriod(parts[1], of: provider) }
      return try period(count, unit, of: provider)
    case 3:
      guard let unit = PeriodUnit(rawValue: parts[1].text) else {
        throw .unknownUnit(parts[1], of: provider)
      }
      guard let count = wholeNumber(parts[2].text) else { throw .invalidPeriod(parts[2], of: provider) }
      return try period(count, unit, of: provider)
    default:
      throw .wrongForm(self, expected: "\(provider):s:1")
    }
  }

  /// Returns the period of `count` units, which the last part gives.
  private func period(
    _ count: UInt64, _ unit: PeriodUnit, of provider: String
  ) throws(ProbeFault) -> UInt64 {
    let part = parts[parts.count - 1]
    guard count > 0 else { throw .zeroPeriod(part, of: provider) }
    guard let period = unit.period(count) else { throw .invalidPeriod(part, of: provider) }
    guard period > 0 else { throw .periodTooShort(part) }
    return period
  }

  /// The full name with the provider's preferred name in front.
  func name(of provider: String) -> String {
    ([provider] + parts.dropFirst().map(\.text)).joined(separator: ":")
  }

}

/// Returns the number that `text` denotes: decimal digits, `_` between them, hexadecimal behind `0x`, `1e6`.
func wholeNumber(_ text: String) -> UInt64? {
  let plain = text.utf8.filter { $0 != UInt8(ascii: "_") }.map { $0 }
  guard let first = plain.first, (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(first) else { return nil }
  let cleaned = String(decoding: plain, as: UTF8.self)
  if cleaned.hasPrefix("0x") { return UInt64(cleaned.dropFirst(2), radix: 16) }
  let pieces = cleaned.split(separator: "e", omittingEmptySubsequences: false)
  guard var value = UInt64(pieces[0]) else { return nil }
  guard pieces.count > 1 else { return value }
  guard pieces.count == 2, let exponent = UInt8(pieces[1]), exponent <= 19 else { return nil }
  for _ in 0..<exponent {
    let (product, overflows) = value.multipliedReportingOverflow(by: 10)
    if overflows { return nil }
    value = product
  }
  return value
}
