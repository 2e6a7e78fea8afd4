import IR
import LLVM

/// What is known about the program that is being emitted.
struct Frame {

  /// The program.
  let program: IRProgram

  /// What its functions share in scratch memory.
  let sharing: SharingPlan

  /// The function that is being emitted.
  var part: Part

  /// The number of functions that were begun.
  var partCount = 1

  /// The address of the scratch memory in the program's first function.
  var scratch: Value?

  /// The values of the registers, by number; nil before their definition.
  private var registers: [Value?]

  /// For registers that were defined by a comparison, its result of one bit.
  ///
  /// Branches use it, not the register's 8 bits: the verifier learns about a pointer that is compared with null only
  /// from a jump that compares the pointer itself.
  private var conditions: [Value?]

  /// The number of the function that each register is defined in.
  private var owners: [Int]

  /// Creates the frame of a program of which nothing is emitted yet, `part` being its first function.
  init(program: IRProgram, sharing: SharingPlan, part: Part) {
    self.program = program
    self.sharing = sharing
    self.part = part
    self.registers = Array(repeating: nil, count: program.registers.count)
    self.conditions = registers
    self.owners = Array(repeating: 0, count: program.registers.count)
  }

  /// Makes `value` the value of `register`, in this function.
  mutating func define(_ register: Register, _ value: Value) {
    registers[register.number] = value
    owners[register.number] = part.number
  }

  /// Makes `condition`, of one bit, the value of `register`, in this function.
  mutating func define(_ register: Register, condition: Value) {
    conditions[register.number] = condition
    owners[register.number] = part.number
  }

  /// Returns the value of `register`, nil iff this function does not define it or it is a condition.
  func value(of register: Register) -> Value? {
    owners[register.number] == part.number ? registers[register.number] : nil
  }

  /// Returns the result of the comparison that defined `register`, nil iff this function has none.
  func condition(of register: Register) -> Value? {
    owners[register.number] == part.number ? conditions[register.number] : nil
  }

}

/// One of the functions that a program becomes.
struct Part {

  /// What a function is to the others.
  enum Role {

    /// The kernel calls it when the probe fires.
    case program

    /// The kernel calls it for every turn of a loop; it returns 1 to end the loop, else 0.
    case turn

    /// Another one calls it once; it returns an `Exit`.
    case apart

    /// The same, but the verifier looks at it by itself, without what it knows about the one that calls it.
    case independent

  }

  /// How a function that stands for a block was left.
  enum Exit: Int64 {
    case end = 0
    case stop = 1
    case leave = 2
    case again = 3
  }

  /// Something of another function that this one uses.
  enum Captured: Hashable {

    /// The context of the program.
    case context

    /// The address of the scratch memory.
    case scratch

    /// The value of a register.
    case register(Int)

    /// The value of a variable, which this function does not change.
    case local(Int)

    /// The address of a variable that is shared on the stack.
    case variable(Int)

    /// The address of a slot.
    case slot(Int)

  }

  /// The number of the function in the program; 0 is the first one.
  let number: Int

  /// What the function is to the others.
  let role: Role

  /// The function.
  let function: Function

  /// The scope of its positions.
  let scope: Metadata

  /// The address of the words that the caller has put what is captured into.
  let words: Value?

  /// The word of each thing that is captured.
  let captured: [Captured: Int]

  /// The stack memory of the variables that are this function's, by number.
  var locals: [Int: Value] = [:]

  /// The stack memory of the slots that are this function's, by number.
  var slots: [Int: Value] = [:]

  /// The stack memory of the words for the functions that this one has called.
  var outgoing: Value?

  /// The address of the scratch memory, where the function has looked it up itself.
  var scratch: Value?

  /// `true` iff the function is called in a loop within another one that is not a function for each turn.
  var isInLoop = false

  /// The variables whose values the function leaves in the words, by number.
  var returned: [Int] = []

  /// The line of the instructions that are being emitted.
  var line = 0

  /// The blocks that `leave` and `repeat` jump to in the loops that are open in this function, the innermost one last.
  var loops: [(exit: BasicBlock, header: BasicBlock)] = []

}

extension Frame {

  /// Returns the alignment that `slot` is given: at least that of a word, so that it can be filled and copied in words.
  static func alignment(of slot: IRSlot) -> Int { max(slot.alignment, 8) }

}
