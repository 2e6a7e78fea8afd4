public import Diagnostics

extension Expression {

  /// Returns the place of the bytes in `range` of the text that the expression, a string literal, stands for; the place of the
  /// whole if it is not written as a literal.
  public func site(ofContents range: Range<Int>) -> SourceSpan {
    let quotationMark = UInt8(ascii: "\"")
    guard case .string = kind, site.text.first == quotationMark, site.text.last == quotationMark else {
      return site
    }
    var starts: [Int] = []
    var offset = site.start + 1
    while offset < site.end - 1 {
      starts.append(offset)
      offset += Expression.lengthOfCharacter(at: offset, in: site.file.text)
    }
    starts.append(site.end - 1)
    guard range.lowerBound < starts.count, range.upperBound < starts.count else { return site }
    return SourceSpan(
      site.file, from: starts[range.lowerBound], to: max(starts[range.lowerBound], starts[range.upperBound]),
      in: site.expansion)
  }

  /// Returns the number of bytes in `text` that the byte of a literal at `offset` is written with: an escape or one.
  private static func lengthOfCharacter(at offset: Int, in text: [UInt8]) -> Int {
    guard text[offset] == UInt8(ascii: "\\"), offset + 1 < text.count else { return 1 }
    let isOctal = (UInt8(ascii: "0")...UInt8(ascii: "7")).contains(text[offset + 1])
    let isHexadecimal = text[offset + 1] == UInt8(ascii: "x")
    guard isOctal || isHexadecimal else { return 2 }
    let digits = text[(offset + (isOctal ? 1 : 2))...].prefix(isOctal ? 3 : 2)
    let base: UInt8 = isOctal ? 8 : 16
    let count = digits.prefix { ($0.hexadecimalValue ?? base) < base }.count
    return count + (isOctal ? 1 : 2)
  }

}
