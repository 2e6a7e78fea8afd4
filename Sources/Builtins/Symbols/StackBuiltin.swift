import Diagnostics
import IR
import Probes
import Syntax
import Types

/// `kstack`, `ustack`, with a way to print and a greatest number of frames if wanted: `kstack(perf, 3)`.
///
/// The value is what `StackStorage` has as the key of the stack, which is recorded when it is seen for the first time.
struct StackBuiltin: Builtin {
  let names: [String]
  let arity = 0...2
  let isValue = true
  let words = StackMode.allCases.map(\.rawValue)

  /// The stack of the kernel, once called `stack`, and the one of the process.
  static let all: [any Builtin] = [
    StackBuiltin(names: kernelNames), StackBuiltin(names: userNames),
  ]

  /// The names of the stack of the kernel.
  private static let kernelNames = ["kstack", "stack"]

  /// The names of the stack of the process.
  private static let userNames = ["ustack"]

  /// The greatest number of frames that can be asked for; the kernel gives no more than `kernel.perf_event_max_stack`.
  private static let greatestDepth = 1024

  /// Returns `true` iff the builtin called `name` is the stack of the kernel, nil if it is no stack.
  static func isOfKernel(_ name: String) -> Bool? {
    kernelNames.contains(name) ? true : (userNames.contains(name) ? false : nil)
  }

  func type(of call: BuiltinCall, in scope: inout some TypingScope) -> Type? {
    var depths = call.arguments[...]
    if let first = call.arguments.first, call.arguments.count == 2 || first.word != nil {
      guard let word = scope.word(0, of: call, called: "way to print a stack", among: words) else {
        return nil
      }
      depths = depths.dropFirst()
      if word == StackMode.buildID.rawValue, names == StackBuiltin.kernelNames {
        scope.error(
          "the kernel's code has no build identifiers in stacks", at: first.site,
          hint: "'\(call.name.text)(raw)' prints addresses")
        return nil
      }
    } else if names == StackBuiltin.kernelNames, scope.settings.stackMode == .buildID {
      scope.report(
        .warning(
          "the kernel's code has no build identifiers in stacks: its addresses are printed", at: call.site))
    }
    if let depth = depths.last {
      guard let count = scope.literalArgument(call.arguments.count - 1, of: call) else { return nil }
      guard (1...Int64(StackBuiltin.greatestDepth)).contains(count) else {
        scope.error(
          "a stack has from 1 to \(StackBuiltin.greatestDepth) frames, not \(count)", at: depth.site)
        return nil
      }
    }
    return StackRequest(call.name.text, call.arguments, settings: scope.settings)?.type
  }

  func lower(_ call: BuiltinCall, in lowering: inout some CallLowering) -> LoweredValue {
    guard let request = StackRequest(call.name.text, call.arguments, settings: lowering.settings) else {
      preconditionFailure("not a stack")
    }
    let storage = lowering.useStacks()
    let bytes = request.frameBytes
    let (stack, size) = frames(of: request, in: storage, &lowering)
    let process =
      request.isOfKernel
      ? Operand.constant(0, .i64)
      : lowering.builder.binary(
        .logicalShiftRight, lowering.currentTaskNumbers(), .constant(32, .i64))
    // Linux 6.1 looks nothing up by a key in the memory of an event.
    let destination = lowering.destination(for: call.id).flatMap { $0.use == .event ? nil : $0 }
    let key = destination?.place ?? lowering.temporary(size: StackStorage.keySize, alignment: 8)
    _ = lowering.builder.call(
      .stackKey, stack, size, .constant(Int64(bytes / 8), .i32),
      .constant(Int64(request.mode.frameSize.trailingZeroBitCount), .i32), process, .address(key))
    let lost = Place(.globals, offset: storage.lostCountOffset)
    if destination?.use == .keyOfNewElement {
      // Who finds the element knows that the stack was recorded when the element was made.
      lowering.whenElementIsMade {
        _ = $0.builder.call(.recordStack, .stacks, stack, process, .address(key), .address(lost))
      }
    } else {
      _ = lowering.builder.call(.recordStack, .stacks, stack, process, .address(key), .address(lost))
    }
    return .memory(key)
  }

