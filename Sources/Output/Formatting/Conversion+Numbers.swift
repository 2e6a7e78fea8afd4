public import Types

extension FormatString.Conversion {

  /// Appends the integer with the 64 bits `bits` to `output` as C's `printf` does.
  ///
  /// A length modifier leaves that many bits; without one all 64 bits count.
  public func print(integer bits: UInt64, to output: inout [UInt8]) {
    let unusedBits = UInt64(64 - (length ?? 64))
    switch verb {
    case .signed:
      let number = Int64(bitPattern: bits << unusedBits) >> Int64(unusedBits)
      if isBare {
        output.append(decimal: number)
      } else {
        print(magnitude: number.magnitude, sign: sign(isNegative: number < 0), to: &output)
      }
    case .character: print(bytes: CollectionOfOne(UInt8(truncatingIfNeeded: bits)), to: &output)
    case .allocationFlags:
      var text: [UInt8] = []
      text.append(allocationFlags: (bits << unusedBits) >> unusedBits)
      print(bytes: text, to: &output)
    case .unsigned where isBare: output.append(decimal: (bits << unusedBits) >> unusedBits)
    default: print(magnitude: (bits << unusedBits) >> unusedBits, sign: nil, to: &output)
    }
  }

  /// `true` iff neither width nor precision nor a flag changes what is printed.
  public var isBare: Bool {
    width == nil && precision == nil && !showsPlus && !showsSpace && !isAlternative
  }

  /// What stands in front of a signed number.
  private func sign(isNegative: Bool) -> UInt8? {
    if isNegative { return UInt8(ascii: "-") }
    return showsPlus ? UInt8(ascii: "+") : (showsSpace ? UInt8(ascii: " ") : nil)
  }

  /// Appends the number with the given absolute value and sign, filled up to precision and width.
  private func print(magnitude: UInt64, sign: UInt8?, to output: inout [UInt8]) {
    // The digits are appended first, then what has to stand around them is inserted: most numbers need nothing.
    let start = output.count
    if magnitude != 0 || precision != 0 { append(digitsOf: magnitude, to: &output) }
    var digitCount = output.count - start
    var zeros = max(0, (precision ?? 1) - digitCount)
    if verb == .octal, isAlternative, zeros == 0, digitCount == 0 || output[start] != UInt8(ascii: "0") {
      zeros = 1
    }
    let prefix = prefix(of: magnitude)
    digitCount += zeros
    let fixedCount = digitCount + prefix.utf8CodeUnitCount + (sign == nil ? 0 : 1)
    let missing = max(0, (width ?? 0) - fixedCount)
    var front: [UInt8] = []
    if missing > 0, !isLeftAligned {
      if padsWithZeros, precision == nil {
        zeros += missing
      } else {
        front.append(repeating: UInt8(ascii: " "), count: missing)
      }
    }
    if let sign { front.append(sign) }
    front.append(text: prefix)
    front.append(repeating: UInt8(ascii: "0"), count: zeros)
    if !front.isEmpty { output.insert(contentsOf: front, at: start) }
    if isLeftAligned { output.append(repeating: UInt8(ascii: " "), count: missing) }
  }

  /// Returns what stands in front of the digits of a number: `0x` for addresses and where `#` asks for it.
  private func prefix(of magnitude: UInt64) -> StaticString {
    switch verb {
    case .pointer: "0x"
    case .hexadecimal(let isUpperCase) where isAlternative && magnitude != 0: isUpperCase ? "0X" : "0x"
    default: ""
    }
  }

  /// Appends the digits of `magnitude` in the base of the conversion.
  private func append(digitsOf magnitude: UInt64, to output: inout [UInt8]) {
    switch verb {
    case .octal: output.append(octal: magnitude)
    case .hexadecimal(let isUpperCase): output.append(hexadecimal: magnitude, isUpperCase: isUpperCase)
    case .pointer: output.append(hexadecimal: magnitude)
    default: output.append(decimal: magnitude)
    }
  }

}
