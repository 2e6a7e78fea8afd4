import Diagnostics
public import IR
import Kernel
import Syntax
import Types

/// A number of the current task: `pid`, `tid`, seen from our own PID namespace, or from the initial one on request.
protocol TaskNumber: Builtin {

  /// Emits the choice of the number among both of `currentTaskNumbers`.
  func number(of both: Operand, in builder: inout ProgramBuilder) -> Operand

}

extension TaskNumber {

  /// The namespace, if given.
  public var arity: ClosedRange<Int> { 0...1 }

  /// `true`: it can stand without parentheses.
  public var isValue: Bool { true }

  /// The namespaces.
  public var words: [String] { ["curr_ns", "init"] }

  /// Checks the namespace.
  public func type(of call: BuiltinCall, in scope: inout some TypingScope) -> Type? {
    if !call.arguments.isEmpty, scope.word(0, of: call, called: "namespace", among: words) == nil {
      return nil
    }
    return .uint32
  }

  /// Emits the number.
  public func lower(_ call: BuiltinCall, in lowering: inout some CallLowering) -> LoweredValue {
    let both = lowering.currentTaskNumbers(areInitial: call.arguments.first?.word == "init")
    return .scalar(number(of: both, in: &lowering.builder))
  }

}

/// `pid`, `pid(init)`: the number of the current process.
struct ProcessID: TaskNumber {
  let names = ["pid"]

  func number(of both: Operand, in builder: inout ProgramBuilder) -> Operand { builder.upperHalf(of: both) }
}

/// `tid`, `tid(init)`: the number of the current thread.
struct ThreadID: TaskNumber {
  let names = ["tid"]

  func number(of both: Operand, in builder: inout ProgramBuilder) -> Operand {
    builder.convert(both, .truncate, to: .i32)
  }
}

/// `uid`: the number of the user that the current process runs as, as the initial namespace has it.
struct UserID: ValueBuiltin {
  let names = ["uid"]
  let valueType = Type.uint32

  func value(in lowering: inout some CallLowering) -> LoweredValue { .scalar(lowering.currentUser()) }
}

/// `username`: the name of the user that the current process runs as.
struct Username: ValueBuiltin {
  let names = ["username"]
  let valueType = Type.username

  func value(in lowering: inout some CallLowering) -> LoweredValue { .scalar(lowering.currentUser()) }
}

/// `gid`: the number of the group that the current process runs as, as the initial namespace has it.
struct GroupID: ValueBuiltin {
  let names = ["gid"]
  let valueType = Type.uint32

  func value(in lowering: inout some CallLowering) -> LoweredValue {
    .scalar(lowering.currentGroup())
  }
}

/// `cpid`: the number of the process that `-c` started; 0 if there is none.
struct ChildID: ValueBuiltin {
  let names = ["cpid"]
  let valueType = Type.uint32

  func type(of call: BuiltinCall, in scope: inout some TypingScope) -> Type? {
    if scope.settings.childPID == nil {
      scope.report(
        .warning(
          "'cpid' is 0, because no command is started with '-c'", at: call.site,
          hint: "'has_cpid' tells whether one is"))
    }
    return valueType
  }

  func value(in lowering: inout some CallLowering) -> LoweredValue {
    .scalar(.constant(Int64(lowering.settings.childPID ?? 0), .i32))
  }
}

/// `has_cpid`: whether `-c` started a process.
struct HasChild: ValueBuiltin {
  let names = ["has_cpid"]
  let valueType = Type.bool

  func value(in lowering: inout some CallLowering) -> LoweredValue {
    .scalar(.constant(lowering.settings.childPID == nil ? 0 : 1, .i8))
  }
}

/// `is_traced`: whether tracing is narrowed to the current task, or not narrowed at all (`-p`, `-c`, `--cgroup` …).
///
/// For scripts that set `narrow_probes` to `false`, since not all that they trace happens in the task that it is about.
struct TracedTask: ValueBuiltin {
  let names = ["is_traced"]
  let valueType = Type.bool

  func value(in lowering: inout some CallLowering) -> LoweredValue { .scalar(lowering.isTraced()) }
}

extension CallLowering {

  /// Emits the numbers of the current process (in the upper half of an `i64`) and thread (in the lower half).
  ///
  /// They are those of the initial PID namespace iff `areInitial`, else those of the namespace that apus runs in; tasks that
  /// are not in it have 0 there.
  public mutating func currentTaskNumbers(areInitial: Bool = false) -> Operand {
    guard !areInitial, !isRelocatable, let namespace = kernel.pidNamespace else {
      if !areInitial { require(0, of: .initialProcessNumbers, as: nil) }
      return builder.call(.getCurrentPIDTGID)
    }
    // `struct bpf_pidns_info` (include/uapi/linux/bpf.h): the thread, then the process, 32 bits each.
    let numbers = temporary(size: 8, alignment: 8)
    builder.emit(.zero(numbers, count: 8, alignment: 8))
    builder.call(
      .getPIDTGIDInNamespace, .constant(Int64(namespace.device), .i64),
      .constant(Int64(bitPattern: namespace.inode), .i64), .address(numbers), .constant(8, .i32))
    return builder.load(.i64, from: numbers)
  }

}

extension ProgramBuilder {

  /// Appends the choice of the upper 32 bits of an `i64`.
  mutating func upperHalf(of operand: Operand) -> Operand {
    convert(binary(.logicalShiftRight, operand, .constant(32, .i64)), .truncate, to: .i32)
  }

}

extension Expression {

  /// The bare word that the expression is.
  var word: String? { if case .identifier(let word) = kind { word } else { nil } }

}

extension TypingScope {

  /// Returns the bare word that the argument at `index` is if it is one of `words`, else reports an error that calls it
  /// `what`, and returns nil.
  mutating func word(
    _ index: Int, of call: BuiltinCall, called what: String, among words: [String]
  ) -> String? {
    let argument = call.arguments[index]
    guard let word = argument.word else {
      error(
        "'\(call.name.text)' takes the word for a \(what), one of \(words.joined(separator: ", "))",
        at: argument.site)
      return nil
    }
    if words.contains(word) { return word }
    error("unknown \(what) '\(word)'\(suggestion(for: word, among: words))", at: argument.site)
    return nil
  }

}
