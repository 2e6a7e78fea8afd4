import Binaries
import Glibc
public import Kernel

/// The programs and libraries of the machine, as the traced process sees them if there is one.
///
/// Each file is read when it is first asked for, and remembered.
public final class LiveBinaries: BinaryView {

  /// The process that is traced.
  let process: ViewedProcess?

  /// The files that were read, or why they could not be.
  private var files: [TargetBinary: Result<BinaryFile, BinaryLookupFault>] = [:]

  /// The functions that are called by the names of choosers in the libraries of this process.
  private lazy var implementations = ChosenImplementations()

  /// The folder that is looked into for files with debug information before the system's, nil if there is none.
  let debugFolder: String?

  /// The debug information of the files whose was asked for, nil for those that have none.
  var debugInformation: [TargetBinary: DebugInformation?] = [:]

  /// Creates the view of the given process, nil for none; see `LiveKernel`.
  init(of process: ViewedProcess?, debugFolder: String? = nil) {
    self.process = process
    self.debugFolder = debugFolder
  }

  /// `true` iff one process is traced.
  public var hasProcess: Bool { process != nil }

  /// Returns the file at the place that `binary` tells.
  func file(_ binary: TargetBinary) throws(BinaryLookupFault) -> BinaryFile {
    if let known = files[binary] { return try known.get() }
    let result: Result<BinaryFile, BinaryLookupFault>
    do {
      result = .success(try read(binary))
    } catch {
      result = .failure(error)
    }
    files[binary] = result
    return try result.get()
  }

  /// Reads the file at the place that `binary` tells.
  private func read(_ binary: TargetBinary) throws(BinaryLookupFault) -> BinaryFile {
    let file: BinaryFile
    do {
      file = try BinaryFile(binary.path, inRootOf: binary.root)
    } catch {
      switch error {
      case .unreadable(ENOENT), .unreadable(ENOTDIR): throw .noFile(binary.path)
      case .unreadable(let number): throw .unreadable(binary.path, reason: explanation(of: number))
      case .notELF: throw .notBinary(binary.path, interpreter: interpreter(of: binary))
      case .notLoadable: throw .notBinary(binary.path, interpreter: nil)
      case .wrongByteOrder:
        throw .otherMachine(binary.path, machine: "another byte order", current: Machine.current.name)
      case .malformed: throw .damaged(binary.path)
      }
    }
    guard file.machine == .current, file.is64Bit else {
      let name = file.machine == .current ? "\(file.machine.name) with 32-bit addresses" : file.machine.name
      throw .otherMachine(binary.path, machine: name, current: Machine.current.name)
    }
    return file
  }

  /// Returns the program that `binary`, a script, says that it is for; nil if it says none.
  private func interpreter(of binary: TargetBinary) -> String? {
    guard let descriptor = try? BinaryFile.open(binary.path, inRootOf: binary.root) else { return nil }
    defer { close(descriptor) }
    var bytes = [UInt8](repeating: 0, count: 256)
    let count = pread(descriptor, &bytes, bytes.count, 0)
    guard count > 2, bytes.starts(with: "#!".utf8) else { return nil }
    let line = bytes[2..<count].drop { $0 == UInt8(ascii: " ") }.prefix { $0 > UInt8(ascii: " ") }
    return line.isEmpty ? nil : String(decoding: line, as: UTF8.self)
  }

  /// Returns the functions in `binary` whose names satisfy `isWanted`.
  public func functions(
    of binary: TargetBinary, in language: FunctionLanguage?,
    where isWanted: (UnsafeBufferPointer<UInt8>) -> Bool
  ) throws(BinaryLookupFault) -> [BinaryFunction] {
    let file = try file(binary)
    var result: [BinaryFunction] = []
    var seen: Set<NamedAddress> = []
    // Many functions are in both tables; that for the loader tells their versions.
    for table in [file.dynamicSymbols, file.symbols] {
      table.forEach { symbol, name in
        guard symbol.isFunction else { return true }
        let name = table.isDynamic ? name : name.withoutVersion
        var readable: String? = nil
        if let language {
          readable = language.readableName(of: name, where: isWanted)
          if readable == nil { return true }
        } else if !isWanted(name) {
          return true
        }
        let text = String(decoding: name, as: UTF8.self)
        guard seen.insert(NamedAddress(name: text, address: symbol.address)).inserted else { return true }
        if let function = function(symbol, named: text, readable, in: file, table) { result.append(function) }
        return true
      }
    }
    return result
  }

  /// A symbol's name and what it stands for.
  private struct NamedAddress: Hashable {

    /// The name.
    let name: String

