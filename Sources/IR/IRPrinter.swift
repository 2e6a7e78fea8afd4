import Types

/// Returns `module` as text: the manifest, the constants, then each program, one instruction a line.
///
/// The text is stable, so that tests can pin it. Every part of it is spelt as follows.
///
/// - A map is `map @x[uint32, string[16]] = count in hash perCPU 4096`; without a key it has no brackets. The value is
///   a type or an aggregation (`count`, `sum signed`, `hist 2`, `lhist 0 100 10` …), and the storage is
///   `global 24 presence 32`, `perCPU`, `dense 374`, `dense perCPU 374`, or `hash` with kind and capacity.
/// - An event is `event 0 = printf "%d" size 24 (8: int64, 16: int32)`, with the offset of each field.
/// - A probe is `probe 0 = kprobe:tcp_ack`, followed by `in tcp_ack` if it has a function.
/// - The variable `globals` is `globals 40 bytes, refused 32 -1`: its size, and each map's offset of refused updates.
/// - What a program for other kernels cannot do without is `needs size(struct sock) = 760`.
/// - Constant data is `const0 = "text\0"`, with `\x1f` for bytes that are not printable ASCII.
/// - A program is `program name kind {`, with `scratch 2` in front of the brace if it uses scratch memory. It begins
///   with its stack memory, `slot0: 16 bytes align 8`, and its variables, `$0: i64`.
/// - A register is `%0`, and where it is defined `%0: i64`; a variable is `$0`.
/// - A number is `5` if it is an `i64`, else it has its type behind it, `5i32`; the null pointer is `null`.
/// - A place is `slot0`, `scratch`, `globals`, `const0`, `ctx`, or a register, with its offset behind it: `slot0+8`.
///   As an operand it has `&` in front: `&slot0+8`. The other operands are `map[@x]`, `ringbuf`, `ctx`, and numbers that
///   are the kernel's, `offset(struct sock_common.skc_dport)`.
/// - Instructions are spelt as their declarations say: `%2: i64 = add %0, %1`, `%2: i64 = zext %1`,
///   `%3: i64 = select %0, %1, %2`, `%0: i64 = load ctx+8`, `store globals+24, %0`, `%0: i64 = $0`, `$0 = %0`,
///   `copy slot0, ctx+8, 16 align 8`, `zero slot0, 16 align 8`, `%0: ptr = address slot0`, `%2: ptr = offset %0, %1`,
///   `atomic add globals+24, 1`, `%0: i64 = atomic fetch add globals+24, 1`,
///   `%0: ptr = call map_lookup_elem(map[@x], &slot0)`, `%0: i32 = call apus_histogram_bucket(%1, 0i32)`,
///   `%0: i8 = call kernel bpf_session_is_return()`, `leave`, `repeat`, `return`, `at 3`.
/// - Nested blocks are indented: `if %0 {`, `} else {` unless that block is empty, `}`, `loop {`, `}`,
///   `for each map[@x], %1, %2 {`, `}`, `for %0, %1 {`, `}`, and `apart {`, `}`.
public func describe(_ module: TraceModule) -> String {
  var printer = IRPrinter(module: module)
  printer.printModule()
  return printer.text
}

/// Writes a module as text.
struct IRPrinter {

  /// The module.
  let module: TraceModule

  /// What was written so far.
  private(set) var text = ""

  /// The program that is being written.
  private var program = IRProgram(name: "", kind: .testRun)

  /// Creates a printer of `module`.
  init(module: TraceModule) { self.module = module }

  /// Writes the whole module.
  mutating func printModule() {
    printManifest()
    for program in module.programs {
      if !text.isEmpty { line("") }
      printProgram(program)
    }
  }

  /// Writes a line with `content` at the given depth of indentation.
  mutating func line(_ content: String, depth: Int = 0) {
    for _ in 0..<depth { text += "  " }
    text += content
    text += "\n"
  }

  /// Writes `program`.
  private mutating func printProgram(_ program: IRProgram) {
    self.program = program
    let scratch = program.scratchIndex.map { " scratch \($0)" } ?? ""
    line("program \(program.name) \(program.kind.rawValue)\(scratch) {")
    for (i, slot) in program.slots.enumerated() {
      line("slot\(i): \(slot.size) bytes align \(slot.alignment)", depth: 1)
    }
    for (i, type) in program.locals.enumerated() { line("$\(i): \(type.rawValue)", depth: 1) }
    printBlock(program.body, depth: 1)
    line("}")
  }

  /// Writes the instructions of `block`.
  private mutating func printBlock(_ block: IRBlock, depth: Int) {
    for i in block.instructions { printInstruction(i, depth: depth) }
  }

