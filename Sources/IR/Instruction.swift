/// A register: the result of one instruction, assigned once.
public struct Register: Hashable, Sendable {

  /// The index into the program's registers.
  public let number: Int

  /// Creates an instance with the given number.
  public init(_ number: Int) { self.number = number }

}

/// A scalar variable, assigned any number of times.
public struct Local: Hashable, Sendable {

  /// The index into the program's variables.
  public let number: Int

  /// Creates an instance with the given number.
  public init(_ number: Int) { self.number = number }

}

/// A piece of stack memory.
public struct Slot: Hashable, Sendable {

  /// The index into the program's slots.
  public let number: Int

  /// Creates an instance with the given number.
  public init(_ number: Int) { self.number = number }

}

/// What an instruction works on.
public enum Operand: Hashable, Sendable {

  /// The value of a register.
  case register(Register)

  /// A number of the given type; narrower types take its low bits.
  case constant(Int64, IRType)

  /// An address.
  case address(Place)

  /// A map of the script by its index in the manifest, as helpers take it.
  case map(Int)

  /// The ring buffer, as helpers take it.
  case ringBuffer

  /// The context of the program.
  case context

}

/// An address in memory that the program may use directly.
public struct Place: Hashable, Sendable {

  /// What the offset counts from.
  public enum Base: Hashable, Sendable {

    /// Stack memory.
    case slot(Slot)

    /// The program's scratch memory in the map `scratch`.
    case scratch

    /// The global variable that `GlobalsLayout` describes.
    case globals

    /// Constant data, by its index in the module.
    case constant(Int)

    /// The address in a register of type `ptr`: a map's value, a record of the ring buffer, a typed kernel pointer.
    case register(Register)

    /// The context of the program.
    case context

  }

  /// What the offset counts from.
  public let base: Base

  /// The number of bytes behind the base.
  public let offset: Int

  /// Creates an instance with the given properties.
  public init(_ base: Base, offset: Int = 0) {
    self.base = base
    self.offset = offset
  }

  /// Returns the place `distance` bytes further.
  public func advanced(by distance: Int) -> Place { Place(base, offset: offset + distance) }

}

/// Instructions that run one after the other.
public struct IRBlock: Sendable {

  /// The instructions.
  public var instructions: [Instruction]

  /// Creates an instance with the given instructions.
  public init(_ instructions: [Instruction] = []) { self.instructions = instructions }

}

