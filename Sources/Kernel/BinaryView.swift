public import Types

/// What the compiler wants to know about the programs and libraries on the machine: the running one or a recorded one.
///
/// Names are those that the traced process knows, if there is one.
public protocol BinaryView: AnyObject {

  /// `true` iff one process is traced, so that its program needs no name.
  var hasProcess: Bool { get }

  /// Returns the programs and libraries that `name` denotes, each file once, sorted, at least one: a path with wildcards or
  /// without, the name of a library or of a program; for nil the program of the traced process.
  func binaries(named name: String?) throws(BinaryLookupFault) -> [TargetBinary]

  /// Returns the functions in `binary` whose names, given as bytes, satisfy `isWanted`, in no particular order.
  ///
  /// With `language` the names are those of functions of that language as it writes them, once with the types of
  /// their parameters and once without.
  func functions(
    of binary: TargetBinary, in language: FunctionLanguage?,
    where isWanted: (UnsafeBufferPointer<UInt8>) -> Bool
  ) throws(BinaryLookupFault) -> [BinaryFunction]

  /// Returns what `binary` has at `address`, relative to where it is loaded; nil if it has no code there.
  func code(at address: UInt64, in binary: TargetBinary) throws(BinaryLookupFault) -> BinaryCode?

  /// Returns `true` iff an instruction starts `offset` bytes behind the start of `function`, nil if that cannot be told.
  func hasInstruction(at offset: UInt64, in function: BinaryFunction, of binary: TargetBinary) -> Bool?

  /// Returns the number of bytes of the instruction at `offset` in the file if the kernel would do another one in its place when
  /// there is a probe, which damages the program; else nil.
  func misreadInstructionLength(at offset: UInt64, in binary: TargetBinary) -> UInt64?

  /// Returns the names of the functions that `binary` takes from other files, sorted.
  func importedFunctions(of binary: TargetBinary) throws(BinaryLookupFault) -> [String]

  /// Returns the places in `binary` that its programmers marked, in the order of the file.
  func staticProbes(of binary: TargetBinary) throws(BinaryLookupFault) -> [StaticProbe]

  /// Returns the programs and libraries that some process runs, each file once, sorted.
  func runningBinaries() -> [TargetBinary]

  /// Returns `true` iff the names of functions that only `binary` itself uses were removed from it.
  func isStripped(_ binary: TargetBinary) throws(BinaryLookupFault) -> Bool

  /// Returns the symbol `name` of `binary`, a function or a variable; nil if there is none.
  func symbol(named name: String, in binary: TargetBinary) throws(BinaryLookupFault) -> BinarySymbol?

  /// Returns `true` iff `binary` is loaded wherever there is room.
  func isRelocatable(_ binary: TargetBinary) throws(BinaryLookupFault) -> Bool

  /// Returns the address of the byte at `offset` of `binary`, relative to where it is loaded; nil if it is not in memory.
  func address(ofOffset offset: UInt64, in binary: TargetBinary) throws(BinaryLookupFault) -> UInt64?

  /// Returns the function that the code at `offset` of `binary` belongs to, nil if none is known.
  func function(atOffset offset: UInt64, in binary: TargetBinary) throws(BinaryLookupFault) -> BinaryFunction?

  /// Returns `true` iff there is debug information of `binary`.
  func hasDebugInformation(of binary: TargetBinary) -> Bool

  /// Returns what debug information tells about the function at `offset` of `binary`, nil if it tells nothing.
  ///
  /// The types that it names are known by `layout`, `enumeration` and `type` from then on.
  func signature(ofFunctionAt offset: UInt64, in binary: TargetBinary) -> UserFunctionSignature?

  /// Returns the places in `binary` at which code of the line `line` of source files whose paths end in `file` begins, or that
  /// of the next line that has code; sorted.
  func offsets(ofLine line: Int, in file: String, of binary: TargetBinary) -> [UInt64]

  /// The layout of a structure of the programs and libraries whose debug information was asked for, nil if they have none of
  /// the name.
  func layout(of structure: StructureName) -> StructureLayout?

  /// The constants of an enumeration of the programs and libraries whose debug information was asked for, nil if they have none
  /// of the name.
  func enumeration(named name: String) -> EnumerationLayout?

  /// The constant `name` of whatever enumeration of the programs and libraries whose debug information was asked for, with the
  /// name of that, which is empty for one without; nil if there is none.
  func constant(named name: String) -> (enumeration: String, type: IntegerType, value: Int64)?

  /// The type that is called `name` in the programs and libraries whose debug information was asked for, nil if they have none.
  func type(named name: String) -> Type?

}

/// A program or a library that probes are in.
public struct TargetBinary: Hashable, Codable, Sendable, Comparable {

  /// The path, as probes in it are named.
  public let path: String

  /// The process whose root folder the path begins at, nil where that is ours.
  public let root: Int32?

  /// Creates an instance with the given properties.
  public init(path: String, root: Int32? = nil) {
    self.path = path
    self.root = root
  }

  /// Returns `true` iff `l` is listed in front of `r`.
  public static func < (l: Self, r: Self) -> Bool { l.path < r.path }

}

/// A language whose functions have names that are written differently in files.
public enum FunctionLanguage: String, Hashable, Sendable, CaseIterable { case cpp, rust, swift }

/// A function in a program or a library.
public struct BinaryFunction: Hashable, Sendable {

  /// The name in the file.
  public let symbol: String

  /// The name as its language writes it, nil unless a language was asked for.
  public let readableName: String?

  /// The version, nil if it has none.
  public let version: String?

  /// `false` iff there is a version that programs prefer.
  public let isPreferredVersion: Bool

  /// The address, relative to where the file is loaded.
  public let address: UInt64

  /// The place in the file.
  public let offset: UInt64

  /// The number of bytes, 0 if that is not known.
  public let size: UInt64

  /// `true` iff what is there only chooses the function that is called by this name.
  public let isChooser: Bool

  /// Creates an instance with the given properties.
  public init(
    symbol: String, readableName: String? = nil, version: String? = nil, isPreferredVersion: Bool = true,
    address: UInt64, offset: UInt64, size: UInt64 = 0, isChooser: Bool = false
  ) {
    self.symbol = symbol
    self.readableName = readableName
    self.version = version
    self.isPreferredVersion = isPreferredVersion
    self.address = address
    self.offset = offset
    self.size = size
    self.isChooser = isChooser
  }

}

/// A piece of code in a program or a library.
public struct BinaryCode: Hashable, Sendable {

  /// The place in the file.
  public let offset: UInt64

  /// The function that it is in, if that is known.
  public let function: BinaryFunction?

  /// Creates an instance with the given properties.
  public init(offset: UInt64, function: BinaryFunction?) {
    self.offset = offset
    self.function = function
  }

}

/// Why there is no program or library of a name, or why it cannot be used.
public enum BinaryLookupFault: Error, Hashable, Sendable {

  /// There is no file at the path.
  case noFile(String)

  /// No file matches the pattern.
  case noMatch(String)

  /// No library has the name; those with similar names are given.
  case noLibrary(String, candidates: [String])

  /// No program has the name.
  case noProgram(String)

  /// No name is given, and no process is traced.
  case noProcess

  /// The process has ended.
  case processEnded(Int32)

  /// The file cannot be read, for the given reason.
  case unreadable(String, reason: String)

  /// The file is not an ELF file, but a script for the given program if that is told.
  case notBinary(String, interpreter: String?)

  /// The file is for another machine.
  case otherMachine(String, machine: String, current: String)

  /// The tables in the file are damaged.
  case damaged(String)

}
