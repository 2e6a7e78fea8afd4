import Builtins
import IR
import Kernel
import Probes
import Semantics
import Syntax
import Types

extension ActionLowering: CallLowering {

  /// What the program finds at the probe.
  var probe: ProbeContext { action.context }

  /// The settings.
  var settings: Settings { module.program.settings }

  /// The kernel.
  var kernel: any KernelView { module.kernel }

  /// Returns the type of `expression`.
  func type(of expression: Expression) -> Type { type(of: expression.id) }

  /// Returns the type of the expression with the given identity.
  func type(of id: NodeID) -> Type { module.program.types[id] ?? .none }

  /// Returns the value that was noted of the expression `id` while types were checked, nil if none was.
  mutating func noted(of id: NodeID) -> Operand? {
    guard let value = module.program.constants[id] else { return nil }
    guard let origin = module.program.origins[id] else { return .constant(value, .i64) }
    module.replacedConstants.insert(id)
    return module.number(value, of: origin)
  }

  /// `true` iff the programs are to be made fit for other kernels later.
  var isRelocatable: Bool { module.isRelocatable }

  /// Returns `value`, the number of the kernel that is `subject` and has the type `type`, as an operand, an `i64`.
  mutating func number(_ value: Int64, of subject: KernelFact.Subject, as type: Type?) -> Operand {
    module.number(value, of: subject, as: type)
  }

  /// Notes that the program uses `value`, the number of the kernel that is `subject`, where it cannot be replaced.
  mutating func require(_ value: Int64, of subject: KernelFact.Subject, as type: Type?) {
    module.require(value, of: subject, as: type)
  }

  /// Emits the instructions of `expression`, a scalar, and returns its value converted to `type`.
  mutating func scalar(_ expression: Expression, as type: Type) -> Operand {
    convert(scalarOperand(expression), from: self.type(of: expression), to: type)
  }

  /// Returns the memory that the value of the expression `id` goes to, nil if it may be anywhere.
  func destination(for id: NodeID) -> Destination? { destinations[id] }

  /// Calls `emit` where the element whose key is being written is made.
  mutating func whenElementIsMade(_ emit: @escaping (inout ActionLowering) -> Void) {
    workForNewElement.append(emit)
  }

  /// Returns where the constant `bytes` are.
  mutating func constant(_ bytes: [UInt8]) -> Place { module.constant(bytes) }

  /// Returns the word that holds `word`.
  mutating func global(_ word: GlobalWord) -> Place { module.global(word) }

  /// Returns the index of `path` among the files that packets are written to.
  mutating func packetFile(_ path: String) -> Int { module.packetFile(path) }

  /// Notes that stacks are recorded, and returns where they are kept.
  mutating func useStacks() -> StackStorage { module.useStacks() }

  /// Returns the index of the map with the given name.
  func mapIndex(_ name: String) -> Int { module.mapIndex(name) }

  /// Returns the description of the map with the given index.
  func mapDescription(_ index: Int) -> MapDescription { module.storage.maps[index] }

  /// Emits the instructions that send an event.
  ///
  /// The event is made in the ring buffer itself; if that is full, the event is counted as lost, unless it only says what the
  /// process finds out otherwise.
  mutating func sendEvent(
    _ action: EventAction, fields: [Type], fill: (inout ActionLowering, [Place]) -> Void
  ) {
    let event = EventDescription(action: action, fieldTypes: fields)
    let index = module.index(of: event)
    let record = builder.call(
      .ringbufReserve, .ringBuffer, .constant(Int64(event.size), .i64), .constant(0, .i64))
    guard case .register(let register) = record else { preconditionFailure("not an address") }
    let lost = action == .exit ? nil : module.lostEventCount(of: builder.program.name)
    lowerBranch(
      builder.isNotNull(record),
      then: { lowering in
        let start = Place(.register(register))
        lowering.builder.store(.constant(Int64(index), .i64), to: start)
        lowering.openEvents.append((record, lowering.loopDepth))
        fill(&lowering, event.fields.map { start.advanced(by: $0.offset) })
        lowering.openEvents.removeLast()
        lowering.builder.call(.ringbufSubmit, record, .constant(0, .i64))
      },
      otherwise: { lowering in
        if let lost { lowering.builder.emit(.atomicAdd(lost, .constant(1, .i64))) }
      })
  }

  /// Emits the instructions that write the value of `expression` to a field of an event.
  mutating func writeField(_ expression: Expression, as type: Type, to place: Place) {
    destinations[expression.id] = Destination(place, for: .event)
    write(expression, as: type, to: place)
    destinations[expression.id] = nil
  }

  /// Returns the names that indices of the type stand for.
  func names(of type: Type) -> [String] {
    module.probes.descriptions.map { type == .functionName ? $0.function : $0.name }
  }

  /// `true` iff the program runs at one probe only, also where it is attached on another machine.
  private var hasOneProbe: Bool {
    points.count == 1 && !(isRelocatable && action.canTellProbe(on: module.kernel))
  }

  /// Returns the index of the probe that fired: a constant if there is only one, else the cookie of its attach point.
  mutating func probeIndex() -> Operand {
    if hasOneProbe { return .constant(Int64(module.probes.index(of: points[0])), .i32) }
    var cookie = builder.call(.getAttachCookie, .context)
    if cookieHalf == 1 {
      // Else LLVM makes one shift of this and of others, and the verifier knows nothing about the result.
      cookie = builder.opaque(builder.binary(.logicalShiftRight, cookie, .constant(32, .i64)))
    }
    return builder.convert(cookie, .truncate, to: .i32)
  }

  /// Returns the index by which the function that the probe is in is known.
  mutating func functionIndex() -> Operand {
    let indices = module.probes.functionIndices
    if hasOneProbe { return .constant(Int64(indices[module.probes.index(of: points[0])]), .i32) }
    let probe = probeIndex()
    if module.probes.functionsAreDistinct { return probe }

    // The verifier must see that the index is within the table.
    let table = module.constant(
      indices.flatMap { index in (0..<4).map { UInt8(truncatingIfNeeded: index >> ($0 * 8)) } })
    let result = builder.local(.i32)
    builder.set(result, to: probe)
    let index = builder.convert(probe, .zeroExtend, to: .i64)
    let isInside = builder.binary(.unsignedLess, index, .constant(Int64(indices.count), .i64))
    builder.branch(isInside) { builder in
      let base = builder.register(.pointer)
      builder.emit(.address(base, table))
      let entry = builder.register(.pointer)
      let offset = builder.binary(.shiftLeft, index, .constant(2, .i64))
      builder.emit(.offset(entry, .register(base), offset))
      builder.set(result, to: builder.load(.i32, from: Place(.register(entry))))
    }
    return builder.get(result)
  }

}