  /// Emits the instructions that take the frames that `request` asks for, and returns where an element of `storage` with them
  /// begins, and the number of their bytes, or an error.
  private func frames(
    of request: StackRequest, in storage: StackStorage, _ lowering: inout some CallLowering
  ) -> (stack: Operand, size: Operand) {
    // Frames are found by frame pointers, and a function has none yet where it starts: its caller would be left out.
    let addsCaller = request.lacksCaller(at: lowering.probe)
    let room = addsCaller ? 8 : 0
    let stack = lowering.scratch(size: storage.scratchSize + room)
    let size = lowering.builder.call(
      .getStack, .context, .address(stack.advanced(by: StackStorage.headerSize + room)),
      .constant(Int64(request.frameBytes), .i32),
      .constant(request.flags(in: lowering.probe.programKind), .i64))
    guard addsCaller else { return (.address(stack), size) }
    let caller = lowering.returnAddress()
    let result = lowering.builder.call(
      .addCaller, .address(stack), size, .constant(Int64(request.frameBytes), .i64), caller)
    let hasCaller = lowering.builder.binary(.and, result, .constant(1, .i64))
    let distance = lowering.builder.select(
      lowering.builder.binary(.notEqual, hasCaller, .constant(0, .i64)), .constant(0, .i64),
      .constant(8, .i64))
    let (base, start) = (lowering.builder.register(.pointer), lowering.builder.register(.pointer))
    lowering.builder.emit(.address(base, stack))
    lowering.builder.emit(.offset(start, .register(base), distance))
    return (.register(start), lowering.builder.binary(.and, result, .constant(~1, .i64)))
  }
}

extension CallLowering {

  /// Emits a read of the address that the function of a process which has just been called returns to; 0 if it cannot be read.
  fileprivate mutating func returnAddress() -> Operand {
    if let offset = Registers.returnAddressOffset {
      return builder.load(.i64, from: Place(.context, offset: offset))
    }
    let top = builder.load(.i64, from: Place(.context, offset: Registers.stackPointerOffset))
    let word = temporary(size: 8, alignment: 8)
    builder.store(.constant(0, .i64), to: word)
    builder.call(.probeReadUser, .address(word), .constant(8, .i32), top)
    return builder.load(.i64, from: word)
  }

}

extension TypingScope {

  /// Returns `true` iff the value of `expression` is a stack; that of a map without a key is what is assigned to it.
  mutating func isStack(_ expression: Expression) -> Bool {
    if case .map(let name, let key) = expression.kind, key.isEmpty {
      guard let map = map(named: name.text), map.key.isEmpty, case .plain(let type) = map.value, type.isStack
      else { return false }
    }
    return type(of: expression)?.isStack == true
  }

}

extension CallLowering {

  /// Emits the number of frames of the stack that `expression` is.
  mutating func frameCount(of expression: Expression) -> Operand {
    let word = builder.load(.i64, from: memory(expression).advanced(by: 8))
    return builder.binary(.and, word, .constant(Int64(StackStorage.frameCount(ofKeyWord: .max)), .i64))
  }

}

extension StackRequest {

  /// Returns `true` iff the kernel leaves out the second frame at the probe.
  fileprivate func lacksCaller(at probe: ProbeContext) -> Bool {
    probe.isUserFunctionEntry && !isOfKernel && mode != .buildID && depth > 1
  }

  /// Returns the flags of `bpf_get_stack` (`include/uapi/linux/bpf.h`) in programs of the given kind.
  fileprivate func flags(in kind: ProgramKind) -> Int64 {
    /// The flags.
    enum Flag {
      static let user: Int64 = 1 << 8
      static let buildID: Int64 = 1 << 11
    }
    if isOfKernel { return Int64(kind.ownFrameCount) }
    return mode == .buildID ? Flag.user | Flag.buildID : Flag.user
  }

}

extension ProgramKind {

  /// The number of innermost frames of the kernel's stack that are the program itself and what runs it.
  ///
  /// Programs that get registers, or a record of an event, are told of the stack as it was at the probe.
  fileprivate var ownFrameCount: Int {
    switch self {
    case .kprobe, .kprobeMulti, .kprobeSession, .uprobe, .uprobeMulti, .tracepoint, .perfEvent: 0
    case .testRun, .iterator: 1
    // The program and its trampoline, or `bpf_trace_run1` and its like (kernel/trace/bpf_trace.c).
    case .fentry, .fexit, .rawTracepoint, .typedRawTracepoint: 2
    }
  }

}
