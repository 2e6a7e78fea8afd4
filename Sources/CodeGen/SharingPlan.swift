import IR
import Types

/// What the functions of a program share: the variables that one of them changes and another reads, and whether the program
/// has ended.
///
/// Turns of loops cannot share variables on the stack, but only in scratch memory. Up to Linux 6.6 the verifier looks at the function of a loop once, and takes
/// what it has left on its caller's stack for what is there after any number of turns; later ones look at it until they find
/// nothing new, which variables that they know the values of delay. Of what is in a map's value they know nothing.
struct SharingPlan {

  /// The offset in scratch memory of each variable that is there.
  private(set) var offsets: [Int: Int] = [:]

  /// The variables that are shared on the stack, by functions that are called once.
  private(set) var onStack: Set<Int> = []

  /// The offset of the word that is not 0 iff the program is to end, if there is one.
  private(set) var stopOffset: Int?

  /// The number of bytes of scratch memory.
  private(set) var size: Int

  /// `true` iff something is shared in scratch memory.
  var isNeeded: Bool { stopOffset != nil || !offsets.isEmpty }

  /// Creates a plan for a program without functions of its own.
  init() { size = 0 }

  /// Plans what `program`, which uses `size` bytes of scratch memory itself, shares behind them.
  init(for program: IRProgram, behind size: Int) {
    self.size = size.rounded(upToMultipleOf: 8)
    guard program.body.hasParts else { return }
    var survey = LocalSurvey(count: program.locals.count)
    survey.visit(program.body)
    for local in program.locals.indices where survey.isShared(local) {
      if survey.isSharedOnStack(local) {
        onStack.insert(local)
        continue
      }
      precondition(program.locals[local] != .pointer, "a pointer is shared by the functions of a program")
      offsets[local] = self.size
      self.size += 8
    }
    if program.body.stopsInTurn {
      stopOffset = self.size
      self.size += 8
    }
  }

}

/// Which functions of a program read and assign its variables.
private struct LocalSurvey {

  /// The function that each function is called by, nil for the first.
  private var parents: [Int?] = [nil]

  /// For each function whether it is a turn of a loop.
  private var areTurns: [Bool] = [false]

  /// The functions that assign each variable.
  private var setters: [Set<Int>]

  /// The functions that read each variable.
  private var readers: [Set<Int>]

  /// For each function the variables that it reads before it has assigned them, in the same run.
  private var exposed: [Set<Int>] = [[]]

  /// The function that is being visited.
  private var current = 0

  /// Creates a survey of `count` variables that has visited nothing.
  init(count: Int) {
    setters = Array(repeating: [], count: count)
    readers = setters
  }

  /// Visits the instructions of `block`.
  mutating func visit(_ block: IRBlock) {
    for instruction in block.instructions {
      switch instruction {
      case .get(_, let local): readers[local.number].insert(current)
      case .set(let local, _): setters[local.number].insert(current)
      default: break
      }
      guard let body = instruction.partBody?.block else {
        for block in instruction.blocks { visit(block) }
        continue
      }
      let outer = current
      current = parents.count
      parents.append(outer)
      areTurns.append(instruction.isLoop)
      var assignments = DefiniteAssignment()
      assignments.visit(body)
      exposed.append(assignments.exposed)
      visit(body)
      current = outer
    }
  }

  /// Returns `true` iff `local` cannot be a variable of one function whose value the functions within it are given.
  func isShared(_ local: Int) -> Bool {
    guard let setter = setters[local].first else { return false }
    return setters[local].count > 1 || exposed[setter].contains(local)
      || !readers[local].allSatisfy { isWithin($0, setter) }
  }

  /// Returns `true` iff between the functions that use `local`, a shared variable, there are no turns of loops.
  func isSharedOnStack(_ local: Int) -> Bool {
    let owners = Set(setters[local].union(readers[local]).map { turn(around: $0) })
    guard owners.count == 1, let owner = owners.first else { return false }
    return owner == 0 || !exposed[owner].contains(local)
  }

  /// Returns the innermost function that `part` is or is called by which is a turn of a loop, or else the first function.
  private func turn(around part: Int) -> Int {
    var i = part
    while !areTurns[i], let parent = parents[i] { i = parent }
    return i
  }

  /// Returns `true` iff the function `part` is `other` or called by way of it.
  private func isWithin(_ part: Int, _ other: Int) -> Bool {
    var next: Int? = part
    while let i = next {
      if i == other { return true }
      next = parents[i]
    }
    return false
  }

}

/// Which variables a block reads before it has assigned them for certain.
private struct DefiniteAssignment {

  /// Those variables.
  private(set) var exposed: Set<Int> = []

  /// The variables that are assigned by now.
  private var assigned: Set<Int> = []

  /// The same in order, the latest last.
  private var journal: [Int] = []

  /// Visits the instructions of `block`.
  mutating func visit(_ block: IRBlock) {
    for instruction in block.instructions {
      switch instruction {
      case .get(_, let local):
        if !assigned.contains(local.number) { exposed.insert(local.number) }
      case .set(let local, _): assign(local.number)
      case .branch(_, let then, let otherwise):
        let first = assignments(in: then)
        let second = assignments(in: otherwise)
        for local in first where second.contains(local) { assign(local) }
      default:
        for block in instruction.blocks { _ = assignments(in: block) }
      }
    }
  }

  /// Notes that `local` is assigned.
  private mutating func assign(_ local: Int) {
    if assigned.insert(local).inserted { journal.append(local) }
  }

  /// Visits `block`, which need not run to its end, and returns what it assigns.
  private mutating func assignments(in block: IRBlock) -> Set<Int> {
    let start = journal.count
    visit(block)
    let new = Set(journal[start...])
    assigned.subtract(new)
    journal.removeSubrange(start...)
    return new
  }

}

extension IRBlock {

  /// `true` iff a loop that is a function of its own ends the program.
  fileprivate var stopsInTurn: Bool {
    instructions.contains { instruction in
      switch instruction {
      case .forEachElement(_, _, _, let body), .forCount(_, _, let body):
        BlockUse(of: body).exits.contains(.stop)
      default: instruction.blocks.contains { $0.stopsInTurn }
      }
    }
  }

}
