import Kernel
import Types

extension TypeInformation {

  /// Returns the numbers of the functions of these names that are not those of the base, by name.
  func numbers(ofFunctions names: [String]) -> [String: Int] {
    // Names are told apart by their bytes, since to make strings of all of them would take most of the time.
    var wanted: [UInt64: [String]] = [:]
    for name in names { wanted[Self.fingerprint(of: name.utf8), default: []].append(name) }
    var result: [String: Int] = [:]
    forEachName(of: .function) { number, record, bytes in
      for name in wanted[Self.fingerprint(of: bytes)] ?? []
      where result[name] == nil && bytes.elementsEqual(name.utf8) {
        result[name] = number
      }
    }
    return result
  }

  /// Returns a number that is the same for the same bytes (FNV-1a).
  private static func fingerprint(of bytes: some Sequence<UInt8>) -> UInt64 {
    var result: UInt64 = 0xcbf2_9ce4_8422_2325
    for byte in bytes { result = (result ^ UInt64(byte)) &* 0x100_0000_01b3 }
    return result
  }

  /// Returns what is known about the function with the given number, nil if it is none or one that takes any number of
  /// arguments.
  func signature(ofFunction number: Int) -> FunctionSignature? {
    guard let function = record(number), function.kind == .function,
      let prototype = record(function.sizeOrType), prototype.kind == .prototype
    else { return nil }
    return signature(of: prototype, number: number, names: nil, skipping: 0)
  }

  /// Returns what is known about what the tracepoint `event` hands to programs, nil if there is no such tracepoint.
  ///
  /// The `typedef` by which programs are attached has no names for the parameters; a function that the kernel defines for
  /// each tracepoint has (`include/linux/tracepoint.h`, `include/trace/bpf_probe.h`).
  func signature(ofTracepoint event: String) -> FunctionSignature? {
    guard let number = number(of: .typedef, named: "btf_trace_\(event)"), number >= firstNumber,
      let pointer = resolved(number)?.record, pointer.kind == .pointer,
      let prototype = record(pointer.sizeOrType), prototype.kind == .prototype
    else { return nil }
    let namesakes = ["__bpf_trace_", "__traceiter_", "__probestub_"].map { $0 + event }
    let functions = numbers(ofFunctions: namesakes)
    var names: Record?
    for name in namesakes where names == nil {
      guard let found = functions[name], let function = record(found),
        let candidate = record(function.sizeOrType), candidate.kind == .prototype,
        candidate.count == prototype.count
      else { continue }
      names = candidate
    }
    return signature(of: prototype, number: number, names: names, skipping: 1)
  }

  /// Returns the signature that `prototype` gives to the thing with the given number, without its first `skipped`
  /// parameters, which are called as those of `names` are if there are such; nil if it takes any number of arguments.
  private func signature(
    of prototype: Record, number: Int, names: Record?, skipping skipped: Int
  ) -> FunctionSignature? {
    var parameters: [FunctionSignature.Value] = []
    for i in 0..<prototype.count {
      let type = word(at: prototype.tail + 8 * i + 4)
      if type == 0 { return nil }
      if i < skipped { continue }
      var name = name(at: word(at: (names ?? prototype).tail + 8 * i))
      if name.isEmpty { name = "arg\(i - skipped)" }
      parameters.append(value(type, named: name))
    }
    let result = prototype.sizeOrType
    return FunctionSignature(
      typeNumber: number, parameters: parameters,
      result: resolved(result) == nil ? nil : value(result, named: "retval"))
  }

  /// Returns a parameter or a result of the type with the given number.
  private func value(_ number: Int, named name: String) -> FunctionSignature.Value {
    FunctionSignature.Value(
      name: name, type: type(number, called: name) ?? .uint64, isTracked: isTracked(number),
      declaration: declaration(of: number, named: name))
  }

}
