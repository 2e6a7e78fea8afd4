public import Kernel
public import Types

/// A few programs and libraries of the imagination.
public final class RecordedBinaries: BinaryView {

  /// `true` iff one process is traced, which runs the program `/bin/app`.
  public var hasProcess = false

  /// `true` iff debug information was asked for.
  private var isDescribed = false

  /// Creates the files.
  public init() {}

  /// The functions of each file by its path.
  private static let functions: [String: [BinaryFunction]] = [
    "/bin/app": [
      BinaryFunction(symbol: "main", address: 0x1100, offset: 0x100, size: 0x20),
      BinaryFunction(symbol: "work", address: 0x1120, offset: 0x120, size: 0x10),
      BinaryFunction(symbol: "__work_alias", address: 0x1120, offset: 0x120, size: 0x10),
      BinaryFunction(symbol: "worker_loop", address: 0x1140, offset: 0x140),
      BinaryFunction(symbol: "split.part.0", address: 0x1150, offset: 0x150, size: 8),
      BinaryFunction(symbol: "_ZN1A1fEi", readableName: "A::f(int)", address: 0x1160, offset: 0x160, size: 8),
      BinaryFunction(
        symbol: "_ZN1A1fEc", readableName: "A::f(char)", address: 0x1170, offset: 0x170, size: 8),
      BinaryFunction(
        symbol: "_ZN1ApLEi", readableName: "A::operator+(int)", address: 0x1180, offset: 0x180, size: 8),
    ],
    "/lib/libsample.so.1": [
      BinaryFunction(symbol: "sample", version: "S_2", address: 0x2100, offset: 0x2100, size: 8),
      BinaryFunction(
        symbol: "sample", version: "S_1", isPreferredVersion: false, address: 0x2000, offset: 0x2000, size: 8),
      BinaryFunction(symbol: "choose", address: 0x2200, offset: 0x2200, size: 8, isChooser: true),
      BinaryFunction(symbol: "choose_fast", address: 0x2300, offset: 0x2300, size: 8),
      BinaryFunction(symbol: "worker_loop", address: 0x2400, offset: 0x2400, size: 8),
    ],
  ]

  /// Returns the files that `name` denotes.
  public func binaries(named name: String?) throws(BinaryLookupFault) -> [TargetBinary] {
    switch name {
    case nil:
      if hasProcess { return [TargetBinary(path: "/bin/app")] }
      throw .noProcess
    case "/bin/plain": return [TargetBinary(path: "/bin/plain")]
    case "/bin/app", "app": return [TargetBinary(path: "/bin/app")]
    case "libsample", "libsample.so.1", "/lib/*": return [TargetBinary(path: "/lib/libsample.so.1")]
    case "*": return Self.functions.keys.sorted().map { TargetBinary(path: $0) }
    case "/bin/script": throw .notBinary("/bin/script", interpreter: "/bin/sh")
    case "/bin/foreign": throw .otherMachine("/bin/foreign", machine: "aarch64", current: "x86_64")
    case "/bin/locked": throw .unreadable("/bin/locked", reason: "permission denied")
    case "/bin/broken": throw .damaged("/bin/broken")
    case "/bin/ended": throw .processEnded(17)
    case .some(let name):
      if name.contains("*") { throw .noMatch(name) }
      if name.contains("/") { throw .noFile(name) }
      if name.hasPrefix("lib") { throw .noLibrary(name, candidates: ["libsample"]) }
      throw .noProgram(name)
    }
  }

  /// Returns the functions in `binary` whose names satisfy `isWanted`.
  public func functions(
    of binary: TargetBinary, in language: FunctionLanguage?,
    where isWanted: (UnsafeBufferPointer<UInt8>) -> Bool
  ) throws(BinaryLookupFault) -> [BinaryFunction] {
    (Self.functions[binary.path] ?? []).compactMap { function in
      var names = [function.symbol]
      if language != nil {
        guard language == .cpp, let name = function.readableName else { return nil }
        names = [name, String(name.prefix { $0 != "(" })]
      }
      guard names.contains(where: { name in Array(name.utf8).withUnsafeBufferPointer(isWanted) }) else {
        return nil
      }
      return BinaryFunction(
        symbol: function.symbol, readableName: language == nil ? nil : function.readableName,
        version: function.version, isPreferredVersion: function.isPreferredVersion, address: function.address,
        offset: function.offset, size: function.size, isChooser: function.isChooser)
    }
  }

  /// Returns what `binary` has at `address`: functions, and behind them code of nobody up to 0x1f00.
  public func code(at address: UInt64, in binary: TargetBinary) throws(BinaryLookupFault) -> BinaryCode? {
    guard address >= 0x1100, address < 0x1f00 else { return nil }
    let function = try functions(of: binary, in: nil) { _ in true }.first {
      address >= $0.address && address - $0.address < $0.size
    }
    return BinaryCode(offset: address - 0x1000, function: function)
  }

  /// Returns `true` iff `offset` is even; it cannot be told of `work`.
  public func hasInstruction(at offset: UInt64, in function: BinaryFunction, of binary: TargetBinary) -> Bool?
  {
    function.address == 0x1120 ? nil : offset % 2 == 0
  }

  /// Returns the length of the first instruction of `choose_fast`.
  public func misreadInstructionLength(at offset: UInt64, in binary: TargetBinary) -> UInt64? {
    offset == 0x2300 ? 6 : nil
  }

