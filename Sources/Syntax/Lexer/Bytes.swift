extension UInt8 {

  /// `true` iff `self` is a decimal digit.
  var isDigit: Bool { self >= UInt8(ascii: "0") && self <= UInt8(ascii: "9") }

  /// The value of `self` as a hexadecimal digit, nil iff it is none.
  var hexadecimalValue: UInt8? {
    switch self {
    case UInt8(ascii: "0")...UInt8(ascii: "9"): self - UInt8(ascii: "0")
    case UInt8(ascii: "a")...UInt8(ascii: "f"): self - UInt8(ascii: "a") + 10
    case UInt8(ascii: "A")...UInt8(ascii: "F"): self - UInt8(ascii: "A") + 10
    default: nil
    }
  }

  /// `true` iff a name may begin with `self`.
  var beginsName: Bool {
    let lower = self | 0x20
    return lower >= UInt8(ascii: "a") && lower <= UInt8(ascii: "z") || self == UInt8(ascii: "_")
  }

  /// `true` iff `self` may be in a name.
  var continuesName: Bool { beginsName || isDigit }

  /// `true` iff `self` is white space.
  var isSpace: Bool { self == UInt8(ascii: " ") || self >= 9 && self <= 13 }

}
