import Builtins
import Diagnostics
import IR
import Kernel
import Probes
import Semantics
import Syntax
import Types

/// Lowers one action to one program.
struct ActionLowering {

  /// What the programs of the script share.
  var module: ModuleLowering

  /// The action.
  let action: Program.Action

  /// The attach points of the program.
  let points: [AttachPoint]

  /// The half of the cookies of attach points that is the index of the probe: 1 for that of 32 higher bits.
  let cookieHalf: Int

  /// `true` iff the action has so many statements that its program must do with few branches.
  let isLong: Bool

  /// The program under construction.
  var builder: ProgramBuilder

  /// The memory for values that are not scalars.
  var memory: TemporaryMemory

  /// Where the scratch variables are.
  var variables: [VariableStorage] = []

  /// The memory that the values of expressions go to.
  var destinations: [NodeID: Destination] = [:]

  /// What is left to do when the element whose key is being written is made.
  var workForNewElement: [(inout ActionLowering) -> Void] = []

  /// The variables of loops.
  let loopVariables: LoopVariables

  /// The scratch variables that hold pointers whose types the verifier knows.
  private(set) var trackedVariables = TrackedVariables()

  /// `true` iff the address is being found of something that a helper takes only if the verifier knows its type.
  var isFindingTypedAddress = false

  /// The number of loops that are open.
  var loopDepth = 0

  /// Where the values go that `return` gives to the block expressions that are open, the innermost one last.
  var blockResults: [BlockResult] = []

  /// The events that are being made, the latest last, each with the number of loops around it.
  var openEvents: [(record: Operand, depth: Int)] = []

  /// Where the value of a block expression goes.
  struct BlockResult {

    /// The type of the value.
    let type: Type

    /// Where the value goes.
    let storage: VariableStorage

    /// A variable that is not 0 iff the block has returned.
    let isReturned: Local

    /// The number of loops around the block.
    let loopDepth: Int

    /// The number of events around the block that are being made.
    let eventCount: Int

    /// `true` iff the block returns from within a loop in it.
    var isReturnedInLoop = false

  }

  /// Where a scratch variable is.
  enum VariableStorage {

    /// In a scalar variable of the program.
    case local(Local)

    /// In memory.
    case memory(Place)

  }

  /// Creates an instance for a program with the given name.
  init(of action: Program.Action, at points: [AttachPoint], named name: String, in module: ModuleLowering) {
    self.init(
      of: action, at: points, appendingTo: ProgramBuilder(name: name, kind: action.context.programKind),
      in: module)
  }

  /// Creates an instance that appends to the program in `builder`.
  init(
    of action: Program.Action, at points: [AttachPoint], appendingTo builder: ProgramBuilder,
    cookieHalf: Int = 0, in module: ModuleLowering
  ) {
    self.module = module
    self.cookieHalf = cookieHalf
    self.action = action
    self.points = points
    self.loopVariables = LoopVariables(in: action)
    self.isLong = action.isLong
    self.builder = builder
    self.memory = TemporaryMemory(
      stackLimit: module.program.settings.stackLimit, keepsSlotsApart: isLong)
    self.trackedVariables = findTrackedVariables()
  }

  /// Returns the program and the shared state that goes with it.
  consuming func lowered() -> (program: IRProgram, module: ModuleLowering) {
    lower()
    return (builder.finish(), module)
  }

  /// Emits the whole action.
  mutating func lower() {
    if action.mechanism.isSlowToDetach(from: points.count) { lowerSwitch() }
    lowerProcessFilter()
    lowerIteratorStart()
    lowerTaskFilters()
    // Variables are prepared only where the predicate holds, unless it has some of its own.
    let usesVariables = action.predicateUsesVariables
    if usesVariables { declareVariables() }
    if let predicate = action.predicate { lowerPredicate(predicate) }
    if !usesVariables { declareVariables() }
    lower(action.body)
    if memory.scratchSize > 0 {
      builder.useScratch(
        module.useScratch(size: memory.scratchSize, orIn: builder.program.scratchIndex))
    }
  }

  /// Emits an early end for as long as tracing is off.
  private mutating func lowerSwitch() {
    let flag = builder.load(.i64, from: Place(.globals, offset: GlobalsLayout.tracingIsOff))
    let isOff = builder.binary(.notEqual, flag, .constant(0, .i64))
    builder.branch(isOff) { $0.emit(.stop) }
  }

  /// Emits an early end unless `predicate` holds.
  private mutating func lowerPredicate(_ predicate: Expression) {
    mark(predicate.site)
    let start = memory.mark
    let holds = condition(predicate)
    memory.release(to: start)
    builder.branch(holds, then: { _ in }, otherwise: { $0.emit(.stop) })
  }

  /// Gives every scratch variable its place, and zero as its value unless it is assigned before anything reads it.
  private mutating func declareVariables() {
    let assignedFirst = FirstAssignments(in: action).variables
    let addressed = action.addressedVariables
    for (index, variable) in action.variables.enumerated() {
      if variable.type.isScalar && !addressed.contains(index) {
        variables.append(.local(builder.local(variable.type.registerType)))
      } else {
        // A loop gives its variable a value in every turn. What turns share is in scratch memory, whose contents no verifier
        // believes to know.
        let isOfLoop = loopVariables.all.contains(index)
        let place =
          !isOfLoop && loopVariables.usedInTurns.contains(index)
          ? memory.takeScratch(size: variable.type.size)
          : memory.take(size: variable.type.size, alignment: 8, in: &builder)
        if !assignedFirst.contains(index) && !isOfLoop {
          builder.emit(.zero(place, count: variable.type.size, alignment: 8))
        }
        variables.append(.memory(place))
      }
    }
  }

  /// Says that what follows comes from the given place in the script.
  mutating func mark(_ site: SourceSpan) {
    builder.emit(.position(module.enter(site)))
  }

}

extension Type {

  /// The type of registers that hold values of the type.
  ///
  /// - Requires: the type is scalar.
  var registerType: IRType {
    if let integer = asInteger { return .integer(width: integer.width) }
    switch size {
    case 4: return .i32
    case 8: return .i64
    default: preconditionFailure("not a scalar")
    }
  }

}

extension Program.Action {

  /// `true` iff a block expression in the predicate uses scratch variables.
  fileprivate var predicateUsesVariables: Bool {
    var result = false
    predicate?.forEachExpression { if case .block = $0.kind { result = true } }
    return result
  }

}
