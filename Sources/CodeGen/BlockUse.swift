import IR

/// What the instructions of a block use, those in blocks within it included.
struct BlockUse {

  /// The registers that are defined.
  private(set) var defined: Set<Int> = []

  /// The registers that are used.
  private(set) var used: Set<Int> = []

  /// The variables that are read.
  private(set) var read: Set<Int> = []

  /// The variables that are assigned.
  private(set) var assigned: Set<Int> = []

  /// The slots that are used.
  private(set) var slots: Set<Int> = []

  /// `true` iff the context of the program is used.
  private(set) var usesContext = false

  /// `true` iff scratch memory is used.
  private(set) var usesScratch = false

  /// The ways in which control leaves the block other than by its end.
  private(set) var exits: Set<Part.Exit> = []

  /// The number of loops within the block that are open.
  private var loopDepth = 0

  /// Finds what `block` uses.
  init(of block: IRBlock) { visit(block) }

  /// Finds what `block` uses but for the blocks in it that become functions, which are added to `parts`.
  init(of block: IRBlock, without parts: inout [PartBody]) {
    var found: [PartBody] = []
    visit(block) { found.append($0) }
    parts += found
  }

  /// Visits `block`, giving blocks that become functions to `separate` if there is such a function.
  private mutating func visit(_ block: IRBlock, separate: ((PartBody) -> Void)? = nil) {
    for instruction in block.instructions { visit(instruction, separate) }
  }

  /// Visits `instruction`.
  private mutating func visit(_ instruction: Instruction, _ separate: ((PartBody) -> Void)?) {
    for operand in instruction.operands { visit(operand) }
    for place in instruction.places { visit(place) }
    if let result = instruction.result { defined.insert(result.number) }
    switch instruction {
    case .get(_, let local): read.insert(local.number)
    case .set(let local, _): assigned.insert(local.number)
    case .stop: exits.insert(.stop)
    case .leave: if loopDepth == 0 { exits.insert(.leave) }
    case .again: if loopDepth == 0 { exits.insert(.again) }
    case .forEachElement(_, let key, let value, _):
      defined.formUnion([key.number, value.number])
    case .forCount(_, let index, _):
      defined.insert(index.number)
    default: break
    }
    if let separate, var body = instruction.partBody {
      body.isInLoop = loopDepth > 0
      return separate(body)
    }
    let isLoop = instruction.isLoop
    if isLoop { loopDepth += 1 }
    for block in instruction.blocks { visit(block, separate: separate) }
    if isLoop { loopDepth -= 1 }
  }

  /// Visits `operand`.
  private mutating func visit(_ operand: Operand) {
    switch operand {
    case .register(let r): used.insert(r.number)
    case .address(let place): visit(place)
    case .context: usesContext = true
    case .constant, .map, .twin, .ringBuffer, .packets, .stacks, .filter, .fact: break
    }
  }

  /// Visits `place`.
  private mutating func visit(_ place: Place) {
    switch place.base {
    case .slot(let slot): slots.insert(slot.number)
    case .register(let r): used.insert(r.number)
    case .context: usesContext = true
    case .scratch: usesScratch = true
    case .globals, .constant: break
    }
  }

}

/// A block that becomes a function of its own.
struct PartBody {

  /// The block.
  let block: IRBlock

  /// What its function is to the others.
  let role: Part.Role

  /// `true` iff it is in a loop within the function that calls it.
  var isInLoop = false

}

extension Instruction {

  /// The block in the instruction that becomes a function of its own, nil iff there is none.
  var partBody: PartBody? {
    switch self {
    case .forEachElement(_, _, _, let body), .forCount(_, _, let body): PartBody(block: body, role: .turn)
    case .apart(let body): PartBody(block: body, role: .apart)
    default: nil
    }
  }

  /// `true` iff `leave` and `repeat` in the blocks of the instruction mean the instruction.
  var isLoop: Bool {
    switch self {
    case .loop, .forEachElement, .forCount: true
    default: false
    }
  }

}

extension IRBlock {

  /// `true` iff a block within the block becomes a function of its own.
  var hasParts: Bool {
    instructions.contains { $0.partBody != nil || $0.blocks.contains { $0.hasParts } }
  }

  /// `true` iff a block within the block is a loop within one function.
  var hasLoops: Bool {
    instructions.contains { instruction in
      if case .loop = instruction { return true }
      return instruction.blocks.contains { $0.hasLoops }
    }
  }

}
