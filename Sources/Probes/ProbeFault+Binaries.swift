import Diagnostics
import Kernel
import Syntax

// One function for each fault of probes in programs and libraries, in alphabetical order.
extension ProbeFault {

  /// An address that no function has.
  static func addressOutsideFunctions(_ part: Name) -> ProbeFault {
    ProbeFault(
      .error(
        "the address '\(part.text)' is in no function that is known, so that a probe there may damage the program",
        at: part.site, hint: "give the option '--unsafe' to allow it"))
  }

  /// A function that another file has.
  static func importedFunction(
    _ function: String, in binary: TargetBinary, at part: Name
  ) -> ProbeFault {
    ProbeFault(
      .error(
        "'\(binary.path)' calls '\(function)' but does not have it: it is in a library", at: part.site,
        hint: "name the library, such as 'libc:\(function)'; 'ldd \(binary.path)' lists those that it uses"),
      isMissing: true)
  }

  /// A function that only chooses another one.
  static func indirectFunction(
    _ function: String, at part: Name, among functions: [BinaryFunction]
  ) -> ProbeFault {
    let similar = Set(functions.lazy.filter { !$0.isChooser && $0.symbol.contains(function) }.map(\.symbol))
    let names = similar.sorted().prefix(3).map { "'\($0)'" }.joined(separator: ", ")
    return ProbeFault(
      .error(
        "'\(function)' stands for one of several functions, chosen when a program starts", at: part.site,
        hint: names.isEmpty
          ? "probe the function that is chosen" : "probe the function that is chosen, such as \(names)"
      ))
  }

  /// A place between the first and the last byte of an instruction.
  static func insideInstruction(_ part: Name) -> ProbeFault {
    ProbeFault(
      .error(
        "no instruction starts at '\(part.text)': a probe there would damage the program", at: part.site,
        hint: "give the option '--unsafe' to allow it"))
  }

  /// An instruction that the kernel takes for another one; the next one is `next` bytes behind the function's start, if that is
  /// known.
  static func misreadInstruction(_ request: UserFunctionRequest, next: UInt64?) -> ProbeFault {
    let place = next.map { "'\(request.function)+\($0)'" }
    return ProbeFault(
      .error(
        "the kernel takes the instruction at '\(request.part.text)' for a jump: a probe there would damage the program",
        at: request.part.site,
        hint: request.isReturn || place == nil ? nil : "probe the next instruction, \(place ?? "")"))
  }

  /// An address without code.
  static func noCodeAtAddress(_ part: Name, in binary: TargetBinary) -> ProbeFault {
    ProbeFault(.error("'\(binary.path)' has no code at the address '\(part.text)'", at: part.site))
  }

  /// An offset that leads out of the function.
  static func offsetBehindFunction(_ function: String, size: UInt64, at part: Name) -> ProbeFault {
    ProbeFault(
      .error("the offset in '\(part.text)' is too large: '\(function)' has \(size) bytes", at: part.site))
  }

  /// An offset of which cannot be told whether an instruction starts there.
  static func uncheckedOffset(_ part: Name) -> ProbeFault {
    ProbeFault(
      .error(
        "it cannot be told whether an instruction starts at '\(part.text)'", at: part.site,
        hint: "give the option '--unsafe' to allow it"))
  }

  /// A language whose names cannot be read.
  static func unknownLanguage(_ language: Name) -> ProbeFault {
    let names = FunctionLanguage.allCases.map(\.rawValue)
    let near = suggestion(for: language.text, among: names)
    return ProbeFault(
      .error(
        "unknown language '\(language.text)' of a function\(near)", at: language.site,
        hint: "the languages are \(names.map { "'\($0)'" }.joined(separator: ", "))"))
  }

  /// A function that the file lacks.
  static func unknownUserFunction(
    _ function: String, in binary: TargetBinary, at part: Name, among names: [String], isStripped: Bool
  ) -> ProbeFault {
    let near = suggestion(for: function, among: names, limit: 3)
    // What compilers make of a function that they do not keep whole begins with its name.
    let pieces = names.filter { $0.hasPrefix("\(function).") }.sorted().prefix(3).map { "'\($0)'" }
    var hint: String? = nil
    if !pieces.isEmpty {
      hint = "the compiler kept parts of it only: \(pieces.joined(separator: ", "))"
    } else if isStripped {
      hint = "the file is stripped: the names of functions that no other file uses were removed from it"
    } else if near.isEmpty {
      hint = "the compiler may have put its code in place of the calls of it"
    }
    return ProbeFault(
      .error("'\(binary.path)' has no function '\(function)'\(near)", at: part.site, hint: hint),
      isMissing: true)
  }

  /// A version that the function does not have.
  static func unknownVersion(_ version: String, of functions: [BinaryFunction], at part: Name) -> ProbeFault {
    let versions = functions.compactMap(\.version).sorted().map { "'\($0)'" }.joined(separator: ", ")
    return ProbeFault(
      .error(
        "'\(functions[0].symbol)' has no version '\(version)'", at: part.site,
        hint: versions.isEmpty ? "it has no versions" : "it has \(versions)"),
      isMissing: true)
  }

  /// A kernel without uprobes.
  static func uprobesMissing(_ spec: ProbeSpec) -> ProbeFault {
    let option = Feature.uprobes.configurationOption ?? ""
    return ProbeFault(.error("this kernel has no uprobes: it was built without '\(option)'", at: spec.site))
  }

  /// Creates what `fault` means for the probe whose file is named at `site`.
  init(_ fault: BinaryLookupFault, at site: SourceSpan) {
    self.init(.error(fault.message, at: site, hint: fault.hint), isMissing: fault.isMissing)
  }

}

extension BinaryLookupFault {

  /// What is wrong.
  var message: String {
    switch self {
    case .noFile(let path): "there is no file '\(path)'"
    case .noMatch(let pattern): "no program or library matches '\(pattern)'"
    case .noLibrary(let name, let candidates):
      "there is no library '\(name)'\(suggestion(for: name, among: candidates, limit: 3))"
    case .noProgram(let name): "there is no program '\(name)'"
    case .noProcess: "the probe names no program or library, and no process is traced"
    case .processEnded(let process): "process \(process) has ended"
    case .unreadable(let path, let reason): "cannot read '\(path)': \(reason)"
    case .notBinary(let path, _): "'\(path)' is not a program or library: it is not an ELF file"
    case .otherMachine(let path, let machine, let current):
      "'\(path)' is for another machine: for \(machine), not for \(current)"
    case .damaged(let path): "'\(path)' is damaged: its tables cannot be read"
    }
  }

  /// What to do about it, if that can be said.
  var hint: String? {
    switch self {
    case .noProgram: "name it by its path"
    case .noLibrary: "name it by its path, or as in the list that 'ldconfig -p' prints"
    case .noProcess: "name it, or trace a process with '-p' or '-c'"
    case .notBinary(_, let interpreter?): "it is a script for '\(interpreter)'"
    default: nil
    }
  }

  /// `true` iff there is just nothing of the name.
  var isMissing: Bool {
    switch self {
    case .noFile, .noMatch, .noLibrary, .noProgram: true
    default: false
    }
  }

}
