/// A subnet: all addresses that begin alike.
struct Subnet: Hashable {

  /// The text that it was made of.
  let name: String

  /// The address whose bits behind the prefix are zero: 4 or 16 bytes in the order of the network.
  let bytes: [UInt8]

  /// The number of bits that all its addresses begin with.
  let prefix: Int

  /// Why a text is no subnet.
  struct Fault: Error, Hashable {

    /// What is wrong.
    let message: String

    /// How to mend it.
    let hint: String

  }

  /// Creates the subnet that `text` is: `192.0.2.0/24`, `2001:db8::/32`, or an address, which is a subnet of its own.
  ///
  /// One of IPv6 whose addresses stand for IPv4 ones (`::ffff:192.0.2.0/120`) is the subnet of these.
  init(_ text: String) throws(Fault) {
    let hint = "subnets are written like '192.0.2.0/24' and '2001:db8::/32'"
    let parts = text.split(separator: "/", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
    guard let address = parts.first.flatMap(IPAddress.bytes) else {
      throw Fault(message: "'\(text)' is no subnet", hint: hint)
    }
    var prefix = address.count * 8
    if parts.count > 1 {
      guard let number = Int(parts[1]), parts[1].allSatisfy(\.isNumber), (0...prefix).contains(number) else {
        throw Fault(
          message: "'\(parts[1])' in '\(text)' is no length of a prefix, which is 0 to \(prefix)", hint: hint)
      }
      prefix = number
    }
    let mask = Self.mask(prefix, count: address.count)
    let base = zip(address, mask).map { $0 & $1 }
    guard base == address else {
      let corrected = base.map(String.init).joined(separator: ".")
      throw Fault(
        message: "'\(text)' is an address within a subnet: bits behind the first \(prefix) are set",
        hint: base.count == 4 ? "the subnet is '\(corrected)/\(prefix)'" : hint)
    }
    name = text
    let isMapped = prefix >= 96 && base.starts(with: Self.mapped)
    bytes = isMapped ? Array(base[12...]) : base
    self.prefix = isMapped ? prefix - 96 : prefix
  }

  /// What addresses of IPv6 that stand for those of IPv4 begin with (RFC 4291, section 2.5.5.2).
  private static let mapped: [UInt8] = Array(repeating: 0, count: 10) + [0xff, 0xff]

  /// `true` iff its addresses are of IPv4.
  var isIPv4: Bool { bytes.count == 4 }

  /// Returns `true` iff every address of `other` is in the subnet.
  func contains(_ other: Subnet) -> Bool {
    bytes.count == other.bytes.count && prefix <= other.prefix
      && zip(other.bytes, Self.mask(prefix, count: bytes.count)).map { $0 & $1 } == bytes
  }

  /// The words of 32 bits that matter, as they are in memory: their index, the mask, and what is left of an address of the subnet.
  var conditions: [(index: Int, mask: UInt32, value: UInt32)] {
    let mask = Self.mask(prefix, count: bytes.count)
    return stride(from: 0, to: (prefix + 7) / 8, by: 4).map { start in
      (start / 4, Self.word(mask[start..<start + 4]), Self.word(bytes[start..<start + 4]))
    }
  }

  /// Returns `count` bytes of which the first `prefix` bits are set.
  private static func mask(_ prefix: Int, count: Int) -> [UInt8] {
    (0..<count).map { index in
      let bits = min(max(prefix - index * 8, 0), 8)
      return UInt8(truncatingIfNeeded: 0xff00 >> bits)
    }
  }

  /// Returns the number that `bytes` are in memory.
  private static func word(_ bytes: ArraySlice<UInt8>) -> UInt32 {
    bytes.reversed().reduce(0) { $0 << 8 | UInt32($1) }
  }

}