/// An instruction.
///
/// Control flow is structured: there are no labels, so every program is well formed by construction.
public indirect enum Instruction: Sendable {

  /// `%r = op a, b`. Both operands have the type of the result, or for comparisons the same type, and the result is `i8`.
  case binary(Register, BinaryOperation, Operand, Operand)

  /// `%r = zext a`, `sext a`, `trunc a`, or reinterpretation between `i64` and `ptr`.
  case convert(Register, Conversion, Operand)

  /// `%r = select c, a, b`: `a` iff `c` (`i8`) is not 0, else `b`.
  case select(Register, Operand, Operand, Operand)

  /// `%r = load place`.
  case load(Register, Place)

  /// `store place, a`.
  case store(Place, Operand)

  /// `%r = local`.
  case get(Register, Local)

  /// `local = a`.
  case set(Local, Operand)

  /// `copy to, from, count`: copies `count` bytes, `to` and `from` known to be aligned to `alignment`.
  case copy(to: Place, from: Place, count: Int, alignment: Int)

  /// `zero place, count`: sets `count` bytes to 0.
  case zero(Place, count: Int, alignment: Int)

  /// `%r = address place`: the address as a `ptr`.
  case address(Register, Place)

  /// `%r = ptr + a`: `a` (`i64`) bytes behind a `ptr`.
  case offset(Register, Operand, Operand)

  /// `atomic add place, a`: adds a 64-bit number atomically; nobody reads the old value.
  case atomicAdd(Place, Operand)

  /// `%r = atomic fetch add place, a`: the same, and gives the old value.
  case atomicFetchAdd(Register, Place, Operand)

  /// `atomic and place, a` and its like: combines a 64-bit number with another atomically.
  case atomic(AtomicOperation, Place, Operand)

  /// `%r = atomic exchange place, a`: puts a 64-bit number in the place of another and gives that.
  case atomicExchange(Register, Place, Operand)

  /// `%r = call helper(…)`: a helper of the kernel.
  case callHelper(Register?, Helper, [Operand])

  /// `%r = call name(…)`: a function of `bpf-runtime`, inlined.
  case callRuntime(Register?, RuntimeFunction, [Operand])

  /// `if c { … } else { … }`: `c` is an `i8`.
  case branch(Operand, IRBlock, IRBlock)

  /// `loop { … }`: runs the block until `leave`.
  case loop(IRBlock)

  /// `for each map, %key, %value { … }`: runs the block for every element of a map of the kernel's, with the addresses
  /// (`ptr`) of its key and its value.
  ///
  /// The key in an array is its index, an `i32`; the value in a map with one for each CPU is that of this CPU. The block may
  /// change the map. `leave` and `repeat` in it mean this loop.
  case forEachElement(map: Int, key: Register, value: Register, IRBlock)

  /// `for count, %i { … }`: runs the block for the numbers from 0 up to below `count` (`i64`), of which there may be
  /// `greatestCount`.
  case forCount(Operand, index: Register, IRBlock)

  /// `apart { … }`: runs the block once, as a function of its own, so that jumps over it are short. It is no loop.
  case apart(IRBlock)

  /// `leave`: goes on behind the innermost loop.
  case leave

  /// `repeat`: goes on with the next turn of the innermost loop.
  case again

  /// `return`: ends the program.
  case stop

  /// `at n`: what follows comes from the position with the given index in the module's table.
  case position(Int)

  /// The greatest count of `forCount`: `BPF_MAX_LOOPS` in `include/linux/bpf.h`.
  public static let greatestCount: Int64 = 1 << 23

}

/// An operation on two integers.
public enum BinaryOperation: String, Hashable, Sendable {
  case add, subtract = "sub", multiply = "mul"
  case unsignedDivide = "udiv", signedDivide = "sdiv"
  case unsignedRemainder = "urem", signedRemainder = "srem"
  case and, or, xor
  case shiftLeft = "shl", logicalShiftRight = "lshr", arithmeticShiftRight = "ashr"
  case equal = "eq", notEqual = "ne"
  case unsignedLess = "ult", unsignedLessOrEqual = "ule"
  case signedLess = "slt", signedLessOrEqual = "sle"

  /// `true` iff the result is a truth value.
  public var isComparison: Bool {
    switch self {
    case .equal, .notEqual, .unsignedLess, .unsignedLessOrEqual, .signedLess, .signedLessOrEqual: true
    default: false
    }
  }
}

/// An operation on a number in memory that the machine does atomically.
public enum AtomicOperation: String, Hashable, Sendable { case and, or, xor }

/// A change of the representation of a scalar.
public enum Conversion: String, Hashable, Sendable {
  case zeroExtend = "zext", signExtend = "sext", truncate = "trunc"
  case toPointer = "inttoptr", toInteger = "ptrtoint"

  /// Nothing is changed, but nothing is known about the result: what gave the operand stays where it is and as it is.
  ///
  /// The verifier needs that where it tells kinds of pointers apart that LLVM does not.
  case opaque
}

/// A helper function of the kernel, by its number in `enum bpf_func_id` (`include/uapi/linux/bpf.h`).
public enum Helper: Int, Hashable, Sendable {
  case mapLookupElement = 1
  case mapUpdateElement = 2
  case mapDeleteElement = 3
  case ktimeGetNanoseconds = 5
  case getPrandomU32 = 7
  case getSMPProcessorID = 8
  case getCurrentPIDTGID = 14
  case getCurrentUIDGID = 15
  case getCurrentComm = 16
  case getCurrentTask = 35
  case probeWriteUser = 36
  case getNUMANodeID = 42
  case overrideReturn = 58
  case getCurrentCgroupID = 80
  case sendSignal = 109
  case probeReadUser = 112
  case probeReadKernel = 113
  case probeReadUserString = 114
  case probeReadKernelString = 115
  case sendSignalToThread = 117
  case getJiffies = 118
  case getPIDTGIDInNamespace = 120
  case ktimeGetBootNanoseconds = 125
  case ringbufReserve = 131
  case ringbufSubmit = 132
  case ringbufDiscard = 133
  case getCurrentTaskBTF = 158
  case forEachMapElement = 164
  case getFunctionIP = 173
  case getAttachCookie = 174
  case loop = 181
  case ktimeGetTAINanoseconds = 208

