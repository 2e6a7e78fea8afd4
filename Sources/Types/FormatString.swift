/// A format of `printf`, taken apart: what the compiler checks arguments against and the printer follows.
public struct FormatString: Hashable, Codable, Sendable {

  /// The pieces in order.
  public let pieces: [Piece]

  /// Creates an instance with the given pieces.
  public init(pieces: [Piece]) { self.pieces = pieces }

  /// A piece of a format.
  public enum Piece: Hashable, Codable, Sendable {

    /// Text that stands for itself, `%%` already replaced.
    case literal([UInt8])

    /// The place of an argument.
    case conversion(Conversion)

  }

  /// What is taken from the values behind a format, in order.
  public enum Argument: Hashable, Codable, Sendable {

    /// The value that the conversion prints.
    case value(Conversion)

    /// The width or the precision of the conversion (`*`).
    case number(Conversion)

    /// The conversion.
    public var conversion: Conversion {
      switch self {
      case .value(let c), .number(let c): c
      }
    }

  }

  /// What is taken from the values behind the format, in order.
  public var arguments: [Argument] {
    var result: [Argument] = []
    for case .conversion(let conversion) in pieces {
      if conversion.takesWidth { result.append(.number(conversion)) }
      if conversion.takesPrecision { result.append(.number(conversion)) }
      result.append(.value(conversion))
    }
    return result
  }

  /// How one argument is printed.
  public struct Conversion: Hashable, Codable, Sendable {

    /// What decides how the argument is read and printed.
    public enum Verb: Hashable, Codable, Sendable {

      /// `%d`, `%i`: a signed decimal number.
      case signed

      /// `%u`: an unsigned decimal number.
      case unsigned

      /// `%o`: an octal number.
      case octal

      /// `%x`, `%X`: a hexadecimal number.
      case hexadecimal(isUpperCase: Bool)

      /// `%p`: an address.
      case pointer

      /// `%c`: a character.
      case character

      /// `%s`: any printable value.
      case text

      /// `%gr`: the flags of an allocation in the kernel.
      case allocationFlags

      /// `%r`, `%rx`, `%rh`: the bytes of a buffer.
      case bytes(BytesStyle)

    }

    /// How a buffer is printed.
    public enum BytesStyle: String, Hashable, Codable, Sendable {

      /// `%r`: printable characters as they are, the others as `\x01`.
      case escaped

      /// `%rx`: hexadecimal with `\x` in front of every byte.
      case escapedHexadecimal

      /// `%rh`: hexadecimal, bytes apart.
      case plainHexadecimal

    }

    /// What decides how the argument is read and printed.
    public var verb: Verb

    /// `-`: flush left.
    public var isLeftAligned = false

    /// `+`: a sign in front of every signed number.
    public var showsPlus = false

    /// A space in front of numbers without a sign.
    public var showsSpace = false

    /// `#`: the alternative form (`0x`, `0`).
    public var isAlternative = false

    /// `0`: zeros in front up to the width.
    public var padsWithZeros = false

    /// The least number of characters, if given.
    public var width: Int? = nil

    /// The precision, if given.
    public var precision: Int? = nil

    /// `true` iff the width is an argument (`*`).
    public var takesWidth = false

    /// `true` iff the precision is an argument (`.*`).
    public var takesPrecision = false

    /// The bits that the length modifier leaves of an integer: 8 (`hh`), 16 (`h`), 32 or 64 (`l`, `ll`, `j`, `z`, `t`).
    public var length: Int? = nil

    /// The range of bytes of the conversion within the format, for messages.
    public var range: Range<Int> = 0..<0

    /// Returns the conversion with a width and a precision that are arguments, nil for those that are not, as C has them: a
    /// negative width means flush left, a negative precision none.
    public func with(width: Int64?, precision: Int64?) -> Conversion {
      var result = self
      if let width {
        result.width = Int(min(width.magnitude, UInt64(FormatString.greatestWidth)))
        result.isLeftAligned = isLeftAligned || width < 0
      }
      if let precision {
        result.precision = precision < 0 ? nil : Int(min(precision, Int64(FormatString.greatestWidth)))
      }
      return result
    }

    /// Creates an instance with the given verb and nothing else.
    public init(_ verb: Verb) { self.verb = verb }

  }

}
