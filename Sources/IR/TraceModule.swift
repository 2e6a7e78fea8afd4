public import Types

/// A lowered script: programs in our intermediate representation and the maps they use.
public struct TraceModule: Sendable {

  /// The programs.
  public var programs: [IRProgram]

  /// What programs and process agree on.
  public var manifest: Manifest

  /// Constant data, by index; each is placed in `.rodata`, aligned to 8 bytes and padded with zeros to a multiple of 8.
  public var constants: [[UInt8]]

  /// The number of bytes of scratch memory that each entry of the map `scratch` has; 0 if no program needs any.
  public var scratchSize: Int

  /// The number of CPUs that the kernel may ever use.
  public var possibleCPUCount: Int

  /// The licence of the programs.
  public var license: String

  /// The place in the script that each debug position stands for; positions are indices + 1 into it.
  public var positions: [IRPosition]

  /// What stands at each of them, for those who look at the programs from outside; may be empty.
  public var lines: [IRSourceLine] = []

  /// `true` iff the programs are to be made fit for other kernels later.
  public var isRelocatable = false

  /// What the programs take for granted about the kernel; empty if they are for the one at hand.
  public var facts: [KernelFact] = []

  /// Creates an instance with the given properties.
  public init(
    programs: [IRProgram] = [], manifest: Manifest = Manifest(), constants: [[UInt8]] = [],
    scratchSize: Int = 0, possibleCPUCount: Int = 1, license: String = "GPL", positions: [IRPosition] = []
  ) {
    self.programs = programs
    self.manifest = manifest
    self.constants = constants
    self.scratchSize = scratchSize
    self.possibleCPUCount = possibleCPUCount
    self.license = license
    self.positions = positions
  }

}

/// A place in the script: a range of bytes of one of its files.
public struct IRPosition: Hashable, Codable, Sendable {

  /// The number of the file among those of the script.
  public let file: Int

  /// The offset of the first byte.
  public let start: Int

  /// The offset behind the last byte.
  public let end: Int

  /// Creates an instance with the given properties.
  public init(file: Int = 0, start: Int, end: Int) {
    self.file = file
    self.start = start
    self.end = end
  }

}

/// What stands at a place in the script.
public struct IRSourceLine: Hashable, Sendable {

  /// The name of the file.
  public let file: String

  /// The line, counted from 1.
  public let line: Int

  /// The column, counted from 1 in bytes.
  public let column: Int

  /// The text of the place in that line.
  public let text: [UInt8]

  /// Creates an instance with the given properties.
  public init(file: String, line: Int, column: Int, text: [UInt8]) {
    self.file = file
    self.line = line
    self.column = column
    self.text = text
  }

}

/// A program: what the kernel runs when a probe fires.
public struct IRProgram: Sendable {

  /// The name of the function, of `[A-Za-z0-9_]`, unique in the module.
  public var name: String

  /// The place of the program's probe in the script, an index into the positions of the module, if it is known.
  public var position: Int? = nil

  /// What kind of program the kernel is told it is.
  public var kind: ProgramKind

  /// The scratch memory that the program uses, an index into the map `scratch`, if it uses any.
  public var scratchIndex: Int?

  /// The types of the registers, by number.
  public var registers: [IRType]

  /// The types of the scalar variables, by number; all are zero at first.
  public var locals: [IRType]

  /// The pieces of stack memory, by number; their contents are undefined at first.
  public var slots: [IRSlot]

  /// The instructions.
  public var body: IRBlock

  /// Creates an instance with the given properties.
  public init(
    name: String, kind: ProgramKind, scratchIndex: Int? = nil, registers: [IRType] = [],
    locals: [IRType] = [], slots: [IRSlot] = [], body: IRBlock = IRBlock()
  ) {
    self.name = name
    self.kind = kind
    self.scratchIndex = scratchIndex
    self.registers = registers
    self.locals = locals
    self.slots = slots
    self.body = body
  }

}

/// The kinds of programs, by what they are attached to.
public enum ProgramKind: String, Hashable, Codable, Sendable, CaseIterable {

  /// `BPF_PROG_TYPE_KPROBE`: kprobes and kretprobes, through perf events.
  case kprobe

