import Glibc
import Kernel
import Types

/// Programs and libraries whose files are noted when they are read or looked for.
final class RecordingBinaries: BinaryView {

  /// The programs and libraries.
  private let binaries: any BinaryView

  /// What is noted.
  private let log: DependencyLog

  /// Returns where debug information of a program is looked for.
  private let debugFiles: (TargetBinary) -> [String]

  /// Creates a view of `binaries` that writes into `log`.
  init(
    _ binaries: any BinaryView, into log: DependencyLog, debugFiles: @escaping (TargetBinary) -> [String]
  ) {
    self.binaries = binaries
    self.log = log
    self.debugFiles = debugFiles
  }

  /// Notes that `binary` is read, and its debug information if that is wanted.
  private func note(_ binary: TargetBinary, withDebugInformation: Bool = false) {
    if binary.root != nil { log.forbid("it depends on a running process") }
    log.note(file: binary.path)
    if withDebugInformation { for file in debugFiles(binary) { log.note(file: file) } }
  }

  /// `true` iff tracing is narrowed to a process.
  var hasProcess: Bool { binaries.hasProcess }

  /// Returns the programs and libraries that `name` denotes.
  func binaries(named name: String?) throws(BinaryLookupFault) -> [TargetBinary] {
    if let name, !name.utf8.contains(where: { "*?[".utf8.contains($0) }) {
      note(search: name)
    } else {
      log.forbid("it depends on which programs there are")
    }
    let found = try binaries.binaries(named: name)
    for binary in found { note(binary) }
    return found
  }

  /// Notes all places where `name` may be found.
  private func note(search name: String) {
    if name.contains("/") { return log.note(file: name) }
    let libraries = "/etc/ld.so.cache"
    if access(libraries, R_OK) != 0 { log.forbid("there is no list of libraries") }
    log.note(file: libraries)
    log.note(file: "./\(name)")
    let folders = getenv("PATH").map { String(cString: $0) } ?? ""
    for folder in folders.split(separator: ":") { log.note(file: "\(folder)/\(name)") }
  }

  /// Returns the functions of `binary` that are wanted.
  func functions(
    of binary: TargetBinary, in language: FunctionLanguage?,
    where isWanted: (UnsafeBufferPointer<UInt8>) -> Bool
  ) throws(BinaryLookupFault) -> [BinaryFunction] {
    note(binary)
    return try binaries.functions(of: binary, in: language, where: isWanted)
  }

  /// Returns the code at `address` of `binary`.
  func code(at address: UInt64, in binary: TargetBinary) throws(BinaryLookupFault) -> BinaryCode? {
    note(binary)
    return try binaries.code(at: address, in: binary)
  }

  /// Returns whether an instruction starts at `offset` of `function`.
  func hasInstruction(at offset: UInt64, in function: BinaryFunction, of binary: TargetBinary) -> Bool? {
    note(binary)
    return binaries.hasInstruction(at: offset, in: function, of: binary)
  }

  /// Returns the length that the kernel takes the instruction at `offset` to have, if that is wrong.
  func misreadInstructionLength(at offset: UInt64, in binary: TargetBinary) -> UInt64? {
    note(binary)
    return binaries.misreadInstructionLength(at: offset, in: binary)
  }

  /// Returns the names of the functions that `binary` takes from libraries.
  func importedFunctions(of binary: TargetBinary) throws(BinaryLookupFault) -> [String] {
    note(binary)
    return try binaries.importedFunctions(of: binary)
  }

  /// Returns the static probes of `binary`.
  func staticProbes(of binary: TargetBinary) throws(BinaryLookupFault) -> [StaticProbe] {
    note(binary)
    return try binaries.staticProbes(of: binary)
  }

  /// Returns the programs and libraries that run.
  func runningBinaries() -> [TargetBinary] {
    log.forbid("it depends on what is running")
    return binaries.runningBinaries()
  }

  /// Returns `true` iff `binary` has no symbols but those for the loader.
  func isStripped(_ binary: TargetBinary) throws(BinaryLookupFault) -> Bool {
    note(binary)
    return try binaries.isStripped(binary)
  }

  /// Returns the symbol `name` of `binary`.
  func symbol(named name: String, in binary: TargetBinary) throws(BinaryLookupFault) -> BinarySymbol? {
    note(binary)
    return try binaries.symbol(named: name, in: binary)
  }

  /// Returns `true` iff `binary` is loaded wherever there is room.
  func isRelocatable(_ binary: TargetBinary) throws(BinaryLookupFault) -> Bool {
    note(binary)
    return try binaries.isRelocatable(binary)
  }

  /// Returns the address of the byte at `offset` of `binary`.
  func address(ofOffset offset: UInt64, in binary: TargetBinary) throws(BinaryLookupFault) -> UInt64? {
    note(binary)
    return try binaries.address(ofOffset: offset, in: binary)
  }

  /// Returns the function that the code at `offset` of `binary` belongs to.
  func function(atOffset offset: UInt64, in binary: TargetBinary) throws(BinaryLookupFault) -> BinaryFunction?
  {
    note(binary)
    return try binaries.function(atOffset: offset, in: binary)
  }

  /// Returns `true` iff there is debug information of `binary`.
  func hasDebugInformation(of binary: TargetBinary) -> Bool {
    note(binary, withDebugInformation: true)
    return binaries.hasDebugInformation(of: binary)
  }

  /// Returns what debug information tells about the function at `offset` of `binary`.
  func signature(ofFunctionAt offset: UInt64, in binary: TargetBinary) -> UserFunctionSignature? {
    note(binary, withDebugInformation: true)
    return binaries.signature(ofFunctionAt: offset, in: binary)
  }

  /// Returns where the code of a line is.
  func offsets(ofLine line: Int, in file: String, of binary: TargetBinary) -> [UInt64] {
    note(binary, withDebugInformation: true)
    return binaries.offsets(ofLine: line, in: file, of: binary)
  }

  // What follows comes from debug information that was asked for before.

  /// The layout of a structure.
  func layout(of structure: StructureName) -> StructureLayout? { binaries.layout(of: structure) }

  /// The constants of an enumeration.
  func enumeration(named name: String) -> EnumerationLayout? { binaries.enumeration(named: name) }

  /// The constant `name` of whatever enumeration has it.
  func constant(named name: String) -> (enumeration: String, type: IntegerType, value: Int64)? {
    binaries.constant(named: name)
  }

  /// The type that `name` was defined to be.
  func type(named name: String) -> Type? { binaries.type(named: name) }

}