  /// The name in the kernel's documentation without `bpf_`, which the printed form shows.
  public var name: String {
    switch self {
    case .mapLookupElement: "map_lookup_elem"
    case .mapUpdateElement: "map_update_elem"
    case .mapDeleteElement: "map_delete_elem"
    case .ktimeGetNanoseconds: "ktime_get_ns"
    case .getPrandomU32: "get_prandom_u32"
    case .getSMPProcessorID: "get_smp_processor_id"
    case .getCurrentPIDTGID: "get_current_pid_tgid"
    case .getCurrentUIDGID: "get_current_uid_gid"
    case .getCurrentComm: "get_current_comm"
    case .getCurrentTask: "get_current_task"
    case .probeWriteUser: "probe_write_user"
    case .getNUMANodeID: "get_numa_node_id"
    case .overrideReturn: "override_return"
    case .getCurrentCgroupID: "get_current_cgroup_id"
    case .sendSignal: "send_signal"
    case .probeReadUser: "probe_read_user"
    case .probeReadKernel: "probe_read_kernel"
    case .probeReadUserString: "probe_read_user_str"
    case .probeReadKernelString: "probe_read_kernel_str"
    case .sendSignalToThread: "send_signal_thread"
    case .getJiffies: "jiffies64"
    case .getPIDTGIDInNamespace: "get_ns_current_pid_tgid"
    case .ktimeGetBootNanoseconds: "ktime_get_boot_ns"
    case .ringbufReserve: "ringbuf_reserve"
    case .ringbufSubmit: "ringbuf_submit"
    case .ringbufDiscard: "ringbuf_discard"
    case .getCurrentTaskBTF: "get_current_task_btf"
    case .forEachMapElement: "for_each_map_elem"
    case .getFunctionIP: "get_func_ip"
    case .getAttachCookie: "get_attach_cookie"
    case .loop: "loop"
    case .ktimeGetTAINanoseconds: "ktime_get_tai_ns"
    }
  }

  /// The types of the parameters and of the result, as programs call it.
  public var signature: (parameters: [IRType], result: IRType) {
    switch self {
    case .mapLookupElement: ([.pointer, .pointer], .pointer)
    case .mapUpdateElement: ([.pointer, .pointer, .pointer, .i64], .i64)
    case .mapDeleteElement: ([.pointer, .pointer], .i64)
    case .ktimeGetNanoseconds, .ktimeGetBootNanoseconds, .getCurrentPIDTGID, .getCurrentUIDGID,
      .getCurrentTask, .getCurrentCgroupID, .getJiffies, .ktimeGetTAINanoseconds:
      ([], .i64)
    case .getPrandomU32, .getSMPProcessorID, .getNUMANodeID: ([], .i32)
    case .sendSignal, .sendSignalToThread: ([.i32], .i64)
    case .overrideReturn: ([.pointer, .i64], .i64)
    case .probeWriteUser: ([.i64, .pointer, .i32], .i64)
    case .getPIDTGIDInNamespace: ([.i64, .i64, .pointer, .i32], .i64)
    case .getCurrentComm: ([.pointer, .i32], .i64)
    case .probeReadUser, .probeReadKernel, .probeReadUserString, .probeReadKernelString:
      ([.pointer, .i32, .i64], .i64)
    case .ringbufReserve: ([.pointer, .i64, .i64], .pointer)
    case .ringbufSubmit, .ringbufDiscard: ([.pointer, .i64], .i64)
    case .getCurrentTaskBTF: ([], .pointer)
    case .forEachMapElement: ([.pointer, .pointer, .pointer, .i64], .i64)
    case .loop: ([.i64, .pointer, .pointer, .i64], .i64)
    case .getFunctionIP, .getAttachCookie: ([.pointer], .i64)
    }
  }
}