  /// `BPF_PROG_TYPE_KPROBE` with the attach type `BPF_TRACE_KPROBE_MULTI`.
  case kprobeMulti

  /// `BPF_PROG_TYPE_KPROBE` with the attach type `BPF_TRACE_KPROBE_SESSION`: runs at entries and at returns.
  case kprobeSession
  /// `BPF_PROG_TYPE_KPROBE`: uprobes and uretprobes, through perf events.
  case uprobe

  /// `BPF_PROG_TYPE_KPROBE` with the attach type `BPF_TRACE_UPROBE_MULTI`.
  case uprobeMulti

  /// `BPF_PROG_TYPE_TRACEPOINT`.
  case tracepoint

  /// `BPF_PROG_TYPE_PERF_EVENT`.
  case perfEvent

  /// `BPF_PROG_TYPE_RAW_TRACEPOINT` run by `BPF_PROG_TEST_RUN`.
  case testRun

  /// `BPF_PROG_TYPE_RAW_TRACEPOINT` on a raw tracepoint.
  case rawTracepoint

  /// `BPF_PROG_TYPE_TRACING` with the attach type `BPF_TRACE_RAW_TP`: the verifier knows the types of the arguments.
  case typedRawTracepoint

  /// `BPF_PROG_TYPE_TRACING` with the attach type `BPF_TRACE_FENTRY`.
  case fentry

  /// `BPF_PROG_TYPE_TRACING` with the attach type `BPF_TRACE_FEXIT`.
  case fexit

  /// `BPF_PROG_TYPE_TRACING` with the attach type `BPF_TRACE_ITER`.
  case iterator

  /// The section of the object file, which tells libbpf the kind.
  public var section: String {
    switch self {
    case .kprobe: "kprobe"
    case .kprobeMulti: "kprobe.multi"
    case .kprobeSession: "kprobe.session"
    case .uprobe: "uprobe"
    case .uprobeMulti: "uprobe.multi"
    case .tracepoint: "tracepoint"
    case .perfEvent: "perf_event"
    case .testRun, .rawTracepoint: "raw_tp"
    case .typedRawTracepoint: "apus_tp_btf"
    case .fentry: "apus_fentry"
    case .fexit: "apus_fexit"
    case .iterator: "apus_iter"
    }
  }

  /// `true` iff the kernel is told when it loads a program what that will be attached to.
  public var isLoadedForTarget: Bool {
    switch self {
    case .typedRawTracepoint, .fentry, .fexit, .iterator: true
    default: false
    }
  }

}

extension ProgramKind {

  /// `true` iff the kernel may run the program again on a CPU where a run of it has not ended, because another process gets
  /// its turn there meanwhile.
  ///
  /// All others run with preemption off, or the kernel leaves out the second run (`bpf_prog_run_array_uprobe` in
  /// include/linux/bpf.h and `uprobe_prog_run` in kernel/trace/bpf_trace.c do neither).
  public var isPreemptible: Bool { self == .uprobe || self == .uprobeMulti }

}

/// The type of a register or of a scalar variable.
public enum IRType: String, Hashable, Sendable {

  /// An integer of 8 bits; booleans are 0 or 1.
  case i8

  /// An integer of 16 bits.
  case i16

  /// An integer of 32 bits.
  case i32

  /// An integer of 64 bits.
  case i64

  /// An address that the verifier keeps track of. Addresses that are mere numbers are `i64`.
  case pointer = "ptr"

  /// The number of bytes.
  public var size: Int {
    switch self {
    case .i8: 1
    case .i16: 2
    case .i32: 4
    case .i64, .pointer: 8
    }
  }

  /// Returns the integer type with `width` bits: 8, 16, 32 or 64.
  public static func integer(width: Int) -> IRType {
    switch width {
    case 8: .i8
    case 16: .i16
    case 32: .i32
    case 64: .i64
    default: preconditionFailure("no such integer")
    }
  }

}

/// A piece of memory on the program's stack.
public struct IRSlot: Hashable, Sendable {

  /// The number of bytes.
  public let size: Int

  /// The number of bytes that its address is a multiple of.
  public let alignment: Int

  /// Creates an instance with the given properties.
  public init(size: Int, alignment: Int) {
    self.size = size
    self.alignment = alignment
  }

}
