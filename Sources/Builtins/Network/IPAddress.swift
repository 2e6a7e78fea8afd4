/// How IP addresses are written (RFC 4291, section 2.2).
enum IPAddress {

  /// Returns the bytes of the address that `text` is, 4 or 16 in the order of the network; nil if it is none.
  static func bytes(of text: String) -> [UInt8]? {
    text.contains(":") ? ipv6(text) : ipv4(text)
  }

  /// Returns the bytes of `text` as four numbers with dots between them.
  private static func ipv4(_ text: some StringProtocol) -> [UInt8]? {
    let parts = text.split(separator: ".", omittingEmptySubsequences: false)
    let isPlain = parts.allSatisfy { part in
      part.utf8.allSatisfy { ("0"..."9").contains(Unicode.Scalar($0)) }
        && (part.utf8.count == 1 || part.first != "0")
    }
    let bytes = parts.compactMap { UInt8($0) }
    return isPlain && parts.count == 4 && bytes.count == 4 ? bytes : nil
  }

  /// Returns the bytes of `text` as eight numbers with colons between them, of which `::` stands for any zeros.
  private static func ipv6(_ text: String) -> [UInt8]? {
    guard let gap = firstGap(in: text) else {
      let bytes = groups(text)
      return bytes?.count == 16 ? bytes : nil
    }
    let behind = text[text.index(gap, offsetBy: 2)...]
    guard firstGap(in: String(behind)) == nil, let front = groups(text[..<gap], isEnd: false),
      let back = groups(behind),
      front.count + back.count <= 14
    else { return nil }
    return front + Array(repeating: 0, count: 16 - front.count - back.count) + back
  }

  /// Returns where `::` is in `text` first.
  private static func firstGap(in text: String) -> String.Index? {
    text.indices.first { text[$0...].hasPrefix("::") }
  }

  /// Returns the bytes of numbers with colons between them, the last two of which, if they end the address, may be written as an
  /// IPv4 address.
  private static func groups(_ text: some StringProtocol, isEnd: Bool = true) -> [UInt8]? {
    if text.isEmpty { return [] }
    var result: [UInt8] = []
    let parts = text.split(separator: ":", omittingEmptySubsequences: false)
    for (index, part) in parts.enumerated() {
      if isEnd, index == parts.count - 1, part.contains("."), let bytes = ipv4(part) {
        result += bytes
        continue
      }
      guard (1...4).contains(part.utf8.count), part.allSatisfy(\.isHexDigit),
        let number = UInt16(part, radix: 16)
      else { return nil }
      result += [UInt8(number >> 8), UInt8(truncatingIfNeeded: number)]
    }
    return result
  }

}
