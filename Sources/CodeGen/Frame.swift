import IR
import LLVM

/// What is known about the program that is being emitted.
struct Frame {

  /// The program.
  let program: IRProgram

  /// The function, once there is one.
  var function: Function?

  /// The scope of its positions.
  var scope: Metadata?

  /// The values of the registers, by number; nil before their definition.
  var registers: [Value?]

  /// For registers that were defined by a comparison, its result of one bit.
  ///
  /// Branches use it, not the register's 8 bits: the verifier learns about a pointer that is compared with null only
  /// from a jump that compares the pointer itself.
  var conditions: [Value?]

  /// The stack memory of the variables, by number.
  var locals: [Value] = []

  /// The stack memory of the slots, by number.
  var slots: [Value] = []

  /// The address of the scratch memory.
  var scratch: Value?

  /// The blocks that `leave` and `repeat` jump to in the loops that are open, the innermost one last.
  var loops: [(exit: BasicBlock, header: BasicBlock)] = []

  /// Creates the frame of a program of which nothing is emitted yet.
  init(program: IRProgram) {
    self.program = program
    self.registers = Array(repeating: nil, count: program.registers.count)
    self.conditions = registers
  }

}
