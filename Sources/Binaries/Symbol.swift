/// A name in a file and what it stands for.
public struct Symbol: Hashable, Sendable {

  /// What a symbol stands for (`st_info`); other kinds than these exist.
  public struct Kind: RawRepresentable, Hashable, Sendable {

    /// The number.
    public let rawValue: UInt8

    /// Creates the kind with the given number.
    public init(rawValue: UInt8) { self.rawValue = rawValue }

    /// Something without a type: a label in a file of assembly language.
    public static let none = Kind(rawValue: 0)

    /// A variable.
    public static let object = Kind(rawValue: 1)

    /// A function.
    public static let function = Kind(rawValue: 2)

    /// A function that chooses, when the file is loaded, the function that is called by the name.
    public static let indirectFunction = Kind(rawValue: 10)

  }

  /// Who can use a symbol (`st_info`).
  public struct Binding: RawRepresentable, Hashable, Sendable {

    /// The number.
    public let rawValue: UInt8

    /// Creates the binding with the given number.
    public init(rawValue: UInt8) { self.rawValue = rawValue }

    /// The file that it was compiled from.
    public static let local = Binding(rawValue: 0)

    /// Everybody.
    public static let global = Binding(rawValue: 1)

    /// Everybody, unless another file has it, too.
    public static let weak = Binding(rawValue: 2)

  }

  /// The place in the table.
  public let index: Int

  /// The address relative to where the file is loaded.
  public let address: UInt64

  /// The number of bytes, 0 if it is not known.
  public let size: UInt64

  /// What it stands for.
  public let kind: Kind

  /// Who can use it.
  public let binding: Binding

  /// The index of the section that it is in; 0 if another file has it.
  public let section: UInt16

  /// `true` iff the symbol is in this file.
  public var isDefined: Bool { section != 0 }

  /// `true` iff the symbol is a function of this file, one that chooses a function included.
  public var isFunction: Bool {
    isDefined && address != 0 && (kind == .function || kind == .indirectFunction)
  }

}
