public import Types

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

  /// The second of the two maps that hold the elements of a map of the script, as helpers take it.
  case twin(Int)

  /// The ring buffer, as helpers take it.
  case ringBuffer

  /// The map by which packets are sent, as helpers take it.
  case packets

  /// The table of stacks, as helpers take it.
  case stacks

  /// The map that tasks are looked for in, as helpers take it.
  case filter(TaskFilter)

  /// The context of the program.
  case context

  /// A number of the kernel, an `i64`, by its index among the facts of the module.
  case fact(Int)

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

  /// `%r = call import name(…)`: a function in C that the script imports, inlined; all operands and the result are of 64 bits.
  case callImported(Register?, String, [Operand])

  /// `%r = call kernel name(…)`: a function of the kernel.
  case callKernel(Register?, KernelCall, [Operand])

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
