import Kernel
import Syntax
import Types

/// The search for the functions that a probe is in.
struct UserFunctionSearch {

  /// A place that was found.
  struct Place {

    /// The name behind the file's.
    let name: String

    /// The function, empty if it is not known.
    let function: String

    /// The place in the file.
    let offset: UInt64

    /// `true` iff it is the start of a function.
    let isEntry: Bool

  }

  /// What is looked for.
  private let request: UserFunctionRequest

  /// The programs and libraries.
  private let binaries: any BinaryView

  /// `true` iff places are allowed that cannot be checked.
  private let allowsUnsafe: Bool

  /// What names are compared with.
  private let pattern: Wildcard

  /// Creates a search for what `request` asks for.
  init(_ request: UserFunctionRequest, on kernel: any KernelView, settings: Settings) {
    self.request = request
    binaries = kernel.binaries
    allowsUnsafe = settings.allowsUnsafe
    pattern = Wildcard(request.function)
  }

  /// Returns the places in `binary`, at least one, each once, sorted by their names.
  func places(in binary: TargetBinary) throws(ProbeFault) -> [Place] {
    if let line = request.line { return try places(of: line, in: binary) }
    if let address = request.address { return [try place(at: address, in: binary)] }
    let found = try asking { view throws(BinaryLookupFault) in
      try view.functions(of: binary, in: request.language) { pattern.matches($0) }
    }
    var functions = found
    if let version = request.version {
      functions = functions.filter { $0.version == version }
      if functions.isEmpty, !found.isEmpty { throw .unknownVersion(version, of: found, at: request.part) }
    } else if !pattern.isPattern, functions.contains(where: \.isPreferredVersion) {
      functions = functions.filter(\.isPreferredVersion)
    }
    if functions.isEmpty { throw try missing(in: binary) }
    let implemented = functions.filter { !$0.isChooser }
    if implemented.isEmpty {
      if pattern.isPattern { throw .noMatch(request.spec) }
      throw .indirectFunction(
        request.function, at: request.part, among: try allFunctions(of: binary, in: nil))
    }
    var result: [Place] = []
    for function in implemented.distinctPlaces {
      try check(function, in: binary)
      let place = function.offset + request.offset
      if !allowsUnsafe, let length = binaries.misreadInstructionLength(at: place, in: binary) {
        if pattern.isPattern { continue }
        throw .misreadInstruction(request, next: request.offset + length)
      }
      result.append(
        Place(
          name: function.name(in: request.language) + (request.offset == 0 ? "" : "+\(request.offset)"),
          function: function.readableName ?? function.symbol, offset: place, isEntry: request.offset == 0))
    }
    if result.isEmpty { throw .noMatch(request.spec) }
    return result
  }

  /// Returns the answer to `question`.
  private func asking<Answer>(
    _ question: (any BinaryView) throws(BinaryLookupFault) -> Answer
  ) throws(ProbeFault) -> Answer {
    do {
      return try question(binaries)
    } catch {
      throw ProbeFault(error, at: request.binary?.site ?? request.spec.site)
    }
  }

  /// Returns all functions of `binary`, or those of a language.
  private func allFunctions(
    of binary: TargetBinary, in language: FunctionLanguage?
  ) throws(ProbeFault) -> [BinaryFunction] {
    try asking { view throws(BinaryLookupFault) in try view.functions(of: binary, in: language) { _ in true }
    }
  }

  /// Throws iff the place behind the start of `function` is none that can be probed without harm.
  private func check(_ function: BinaryFunction, in binary: TargetBinary) throws(ProbeFault) {
    if request.offset == 0 { return }
    if function.size > 0, request.offset >= function.size {
      throw .offsetBehindFunction(function.symbol, size: function.size, at: request.part)
    }
    // Of a function whose end is not known, the first instructions are in it nevertheless.
    if function.size == 0, !allowsUnsafe, request.offset > 32 { throw .uncheckedOffset(request.part) }
    if !allowsUnsafe { try checkInstruction(at: request.offset, in: function, of: binary) }
  }

  /// Throws iff no instruction starts `offset` bytes behind the start of `function`, or that cannot be told.
  private func checkInstruction(
    at offset: UInt64, in function: BinaryFunction, of binary: TargetBinary
  ) throws(ProbeFault) {
    switch binaries.hasInstruction(at: offset, in: function, of: binary) {
    case true: break
    case false: throw .insideInstruction(request.part)
    case nil: throw .uncheckedOffset(request.part)
    }
  }

