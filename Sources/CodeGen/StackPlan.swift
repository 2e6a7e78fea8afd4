import IR
import Types

/// Which slots of a program share memory, because they are used at different times.
///
/// The kernel gives a program 512 bytes of stack (`MAX_BPF_STACK`), so that a program with many map assignments must use
/// the same bytes for their keys. Slots whose address never leaves the program have memory of their own: LLVM turns them
/// into registers.
struct StackPlan {

  /// A piece of stack memory.
  struct Home {

    /// The number of bytes, a multiple of 8.
    let size: Int

    /// The number of bytes that its address is a multiple of.
    var alignment: Int

    /// The last instruction that uses it so far.
    var last: Int

  }

  /// The pieces of memory.
  private(set) var homes: [Home] = []

  /// The piece that each slot is at the start of, by the slot's number; 0 for slots that are not planned.
  private(set) var home: [Int] = []

  /// Plans the memory of `slots` of `program`, which are those of the function for `body`.
  init(of slots: Set<Int>, in body: IRBlock, of program: IRProgram) {
    var survey = SlotSurvey(program)
    survey.visit(body)
    home = Array(repeating: 0, count: program.slots.count)
    var shared: [Int] = []
    let order = slots.sorted { (survey.uses[$0].first, $0) < (survey.uses[$1].first, $1) }
    for slot in order {
      let (use, description) = (survey.uses[slot], program.slots[slot])
      let size = max(description.size, 1).rounded(upToMultipleOf: 8)
      let free = shared.filter { homes[$0].last < use.first && homes[$0].size >= size }
      if use.escapes, let best = free.min(by: { homes[$0].size < homes[$1].size }) {
        homes[best].last = use.last
        homes[best].alignment = max(homes[best].alignment, description.alignment)
        home[slot] = best
      } else {
        home[slot] = homes.count
        if use.escapes { shared.append(homes.count) }
        homes.append(Home(size: size, alignment: max(description.alignment, 8), last: use.last))
      }
    }
  }

}

/// When the slots of a program are used, counted in instructions from its beginning.
private struct SlotSurvey {

  /// The use of a slot.
  struct Use {

    /// The first instruction that uses it.
    var first = Int.max

    /// The last one.
    var last = -1

    /// `true` iff its address is given to a function or computed with.
    var escapes = false

  }

  /// The uses, by the slot's number.
  private(set) var uses: [Use]

  /// The slots that the address in each register may be in, by the register's number.
  private var origins: [Set<Int>]

  /// The number of instructions that were visited.
  private var time = 0

  /// The slots that were used in the innermost loop that is open; nil if none is.
  private var usedInLoop: Set<Int>?

  /// Creates a survey of `program` that has visited nothing.
  init(_ program: IRProgram) {
    uses = Array(repeating: Use(), count: program.slots.count)
    origins = Array(repeating: [], count: program.registers.count)
  }

  /// Visits the instructions of `block`.
  mutating func visit(_ block: IRBlock) {
    for instruction in block.instructions {
      time += 1
      visit(instruction)
    }
  }

  /// Visits `instruction` and the blocks in it.
  private mutating func visit(_ instruction: Instruction) {
    switch instruction {
    case .binary(let r, _, let a, let b), .offset(let r, let a, let b): derive(r, from: [a, b])
    case .convert(let r, _, let a): derive(r, from: [a])
    case .select(let r, let c, let a, let b): derive(r, from: [c, a, b])
    case .address(let r, let place): derive(r, from: [.address(place)])
    case .load(_, let place): use(place)
    case .store(let place, let a):
      use(place)
      leak(a)
    case .set(_, let a): leak(a)
    case .copy(let to, let from, _, _):
      use(to)
      use(from)
    case .zero(let place, _, _): use(place)
    case .atomicAdd(let place, let a), .atomicFetchAdd(_, let place, let a), .atomic(_, let place, let a),
      .atomicExchange(_, let place, let a):
      use(place)
      use(a)
    case .callHelper(_, _, let arguments), .callRuntime(_, _, let arguments),
      .callImported(_, _, let arguments),
      .callKernel(_, _, let arguments):
      for argument in arguments { use(argument) }
    case .branch(let condition, let then, let otherwise):
      use(condition)
      visit(then)
      visit(otherwise)
    case .loop(let body): visitLoop(body)
    case .forEachElement(_, _, _, let body), .forCount(_, _, let body), .apart(let body):
      for operand in instruction.operands { use(operand) }
      for slot in visitLoop(body) { uses[slot].escapes = true }
    case .get, .leave, .again, .stop, .position: break
    }
  }

  /// Visits a loop, and returns the slots that are used in it: they may keep their contents from one turn to the next.
  @discardableResult
  private mutating func visitLoop(_ body: IRBlock) -> Set<Int> {
    let (start, outer) = (time, usedInLoop)
    usedInLoop = []
    visit(body)
    let used = usedInLoop ?? []
    for slot in used {
      uses[slot].first = min(uses[slot].first, start)
      uses[slot].last = max(uses[slot].last, time)
    }
    usedInLoop = outer?.union(used)
    return used
  }

  /// Notes that `register` may hold the address of what `operands` are addresses of.
  private mutating func derive(_ register: Register, from operands: [Operand]) {
    var all: Set<Int> = []
    for operand in operands { all.formUnion(use(operand)) }
    if !all.isEmpty { origins[register.number] = all }
  }

  /// Notes that `operand` is kept where it is not followed: what it is the address of is in use to the end.
  private mutating func leak(_ operand: Operand) {
    for slot in use(operand) { uses[slot].last = .max }
  }

  /// Notes the use of `operand` and returns the slots that it may be the address of.
  @discardableResult
  private mutating func use(_ operand: Operand) -> Set<Int> {
    switch operand {
    case .register(let r):
      for slot in origins[r.number] { touch(slot) }
      return origins[r.number]
    case .address(let place):
      let slots = use(place)
      for slot in slots { uses[slot].escapes = true }
      return slots
    case .constant, .map, .twin, .ringBuffer, .packets, .stacks, .filter, .context, .fact: return []
    }
  }

  /// Notes the use of the memory at `place` and returns the slots that it may be in.
  @discardableResult
  private mutating func use(_ place: Place) -> Set<Int> {
    switch place.base {
    case .slot(let slot):
      touch(slot.number)
      return [slot.number]
    case .register(let r): return use(.register(r))
    case .scratch, .globals, .constant, .context: return []
    }
  }

  /// Notes the use of `slot` now.
  private mutating func touch(_ slot: Int) {
    uses[slot].first = min(uses[slot].first, time)
    uses[slot].last = max(uses[slot].last, time)
    usedInLoop?.insert(slot)
  }

}