/// A function of `bpf-runtime`.
public enum RuntimeFunction: String, Hashable, Sendable, CaseIterable {

  /// `u32 apus_histogram_bucket(u64 number, u32 bits)`: the bucket of `HistogramBuckets.index(of:)`.
  case histogramBucket = "apus_histogram_bucket"

  /// `u32 apus_linear_bucket(s64 number, s64 minimum, s64 maximum, s64 step)`: the bucket of `linearHistogram`.
  case linearBucket = "apus_linear_bucket"

  /// `u32 apus_time_series_add(u64 *slots, u64 number, u64 now, u64 interval, u32 count, u32 function)`: gathers a number in
  /// the slot of `TimeSeriesLayout` for the time `now`; `function` is a number that `TimeSeriesLayout.function` has there.
  case timeSeriesAdd = "apus_time_series_add"

  /// `u8 apus_texts_equal(const u64 *a, const u64 *b, u32 count)`: 1 iff the texts are the same up to their zero byte or
  /// the byte `count`.
  case textsEqual = "apus_texts_equal"

  /// `u64 apus_text_length(const u64 *text, u32 capacity)`: the number of bytes in front of the zero byte.
  case textLength = "apus_text_length"

  /// `s64 apus_compare_bytes(const u64 *a, const u64 *b, u32 capacity, u64 count)`: less than, equal to or greater than 0.
  case compareBytes = "apus_compare_bytes"

  /// `u64 apus_text_borders(const u8 *needle, u16 *borders, u32 capacity, struct progress *progress)`: what a search for the
  /// needle has to know, and its length.
  case textBorders = "apus_text_borders"

  /// `s64 apus_text_index(const u8 *text, const u8 *needle, u16 *borders, u64 length, u64 capacities,
  /// struct progress *progress)`: where the needle is in the text, -1 if nowhere.
  case textIndex = "apus_text_index"

  /// `u16 apus_swapped_16(u16 number)`: the bytes the other way round.
  case swapped16 = "apus_swapped_16"

  /// `u32 apus_swapped_32(u32 number)`: the bytes the other way round.
  case swapped32 = "apus_swapped_32"

  /// `u64 apus_swapped_64(u64 number)`: the bytes the other way round.
  case swapped64 = "apus_swapped_64"

  /// `u64 apus_gathered_sum(void *map, const void *key, u32 cpus, u32 word)`: the sum of a word over all CPUs.
  case gatheredSum = "apus_gathered_sum"

  /// `u64 apus_gathered_average(void *map, const void *key, u32 cpus, u32 is_signed)`: sum by count.
  case gatheredAverage = "apus_gathered_average"

  /// `u64 apus_gathered_extreme(void *map, const void *key, u32 cpus, u32 is_signed, u32 is_greatest)`: the least or the
  /// greatest number.
  case gatheredExtreme = "apus_gathered_extreme"

  /// The types of the parameters and of the result.
  public var signature: (parameters: [IRType], result: IRType) {
    switch self {
    case .histogramBucket: ([.i64, .i32], .i32)
    case .linearBucket: ([.i64, .i64, .i64, .i64], .i32)
    case .timeSeriesAdd: ([.pointer, .i64, .i64, .i64, .i32, .i32], .i32)
    case .textsEqual: ([.pointer, .pointer, .i32], .i8)
    case .textLength: ([.pointer, .i32], .i64)
    case .compareBytes: ([.pointer, .pointer, .i32, .i64], .i64)
    case .textBorders: ([.pointer, .pointer, .i32, .pointer], .i64)
    case .textIndex: ([.pointer, .pointer, .pointer, .i64, .i64, .pointer], .i64)
    case .swapped16: ([.i16], .i16)
    case .swapped32: ([.i32], .i32)
    case .swapped64: ([.i64], .i64)
    case .gatheredSum, .gatheredAverage: ([.pointer, .pointer, .i32, .i32], .i64)
    case .gatheredExtreme: ([.pointer, .pointer, .i32, .i32, .i32], .i64)
    }
  }

}
