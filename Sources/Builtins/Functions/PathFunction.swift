import IR
import Probes
import Syntax
import Types

/// `path(p[, n])`: the path that a `struct path` of the kernel stands for, as a text of at most `n` bytes.
struct PathFunction: Builtin {
  let names = ["path"]
  let arity = 1...2
  let isValue = false

  func type(of call: BuiltinCall, in scope: inout some TypingScope) -> Type? {
    guard
      scope.requireTypedProbe(for: call, kinds: [.fentry, .fexit, .iterator]),
      scope.structure(0, of: call, among: ["path"], written: "args.file->f_path")
    else { return nil }
    var capacity = scope.settings.maximumStringLength
    if call.arguments.count == 2 {
      guard let length = call.arguments[1].literalInteger, (1...Int64(capacity - 1)).contains(length) else {
        scope.error(
          "the length of 'path' must be an integer literal from 1 to \(capacity - 1)",
          at: call.arguments[1].site)
        return nil
      }
      capacity = Int(length) + 1
    }
    return .string(capacity: capacity)
  }

  func lower(_ call: BuiltinCall, in lowering: inout some CallLowering) -> LoweredValue {
    let type = lowering.type(of: call.id)
    guard case .string(let capacity) = type else { preconditionFailure("not a string") }
    let text = lowering.temporary(size: type.size, alignment: 8)
    lowering.builder.emit(.zero(text, count: type.size, alignment: 8))
    let (pointer, address) = lowering.typedArgument(0, of: call)
    let isThere = lowering.builder.isNotNull(pointer)
    lowering.builder.branch(isThere) { builder in
      let length = builder.call(.dPath, address, .address(text), .constant(Int64(capacity), .i32))
      // The kernel puts the text together at the end of the memory, also where it then finds it too long.
      let isFailure = builder.binary(.signedLess, length, .constant(0, .i64))
      builder.branch(isFailure) { $0.emit(.zero(text, count: type.size, alignment: 8)) }
    }
    return .memory(text)
  }
}

extension TypingScope {

  /// Returns `true` iff the probe is one whose programs know the types of what they find and is of one of `kinds`; reports
  /// an error if not.
  mutating func requireTypedProbe(for call: BuiltinCall, kinds: Set<ProgramKind>) -> Bool {
    if kinds.contains(probe.programKind) { return true }
    let names = [
      (ProgramKind.fentry, "fentry"), (.fexit, "fexit"), (.typedRawTracepoint, "rawtracepoint"),
      (.iterator, "iter"),
    ].filter { kinds.contains($0.0) }.map { "'\($0.1)'" }
    error(
      "'\(call.name.text)' has no meaning in \(probe.provider) probes", at: call.site,
      hint: "the kernel lets probes of the types \(names.joined(separator: ", ")) call it")
    return false
  }

  /// Returns `true` iff the argument at `index` is, or points to, one of the structures of the kernel with the given tags;
  /// reports an error if not. `example` is what people write.
  mutating func structure(
    _ index: Int, of call: BuiltinCall, among tags: [String], written example: String
  ) -> Bool {
    guard let type = type(of: call.arguments[index]) else { return false }
    switch type {
    case .structure(let structure), .pointer(.structure(let structure), _):
      if structure.name.keyword == .struct, tags.contains(structure.name.tag) { return true }
    default: break
    }
    let found = if case .pointer(.structure, _) = type { "'\(type)'" } else { type.articled }
    error(
      "'\(call.name.text)' takes a 'struct \(tags[0])', not \(found)", at: call.arguments[index].site,
      hint: "write, for example, '\(call.name.text)(\(example))'")
    return false
  }

}

extension CallLowering {

  /// Emits the argument at `index`, a structure or its address, as an address; what the verifier does not know as one is a number,
  /// which it refuses.
  mutating func typedArgument(_ index: Int, of call: BuiltinCall) -> (pointer: Operand, address: Operand) {
    let argument = call.arguments[index]
    if let typed = typedAddress(of: argument) { return typed }
    let number =
      type(of: argument).isScalar
      ? scalar(argument, as: .uint64) : address(of: memory(argument))
    let pointer = builder.convert(number, .toPointer, to: .pointer)
    return (pointer, pointer)
  }

}