  /// Returns the names of the functions that `binary` takes from other files.
  public func importedFunctions(of binary: TargetBinary) throws(BinaryLookupFault) -> [String] {
    binary.path == "/bin/app" ? ["puts"] : []
  }

  /// Returns `true` iff `binary` is the library.
  public func isStripped(_ binary: TargetBinary) throws(BinaryLookupFault) -> Bool {
    binary.path != "/bin/app"
  }

  /// Returns `true` iff `binary` is the program.
  public func hasDebugInformation(of binary: TargetBinary) -> Bool { binary.path == "/bin/app" }

  /// Returns a function, or the variable `counter` of the program.
  public func symbol(named name: String, in binary: TargetBinary) throws(BinaryLookupFault) -> BinarySymbol? {
    if name == "counter", binary.path == "/bin/app" { return BinarySymbol(address: 0x4000, size: 4) }
    let function = Self.functions[binary.path]?.first { $0.symbol == name }
    return function.map { BinarySymbol(address: $0.address, size: $0.size) }
  }

  /// Returns `true` iff `binary` is the program.
  public func isRelocatable(_ binary: TargetBinary) throws(BinaryLookupFault) -> Bool {
    binary.path == "/bin/app"
  }

  /// Returns the address of the byte at `offset`: the program's are a page behind.
  public func address(ofOffset offset: UInt64, in binary: TargetBinary) throws(BinaryLookupFault) -> UInt64? {
    binary.path == "/bin/app" ? offset + 0x1000 : offset
  }

  /// Returns the function at `offset`.
  public func function(
    atOffset offset: UInt64, in binary: TargetBinary
  ) throws(BinaryLookupFault) -> BinaryFunction? {
    Self.functions[binary.path]?.first { offset >= $0.offset && offset - $0.offset < max($0.size, 1) }
  }

  /// Returns what is known about `work`.
  public func signature(ofFunctionAt offset: UInt64, in binary: TargetBinary) -> UserFunctionSignature? {
    guard binary.path == "/bin/app", offset == 0x120 else { return nil }
    isDescribed = true
    let job = Type.structure(StructureType(StructureName(.struct, "job")))
    let character = Type.integer(IntegerType(width: 8, isSigned: true))
    return UserFunctionSignature(parameters: [
      .init(name: "count", type: .int32, declaration: "int count", register: 0),
      .init(name: "weight", type: .uint64, declaration: "double weight", register: nil),
      .init(name: "job", type: .pointer(to: job, .user), declaration: "struct job *job", register: 1),
      .init(name: "name", type: .pointer(to: character, .user), declaration: "const char *name", register: 2),
    ])
  }

  /// Returns no places but one of the line 12 of `app.c`.
  public func offsets(ofLine line: Int, in file: String, of binary: TargetBinary) -> [UInt64] {
    binary.path == "/bin/app" && line == 12 && file == "app.c" ? [0x124] : []
  }

  /// Returns the layout of `struct job`, once a function was asked for that has one.
  public func layout(of structure: StructureName) -> StructureLayout? {
    guard isDescribed, structure == StructureName(.struct, "job") else { return nil }
    let job = Type.structure(StructureType(structure))
    return StructureLayout(
      size: 16,
      members: [
        .init(name: "next", type: .pointer(to: job, .user), offset: 0),
        .init(name: "state", type: .enumeration(name: "state", .uint32), offset: 8),
        .init(name: "priority", type: .int32, offset: 12),
      ])
  }

  /// Returns the constants of `enum state`, once a function was asked for.
  public func enumeration(named name: String) -> EnumerationLayout? {
    guard isDescribed, name == "state" else { return nil }
    return EnumerationLayout(
      type: .uint32, constants: [.init(name: "IDLE", value: 0), .init(name: "BUSY", value: 1)])
  }

  /// Returns a constant of `enum state`, once a function was asked for.
  public func constant(named name: String) -> (enumeration: String, type: IntegerType, value: Int64)? {
    enumeration(named: "state")?[name].map { ("state", .uint32, $0.value) }
  }

  /// Returns no type.
  public func type(named name: String) -> Type? { nil }

  /// Returns the marked places of `/bin/app` and of the library.
  public func staticProbes(of binary: TargetBinary) throws(BinaryLookupFault) -> [StaticProbe] {
    switch binary.path {
    case "/bin/app":
      [
        StaticProbe(
          namespace: "app", name: "begin", address: 0x1108, offset: 0x108, semaphoreOffset: 0x3010,
          arguments: "-4@%edi 8@-16(%rbp) 4@$7 4f@%xmm0"),
        StaticProbe(
          namespace: "app", name: "begin", address: 0x1128, offset: 0x128, arguments: "-4@%esi 8@%rbx"),
        StaticProbe(namespace: "app", name: "end", address: 0x1138, offset: 0x138, arguments: ""),
        StaticProbe(
          namespace: "other", name: "end", address: 0x1148, offset: 0x148,
          arguments: "1@counter+2(%rip) -2@%ah 8@nowhere(%rip)"),
      ]
    case "/lib/libsample.so.1":
      [StaticProbe(namespace: "sample", name: "end", address: 0x2108, offset: 0x2108, arguments: "8@%rax")]
    default: []
    }
  }

  /// Returns all files.
  public func runningBinaries() -> [TargetBinary] {
    Self.functions.keys.sorted().map { TargetBinary(path: $0) }
  }

}
