import Glibc
import Kernel
import Types

extension TypeInformation {

  /// Returns the numbers of the functions of these names that are not those of the base, by name.
  func numbers(ofFunctions names: [String]) -> [String: Int] {
    // To make strings of all names would take most of the time: they are told apart by their lengths and some of their bytes.
    var wanted: [UInt64: [String]] = [:]
    for var name in names { wanted[name.withUTF8(Self.fingerprint), default: []].append(name) }
    var result: [String: Int] = [:]
    forEachName(of: .function) { number, _, bytes in
      guard let candidates = wanted[Self.fingerprint(of: bytes)] else { return }
      for var name in candidates where result[name] == nil {
        let isSame = name.withUTF8 {
          $0.count == bytes.count && memcmp($0.baseAddress!, bytes.baseAddress!, $0.count) == 0
        }
        if isSame { result[name] = number }
      }
    }
    return result
  }

  /// What the names of functions begin with that the kernel defines for each tracepoint, those first that tell most about its
  /// parameters.
  static let tracepointPrefixes = ["__bpf_trace_", "__traceiter_", "__probestub_"]

  /// Returns the numbers of the functions whose names begin with one of `prefixes` and that are not those of the base, by name.
  func numbers(ofFunctionsWithPrefixes prefixes: [String]) -> [String: Int] {
    let prefixes = prefixes.map { Array($0.utf8) }
    var result: [String: Int] = [:]
    forEachName(of: .function) { number, _, bytes in
      let isWanted = prefixes.contains {
        $0.count < bytes.count && memcmp($0, bytes.baseAddress!, $0.count) == 0
      }
      if isWanted { result[String(decoding: bytes, as: UTF8.self)] = number }
    }
    return result
  }

  /// Returns a number that is the same for the same bytes: made of their count, the first eight and the last eight.
  private static func fingerprint(of bytes: UnsafeBufferPointer<UInt8>) -> UInt64 {
    guard let start = bytes.baseAddress else { return 0 }
    var (first, last) = (UInt64(0), UInt64(0))
    let count = min(bytes.count, 8)
    memcpy(&first, start, count)
    memcpy(&last, start + bytes.count - count, count)
    return first ^ (last &* 0x9e37_79b9_7f4a_7c15) ^ UInt64(bytes.count)
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
    var names: Record?
    for prefix in Self.tracepointPrefixes where names == nil {
      guard let found = tracepointFunctions[prefix + event], let function = record(found),
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
