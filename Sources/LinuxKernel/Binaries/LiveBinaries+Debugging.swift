import Binaries
public import Kernel
public import Types

/// What debug information tells.
extension LiveBinaries {

  /// Returns the debug information of `binary`, that of a separate file if it has none itself; nil if there is none.
  private func debugInformation(of binary: TargetBinary) -> DebugInformation? {
    if let known = debugInformation[binary] { return known }
    var result: DebugInformation? = nil
    if let file = try? file(binary) {
      result = DebugInformation(of: file)
      if result == nil {
        let search = DebugFileSearch(lookingInto: debugFolder)
        result = search.debugFile(of: file, at: binary.path, in: roots(of: binary)).flatMap {
          DebugInformation(of: $0)
        }
      }
    }
    debugInformation[binary] = .some(result)
    return result
  }

  /// Returns the folders that show what `binary` sees as the root of all.
  private func roots(of binary: TargetBinary) -> [String] {
    (binary.root.map { ["/proc/\($0)/root"] } ?? []) + [""]
  }

  /// Returns the paths of the files besides `binary` that may have its debug information.
  public func debugFiles(of binary: TargetBinary) -> [String] {
    guard let file = try? file(binary) else { return [] }
    return DebugFileSearch(lookingInto: debugFolder).candidates(
      for: file, at: binary.path, in: roots(of: binary))
  }

  /// Returns `true` iff there is debug information of `binary`.
  public func hasDebugInformation(of binary: TargetBinary) -> Bool { debugInformation(of: binary) != nil }

  /// Returns the symbol `name` of `binary`, nil if there is none.
  public func symbol(named name: String, in binary: TargetBinary) throws(BinaryLookupFault) -> BinarySymbol? {
    let file = try file(binary)
    for table in [file.symbols, file.dynamicSymbols] {
      var found: BinarySymbol? = nil
      table.forEach { symbol, bytes in
        guard symbol.isDefined, symbol.address != 0, bytes.elementsEqual(name.utf8) else { return true }
        found = BinarySymbol(address: symbol.address, size: symbol.size)
        return false
      }
      if let found { return found }
    }
    return nil
  }

  /// Returns `true` iff `binary` is loaded wherever there is room.
  public func isRelocatable(_ binary: TargetBinary) throws(BinaryLookupFault) -> Bool {
    try file(binary).isRelocatable
  }

  /// Returns the address of the byte at `offset` of `binary`, relative to where it is loaded; nil if it is not in memory.
  public func address(ofOffset offset: UInt64, in binary: TargetBinary) throws(BinaryLookupFault) -> UInt64? {
    try file(binary).address(ofOffset: offset)
  }

  /// Returns the function that the code at `offset` of `binary` belongs to, nil if none is known.
  public func function(
    atOffset offset: UInt64, in binary: TargetBinary
  ) throws(BinaryLookupFault) -> BinaryFunction? {
    guard let address = try file(binary).address(ofOffset: offset) else { return nil }
    return try code(at: address, in: binary)?.function
  }

  /// Returns what debug information tells about the function at `offset` of `binary`, nil if it tells nothing.
  public func signature(ofFunctionAt offset: UInt64, in binary: TargetBinary) -> UserFunctionSignature? {
    guard let address = (try? file(binary))?.address(ofOffset: offset),
      let function = debugInformation(of: binary)?.function(at: address)
    else { return nil }
    return UserFunctionSignature(
      parameters: function.parameters.map {
        .init(name: $0.name, type: $0.type, declaration: $0.declaration, register: $0.register)
      })
  }

  /// Returns the places in `binary` at which code of a line begins, sorted.
  public func offsets(ofLine line: Int, in file: String, of binary: TargetBinary) -> [UInt64] {
    guard let program = try? self.file(binary), let information = debugInformation(of: binary) else {
      return []
    }
    return information.addresses(ofLine: line, in: file).compactMap { program.offset(ofAddress: $0) }
  }

  /// The layout of a structure of the files whose debug information was asked for.
  public func layout(of structure: StructureName) -> StructureLayout? {
    firstKnown { $0.layout(of: structure) }
  }

  /// The constants of an enumeration of the files whose debug information was asked for.
  public func enumeration(named name: String) -> EnumerationLayout? {
    firstKnown { $0.enumeration(named: name) }
  }

  /// The constant `name` of whatever enumeration of the files whose debug information was asked for.
  public func constant(named name: String) -> (enumeration: String, type: IntegerType, value: Int64)? {
    firstKnown { $0.constant(named: name) }
  }

  /// The type that is called `name` in the files whose debug information was asked for.
  public func type(named name: String) -> Type? { firstKnown { $0.type(named: name) } }

  /// Returns what `body` finds in the first debug information, of those that were asked for, in which it finds something.
  private func firstKnown<Answer>(_ body: (DebugInformation) -> Answer?) -> Answer? {
    for binary in debugInformation.keys.sorted() {
      if let information = debugInformation[binary] ?? nil, let answer = body(information) { return answer }
    }
    return nil
  }

}