  /// Writes `instruction` and the blocks in it.
  private mutating func printInstruction(_ instruction: Instruction, depth: Int) {
    switch instruction {
    case .branch(let condition, let then, let otherwise):
      line("if \(name(condition)) {", depth: depth)
      printBlock(then, depth: depth + 1)
      if !otherwise.instructions.isEmpty {
        line("} else {", depth: depth)
        printBlock(otherwise, depth: depth + 1)
      }
      line("}", depth: depth)
    case .loop(let body):
      line("loop {", depth: depth)
      printBlock(body, depth: depth + 1)
      line("}", depth: depth)
    case .forEachElement(let map, let key, let value, let body):
      line("for each \(name(.map(map))), %\(key.number), %\(value.number) {", depth: depth)
      printBlock(body, depth: depth + 1)
      line("}", depth: depth)
    case .forCount(let count, let index, let body):
      line("for \(name(count)), %\(index.number) {", depth: depth)
      printBlock(body, depth: depth + 1)
      line("}", depth: depth)
    case .apart(let body):
      line("apart {", depth: depth)
      printBlock(body, depth: depth + 1)
      line("}", depth: depth)
    default:
      line(spelling(instruction), depth: depth)
    }
  }

  /// Returns the text of `instruction`, which has no blocks in it.
  private func spelling(_ instruction: Instruction) -> String {
    switch instruction {
    case .binary(let r, let operation, let a, let b):
      "\(definition(r))\(operation.rawValue) \(name(a)), \(name(b))"
    case .convert(let r, let conversion, let a): "\(definition(r))\(conversion.rawValue) \(name(a))"
    case .select(let r, let c, let a, let b): "\(definition(r))select \(name(c)), \(name(a)), \(name(b))"
    case .load(let r, let place): "\(definition(r))load \(name(place))"
    case .store(let place, let a): "store \(name(place)), \(name(a))"
    case .get(let r, let local): "\(definition(r))$\(local.number)"
    case .set(let local, let a): "$\(local.number) = \(name(a))"
    case .copy(let to, let from, let count, let alignment):
      "copy \(name(to)), \(name(from)), \(count) align \(alignment)"
    case .zero(let place, let count, let alignment): "zero \(name(place)), \(count) align \(alignment)"
    case .address(let r, let place): "\(definition(r))address \(name(place))"
    case .offset(let r, let base, let distance): "\(definition(r))offset \(name(base)), \(name(distance))"
    case .atomicAdd(let place, let a): "atomic add \(name(place)), \(name(a))"
    case .atomic(let operation, let place, let a): "atomic \(operation.rawValue) \(name(place)), \(name(a))"
    case .atomicExchange(let r, let place, let a):
      "\(definition(r))atomic exchange \(name(place)), \(name(a))"
    case .atomicFetchAdd(let r, let place, let a):
      "\(definition(r))atomic fetch add \(name(place)), \(name(a))"
    case .callHelper(let r, let helper, let arguments):
      "\(r.map(definition) ?? "")call \(helper.name)(\(list(arguments)))"
    case .callRuntime(let r, let function, let arguments):
      "\(r.map(definition) ?? "")call \(function.rawValue)(\(list(arguments)))"
    case .callImported(let r, let function, let arguments):
      "\(r.map(definition) ?? "")call import \(function)(\(list(arguments)))"
    case .callKernel(let r, let function, let arguments):
      "\(r.map(definition) ?? "")call kernel \(function.name)(\(list(arguments)))"
    case .leave: "leave"
    case .again: "repeat"
    case .stop: "return"
    case .position(let index): "at \(index)"
    case .branch, .loop, .forEachElement, .forCount, .apart:
      preconditionFailure("an instruction with blocks is more than one line")
    }
  }

  /// Returns the text in front of an instruction that defines `register`.
  private func definition(_ register: Register) -> String {
    "%\(register.number): \(program.registers[register.number].rawValue) = "
  }

  /// Returns the texts of `operands` separated by commas.
  private func list(_ operands: [Operand]) -> String {
    operands.map(name).joined(separator: ", ")
  }

  /// Returns the text of `operand`.
  private func name(_ operand: Operand) -> String {
    switch operand {
    case .register(let r): "%\(r.number)"
    case .constant(0, .pointer): "null"
    case .constant(let number, .i64): "\(number)"
    case .constant(let number, let type): "\(number)\(type.rawValue)"
    case .address(let place): "&\(name(place))"
    case .map(let index): "map[\(module.manifest.maps[index].name)]"
    case .twin(let index): "twin[\(module.manifest.maps[index].name)]"
    case .ringBuffer: "ringbuf"
    case .packets: "packets"
    case .stacks: "stacks"
    case .filter(let filter): filter.objectName
    case .context: "ctx"
    case .fact(let index): module.facts[index].description
    }
  }

  /// Returns the text of `place`.
  private func name(_ place: Place) -> String {
    let base =
      switch place.base {
      case .slot(let slot): "slot\(slot.number)"
      case .scratch: "scratch"
      case .globals: "globals"
      case .constant(let index): "const\(index)"
      case .register(let r): "%\(r.number)"
      case .context: "ctx"
      }
    if place.offset == 0 { return base }
    return place.offset > 0 ? "\(base)+\(place.offset)" : "\(base)\(place.offset)"
  }

}
