internal import CLLVM

/// Builds a module's debug information, which the BPF back end turns into BTF.
///
/// It must be released before its module is.
public struct DebugInformation: ~Copyable {

  /// LLVM's builder.
  let builder: LLVMDIBuilderRef

  /// The owner of what is built.
  private let context: LLVMContextRef

  /// The one file.
  let file: LLVMMetadataRef

  /// The one compilation unit.
  private let unit: LLVMMetadataRef

  /// The name of the one file. LLVM copies the lines of the file into the BTF if it exists: this is the name of none.
  public static let fileName = "/dev/null/script"

  /// The type `int`.
  private let int: LLVMMetadataRef

  /// The type of programs.
  private let program: LLVMMetadataRef

  /// DWARF's number for signed integers, `DW_ATE_signed`.
  static let signed: LLVMDWARFTypeEncoding = 5

  /// Creates a builder for `module`.
  public init(of module: borrowing LLVMModule) {
    context = module.context
    builder = LLVMCreateDIBuilder(module.module)
    let name = DebugInformation.fileName
    file = LLVMDIBuilderCreateFile(builder, name, name.utf8.count, "", 0)
    unit = LLVMDIBuilderCreateCompileUnit(
      builder, LLVMDWARFSourceLanguageC, file, "apus", 4, 1, "", 0, 0, "", 0, LLVMDWARFEmissionFull, 0, 0, 0,
      "", 0, "", 0)
    int = LLVMDIBuilderCreateBasicType(builder, "int", 3, 32, DebugInformation.signed, LLVMDIFlagZero)
    // The kernel wants parameters to have names, which take a variable each; nobody asks for the parameter.
    var signature: [LLVMMetadataRef?] = [int]
    program = LLVMDIBuilderCreateSubroutineType(builder, file, &signature, 1, LLVMDIFlagZero)
    DebugInformation.addFlag("Debug Info Version", 3, to: module)
    // LLVM writes no DWARF where CodeView is asked for, and CodeView only for Windows: what is left is BTF.
    DebugInformation.addFlag("CodeView", 1, to: module)
  }

  deinit { LLVMDisposeDIBuilder(builder) }

  /// Sets the flag `name` of `module`.
  private static func addFlag(_ name: String, _ value: Int64, to module: borrowing LLVMModule) {
    LLVMAddModuleFlag(
      module.module, LLVMModuleFlagBehaviorWarning, name, name.utf8.count,
      LLVMValueAsMetadata(module.constant(value, width: 32).reference))
  }

  /// Completes what was begun.
  public func finish() { LLVMDIBuilderFinalize(builder) }

  /// Describes `function`, which begins at `line`, as a program, or as a function of one iff it `isLocal`, and returns the scope of positions in it.
  @discardableResult
  public func describe(
    _ function: Function, named name: String, at line: Int, isLocal: Bool
  ) -> Metadata {
    describe(function, named: name, at: line, isLocal: isLocal, as: program)
  }

  /// Describes `function`, which begins at `line`, as one of the given type, and returns the scope of positions in it.
  private func describe(
    _ function: Function, named name: String, at line: Int, isLocal: Bool, as type: LLVMMetadataRef?
  ) -> Metadata {
    let scope = LLVMDIBuilderCreateFunction(
      builder, file, name, name.utf8.count, "", 0, file, UInt32(line), type, isLocal ? 1 : 0, 1,
      UInt32(line), LLVMDIFlagZero, 1)!
    LLVMSetSubprogram(function.value.reference, scope)
    return Metadata(scope)
  }

  /// Describes `function`, which begins at `line`, as one of a program that the kernel looks at by itself, and returns the scope of
  /// positions in it. It takes the address of so many 64-bit words; nothing if there are none.
  public func describe(
    independent function: Function, named name: String, at line: Int, wordCount: Int
  ) -> Metadata {
    guard wordCount > 0 else { return describe(function, named: name, at: line, isLocal: false) }
    let word = metadata(of: .integer(name: "__u64", size: 8, isSigned: false))
    let words = LLVMDIBuilderCreatePointerType(
      builder, array(of: word, size: 64, count: wordCount), 64, 0, 0, "", 0)
    var signature: [LLVMMetadataRef?] = [int, words]
    let type = LLVMDIBuilderCreateSubroutineType(builder, file, &signature, 2, LLVMDIFlagZero)
    let scope = describe(function, named: name, at: line, isLocal: false, as: type)
    // The kernel wants parameters to have names.
    let parameter = "words"
    _ = LLVMDIBuilderCreateParameterVariable(
      builder, scope.reference, parameter, parameter.utf8.count, 1, file, UInt32(line), words, 1,
      LLVMDIFlagZero)
    return scope
  }

  /// Makes the instructions that `module` appends from now on come from `line` of `scope`.
  public func setLine(_ line: Int, in scope: Metadata, of module: borrowing LLVMModule) {
    LLVMSetCurrentDebugLocation2(
      module.builder,
      LLVMDIBuilderCreateDebugLocation(context, UInt32(truncatingIfNeeded: line), 0, scope.reference, nil))
  }

  /// Describes the variable at `address` as one of type `type`.
  public func describe(_ address: Value, named name: String, as type: DebugType) {
    describe(address, named: name, as: metadata(of: type))
  }

  /// An attribute of a map as libbpf reads it.
  public enum MapAttribute {

    /// A number, as libbpf's macro `__uint` writes it: a pointer to an array of so many integers.
    case number(Int)

    /// A type, as libbpf's macro `__type` writes it: a pointer to it.
    case type(DebugType)

  }

  /// Describes the variable at `address` as a BPF map whose attributes are `members`.
  public func describe(map address: Value, named name: String, members: [(name: String, value: MapAttribute)])
  {
    let types = members.enumerated().map { index, member in
      let target =
        switch member.value {
        case .number(let number): array(of: int, size: 32, count: number)
        case .type(let type): metadata(of: type)
        }
      let type = LLVMDIBuilderCreatePointerType(builder, target, 64, 0, 0, "", 0)
      return LLVMDIBuilderCreateMemberType(
        builder, file, member.name, member.name.utf8.count, file, 0, 64, 64, UInt64(index * 64),
        LLVMDIFlagZero, type)
    }
    var elements: [LLVMMetadataRef?] = types
    let structure = LLVMDIBuilderCreateStructType(
      builder, file, "", 0, file, 0, UInt64(elements.count * 64), 64, LLVMDIFlagZero, nil, &elements,
      UInt32(elements.count), 0, nil, "", 0)
    describe(address, named: name, as: structure)
  }

  /// Returns the type of `count` elements of `size` bits in a row.
  func array(of element: LLVMMetadataRef?, size: Int, count: Int) -> LLVMMetadataRef? {
    var range: [LLVMMetadataRef?] = [LLVMDIBuilderGetOrCreateSubrange(builder, 0, Int64(count))]
    return LLVMDIBuilderCreateArrayType(
      builder, UInt64(count * size), UInt32(size), element, &range, 1)
  }

  /// Describes the variable at `address` as one of type `type`.
  private func describe(_ address: Value, named name: String, as type: LLVMMetadataRef?) {
    let expression = LLVMDIBuilderCreateGlobalVariableExpression(
      builder, unit, name, name.utf8.count, "", 0, file, 0, type, 0,
      LLVMDIBuilderCreateExpression(builder, nil, 0), nil, 0)
    // The kind of metadata that is called "dbg" has the number 0.
    LLVMGlobalSetMetadata(address.reference, 0, expression)
  }

}