    /// The address.
    let address: UInt64

  }

  /// Returns the function that `symbol` of `table` is, nil if it is in no place of the file.
  private func function(
    _ symbol: Symbol, named name: String, _ readable: String?, in file: BinaryFile, _ table: SymbolTable
  ) -> BinaryFunction? {
    var (address, isChooser) = (symbol.address, symbol.kind == .indirectFunction)
    if isChooser, let chosen = implementations.offset(of: name, in: file.identity),
      let found = file.address(ofOffset: chosen)
    {
      (address, isChooser) = (found, false)
    }
    guard let offset = file.offset(ofAddress: address) else { return nil }
    let version = table.version(of: symbol)
    return BinaryFunction(
      symbol: name, readableName: readable, version: version?.name,
      isPreferredVersion: version?.isDefault ?? true, address: address, offset: offset,
      size: symbol.kind == .indirectFunction ? 0 : symbol.size, isChooser: isChooser)
  }

  /// Returns what `binary` has at `address`, nil if it has no code there.
  public func code(at address: UInt64, in binary: TargetBinary) throws(BinaryLookupFault) -> BinaryCode? {
    let file = try file(binary)
    guard file.hasCode(atAddress: address), let offset = file.offset(ofAddress: address) else { return nil }
    var found: BinaryFunction?
    for table in [file.dynamicSymbols, file.symbols] {
      table.forEach { symbol, name in
        guard symbol.isFunction, address >= symbol.address, address - symbol.address < max(symbol.size, 1)
        else {
          return true
        }
        found = function(symbol, named: String(decoding: name, as: UTF8.self), nil, in: file, table)
        return found == nil
      }
      if found != nil { break }
    }
    return BinaryCode(offset: offset, function: found)
  }

  /// Returns the names of the functions that `binary` takes from other files, sorted.
  public func importedFunctions(of binary: TargetBinary) throws(BinaryLookupFault) -> [String] {
    var names: Set<String> = []
    try file(binary).dynamicSymbols.forEach { symbol, name in
      if !symbol.isDefined, symbol.kind == .function || symbol.kind == .none {
        names.insert(String(decoding: name, as: UTF8.self))
      }
      return true
    }
    return names.sorted()
  }

  /// Returns `true` iff the names of functions that only `binary` itself uses were removed from it.
  public func isStripped(_ binary: TargetBinary) throws(BinaryLookupFault) -> Bool {
    try file(binary).symbols.isEmpty
  }

  /// Returns the number of bytes of the instruction at `offset` in the file if the kernel takes it for another one, else nil.
  public func misreadInstructionLength(at offset: UInt64, in binary: TargetBinary) -> UInt64? {
    (try? file(binary))?.misreadInstructionLength(atOffset: offset).map(UInt64.init)
  }

  /// Returns `true` iff an instruction starts `offset` bytes behind the start of `function`, nil if that cannot be told.
  public func hasInstruction(at offset: UInt64, in function: BinaryFunction, of binary: TargetBinary) -> Bool?
  {
    (try? file(binary))?.hasInstruction(at: offset, behind: function.offset)
  }

}

extension FunctionLanguage {

  /// Returns the name that `symbol` stands for in the language, with the types of parameters, iff that or the same without
  /// them satisfies `isWanted`; else nil.
  fileprivate func readableName(
    of symbol: UnsafeBufferPointer<UInt8>, where isWanted: (UnsafeBufferPointer<UInt8>) -> Bool
  ) -> String? {
    guard let mangling = Mangling(of: symbol) else { return nil }
    switch (self, mangling) {
    // Rust's older symbols are C++'s as well.
    case (.cpp, .cxx), (.rust, .rust), (.swift, .swift): break
    default: return nil
    }
    guard var name = Mangling.name(of: symbol) else { return nil }
    if name.withUTF8(isWanted) { return name }
    guard var plain = Mangling.name(of: symbol, showsParameters: false), plain.withUTF8(isWanted) else {
      return nil
    }
    return name
  }

}

extension UnsafeBufferPointer<UInt8> {

  /// The name without the version that linkers put behind it in the table for debuggers: `f` for `f@@VERSION`.
  fileprivate var withoutVersion: Self {
    guard let start = baseAddress, let at = memchr(start, Int32(UInt8(ascii: "@")), count),
      UnsafeRawPointer(at) > UnsafeRawPointer(start)
    else { return self }
    return Self(start: start, count: UnsafeRawPointer(at) - UnsafeRawPointer(start))
  }

}

/// Returns what the error number means, in the C library's words, in lower case.
private func explanation(of number: Int32) -> String { FileError(number: number).explanation }