  /// Returns the place at `address` in `binary`.
  private func place(at address: UInt64, in binary: TargetBinary) throws(ProbeFault) -> Place {
    let address = address &+ request.offset
    let code = try asking { view throws(BinaryLookupFault) in try view.code(at: address, in: binary) }
    guard let code else { throw .noCodeAtAddress(request.part, in: binary) }
    if !allowsUnsafe {
      guard let function = code.function else { throw .addressOutsideFunctions(request.part) }
      if address != function.address {
        try checkInstruction(at: address - function.address, in: function, of: binary)
      }
    }
    if !allowsUnsafe, binaries.misreadInstructionLength(at: code.offset, in: binary) != nil {
      throw .misreadInstruction(request, next: nil)
    }
    return Place(
      name: request.part.text, function: code.function?.symbol ?? "", offset: code.offset,
      isEntry: code.function?.address == address)
  }

  /// Returns the places in `binary` at which code of `line` begins: one, or one in each function that has such code.
  private func places(of line: SourceLine, in binary: TargetBinary) throws(ProbeFault) -> [Place] {
    guard binaries.hasDebugInformation(of: binary) else {
      throw .noDebugInformation(of: binary, at: line.binary)
    }
    let offsets = binaries.offsets(ofLine: line.number, in: line.file, of: binary)
    if offsets.isEmpty { throw .noCodeOfLine(request.part, in: line.file, of: binary) }
    return try offsets.map { offset throws(ProbeFault) in
      let function = try asking { view throws(BinaryLookupFault) in
        try view.function(atOffset: offset, in: binary)
      }
      if !allowsUnsafe, binaries.misreadInstructionLength(at: offset, in: binary) != nil {
        throw .misreadInstruction(request, next: nil)
      }
      let name = function?.symbol ?? ""
      let suffix = offsets.count == 1 ? "" : ":\(name.isEmpty ? String(offset) : name)"
      return Place(
        name: "\(line.number)\(suffix)", function: name, offset: offset, isEntry: offset == function?.offset)
    }
  }

  /// Returns why there is no function of the wanted name in `binary`.
  private func missing(in binary: TargetBinary) throws(ProbeFault) -> ProbeFault {
    if pattern.isPattern { return .noMatch(request.spec) }
    let imported = try asking { view throws(BinaryLookupFault) in try view.importedFunctions(of: binary) }
    if request.language == nil, imported.contains(request.function) {
      return .importedFunction(request.function, in: binary, at: request.part)
    }
    return .unknownUserFunction(
      request.function, in: binary, at: request.part,
      among: try allFunctions(of: binary, in: request.language).map(\.searchedName),
      isStripped: try asking { view throws(BinaryLookupFault) in try view.isStripped(binary) })
  }

}

extension Array where Element == BinaryFunction {

  /// The functions sorted by name, of those at one place the one with the plainest name: a function can have several.
  var distinctPlaces: [BinaryFunction] {
    var best: [UInt64: BinaryFunction] = [:]
    for function in self {
      if let other = best[function.offset], !function.isPlainer(than: other) { continue }
      best[function.offset] = function
    }
    return best.values.sorted { ($0.symbol, $0.offset) < ($1.symbol, $1.offset) }
  }

}

extension BinaryFunction {

  /// Returns the name as a probe has it behind the file's.
  func name(in language: FunctionLanguage?) -> String {
    if let language, let readableName { return "\(language.rawValue):\"\(readableName)\"" }
    if let version, !isPreferredVersion { return "\(symbol)@\(version)" }
    return symbol
  }

  /// The name by which a script would look for the function.
  fileprivate var searchedName: String {
    guard let readableName else { return symbol }
    return String(readableName.prefix { $0 != "(" })
  }

  /// Returns `true` iff the name says more than that of `other` to people: it is preferred, has fewer underscores in front, or
  /// is shorter.
  fileprivate func isPlainer(than other: BinaryFunction) -> Bool {
    if isPreferredVersion != other.isPreferredVersion { return isPreferredVersion }
    let (own, others) = (symbol.prefix { $0 == "_" }.count, other.symbol.prefix { $0 == "_" }.count)
    if own != others { return own < others }
    let (length, otherLength) = (symbol.utf8.count, other.symbol.utf8.count)
    return length != otherLength ? length < otherLength : symbol < other.symbol
  }

}
