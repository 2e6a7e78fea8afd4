import IR
import Types

/// Adds to a finished program what counts and reports the calls of helpers that fail.
struct HelperChecks {

  /// What the programs of the script share.
  var module: ModuleLowering

  /// The program.
  private var program: IRProgram

  /// The place in the script that instructions come from, an index into the module's table.
  private var position: Int?

  /// Creates an instance that adds to `program`.
  init(_ program: IRProgram, in module: ModuleLowering) {
    self.program = program
    self.module = module
  }

  /// Returns the program with the checks and the shared state that goes with it.
  consuming func checked() -> (program: IRProgram, module: ModuleLowering) {
    let body = program.body
    program.body = checked(body)
    return (program, module)
  }

  /// Returns `block` with a check behind every call that can fail.
  private mutating func checked(_ block: IRBlock) -> IRBlock {
    var result = IRBlock()
    for instruction in block.instructions {
      if case .position(let index) = instruction { position = index }
      result.instructions.append(instruction.rewritingBlocks { checked($0) })
      guard case .callHelper(let register?, let helper, let arguments) = instruction, helper.canFail,
        let position
      else { continue }
      // Making an element that another CPU has just made is no failure.
      if helper == .mapUpdateElement, arguments.last == .constant(1, .i64) { continue }
      result.instructions += check(register, of: helper, at: position)
    }
    return result
  }

  /// Returns the instructions that count a failure if `result` says so, and send an event if it is the first one.
  private mutating func check(_ result: Register, of helper: Helper, at position: Int) -> [Instruction] {
    let site = module.helperSite(helper, at: position)
    let (count, code) = (module.helperSites[site].countOffset, module.helperSites[site].codeOffset)
    let event = EventDescription(action: .helperError(site: site), fieldTypes: [.int64])
    let index = module.index(of: event)
    let isFailure = register(.i8)
    let earlier = register(.i64)
    let isFirst = register(.i8)
    let record = register(.pointer)
    let isThere = register(.i8)
    let send: [Instruction] = [
      .store(Place(.register(record)), .constant(Int64(index), .i64)),
      .store(Place(.register(record), offset: event.fields[0].offset), .register(result)),
      .callHelper(nil, .ringbufSubmit, [.register(record), .constant(0, .i64)]),
    ]
    let report: [Instruction] = [
      .callHelper(
        record, .ringbufReserve, [.ringBuffer, .constant(Int64(event.size), .i64), .constant(0, .i64)]),
      .binary(isThere, .notEqual, .register(record), .constant(0, .pointer)),
      .branch(.register(isThere), IRBlock(send), IRBlock()),
    ]
    let note: [Instruction] = [
      .store(Place(.globals, offset: code), .register(result)),
      .atomicFetchAdd(earlier, Place(.globals, offset: count), .constant(1, .i64)),
      .binary(isFirst, .equal, .register(earlier), .constant(0, .i64)),
      .branch(.register(isFirst), IRBlock(report), IRBlock()),
    ]
    return [
      .binary(isFailure, .signedLess, .register(result), .constant(0, .i64)),
      .branch(.register(isFailure), IRBlock(note), IRBlock()),
    ]
  }

  /// Returns a new register of the given type.
  private mutating func register(_ type: IRType) -> Register {
    program.registers.append(type)
    return Register(program.registers.count - 1)
  }

}
