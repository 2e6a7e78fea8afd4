extension FormatString.Conversion {

  /// Returns `true` iff a value of `type` can be printed by the conversion.
  ///
  /// Numbers are printed by the conversions for numbers, whatever stands for a number included; `%s` prints every
  /// value as `print` does.
  public func accepts(_ type: Type) -> Bool {
    switch verb {
    case .signed, .unsigned, .octal, .hexadecimal, .pointer, .character, .allocationFlags:
      type.asInteger != nil
    case .bytes: if case .buffer = type { true } else { false }
    case .text:
      switch type {
      case .none: false
      default: true
      }
    }
  }

  /// What the conversion prints, for messages: `'%d' prints an integer`.
  public var expectation: String {
    switch verb {
    case .signed, .unsigned, .octal, .hexadecimal, .allocationFlags: "an integer"
    case .pointer: "an address"
    case .character: "a character"
    case .bytes: "a buffer"
    case .text: "a printable value"
    }
  }

  /// The conversion as it is written, without flags, width and precision: `%d`.
  public var spelling: String {
    switch verb {
    case .signed: "%d"
    case .unsigned: "%u"
    case .octal: "%o"
    case .hexadecimal(let isUpperCase): isUpperCase ? "%X" : "%x"
    case .pointer: "%p"
    case .character: "%c"
    case .text: "%s"
    case .allocationFlags: "%gr"
    case .bytes(.escaped): "%r"
    case .bytes(.escapedHexadecimal): "%rx"
    case .bytes(.plainHexadecimal): "%rh"
    }
  }

}
