import Kernel
import Syntax

/// What a probe says about the functions that it is in: `path:[language:]function[+offset]`,
/// `path:address` or `path@file.c:line`.
struct UserFunctionRequest {

  /// The probe.
  let spec: ProbeSpec

  /// The file, nil for the program of the traced process.
  let binary: Name?

  /// The language that the function's name is written in, nil if it is written as in the file.
  let language: FunctionLanguage?

  /// The part that tells the function.
  let part: Name

  /// The name of the function, which may be a pattern; empty where `address` is given.
  let function: String

  /// The version of the function, nil if none is asked for.
  let version: String?

  /// The number of bytes behind the function's start.
  let offset: UInt64

  /// The address, relative to where the file is loaded.
  let address: UInt64?

  /// The line of the source, nil if none is asked for.
  let line: SourceLine?

  /// `true` iff the probes are on returns.
  let isReturn: Bool

  /// `true` iff wildcards choose the functions.
  let isPattern: Bool

  /// Creates an instance from the parts of `spec`, a probe of `provider`.
  init(_ spec: ProbeSpec, of provider: UprobeProvider, on kernel: any KernelView) throws(ProbeFault) {
    let parts = spec.parts
    let form = "\(provider.names[0]):path:function"
    guard (2...4).contains(parts.count), let part = parts.last, !part.text.isEmpty else {
      throw .wrongForm(spec, expected: form)
    }
    if parts.count == 2, !kernel.binaries.hasProcess { throw .wrongForm(spec, expected: form) }
    var language: FunctionLanguage? = nil
    if parts.count == 4 {
      guard let known = FunctionLanguage(rawValue: parts[2].text) else {
        throw .unknownLanguage(parts[2])
      }
      language = known
    }
    self.spec = spec
    let line = parts.count == 3 ? SourceLine(parts[1], part, on: kernel) : nil
    if line != nil, provider.isReturn { throw .lineOfReturn(part) }
    self.line = line
    self.binary = line?.binary ?? (parts.count > 2 && !parts[1].text.isEmpty ? parts[1] : nil)
    self.isReturn = provider.isReturn
    self.language = language
    self.part = part

    var (name, offset) = (part.text, UInt64(0))
    // Names of operators in C++ can have a plus, too.
    if let plus = name.lastIndex(of: "+") {
      let text = String(name[name.index(after: plus)...])
      if let number = wholeNumber(text) {
        if provider.isReturn { throw .offsetOfReturn(part) }
        (name, offset) = (String(name[..<plus]), number)
      } else if language == nil {
        throw .invalidOffset(text, at: part)
      }
    }
    self.offset = offset
    address = language == nil && line == nil ? wholeNumber(name) : nil
    if let address, address > UInt64(Int64.max) { throw .invalidOffset(name, at: part) }
    var version: String? = nil
    if language == nil, let at = name.firstIndex(of: "@") {
      version = String(name[at...].drop { $0 == "@" })
      name = String(name[..<at])
    }
    self.version = version
    function = address == nil && line == nil ? name : ""
    isPattern = Wildcard.isPattern(function) || Wildcard.isPattern(binary?.text ?? "")
  }

}
