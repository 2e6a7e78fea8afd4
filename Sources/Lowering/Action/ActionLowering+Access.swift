import Builtins
import IR
import Probes
import Semantics
import Syntax
import Types

/// Members, elements, and what pointers point to: a chain of them is one read for each pointer that is followed.
extension ActionLowering {

  /// Emits a read of `expression`, a member, an element, or what a pointer points to; nil if it is a part of a value that
  /// is no C value.
  mutating func lowerAccess(_ expression: Expression) -> LoweredValue? {
    guard let location = locate(expression) else { return nil }
    return read(location, as: type(of: expression))
  }

  /// Emits what is needed to find the value of `expression` and returns where it is; nil if it has no place of its own.
  mutating func locate(_ expression: Expression) -> Location? {
    switch expression.kind {
    case .unary(.dereference, let pointer): return target(of: pointer)
    case .member(let base, let name):
      guard !base.isArguments else { return nil }
      let outer: Location
      switch type(of: base) {
      case .pointer: outer = target(of: base)
      case .structure: outer = locate(base) ?? Location(memory: .place(memory(base)), type: type(of: base))
      default: return nil
      }
      if case .record(let fields) = outer.type { return field(name, of: fields, in: outer) }
      guard case .structure(let structure) = outer.type,
        let member = module.program.table.structures[structure.name]?[name.text]
      else { preconditionFailure("an unknown member") }
      let distance = offset(of: member, in: structure.name, at: outer.memory)
      return Location(
        memory: advanced(outer.memory, by: distance), type: member.type, bits: member.bits,
        member: (structure.name, member.name))
    case .index(let base, let index): return locateElement(index, of: base)
    default: return nil
    }
  }

  /// Returns the distance of `member` from the start of `structure`, which is at `memory`: what is read where it is has its offsets as
  /// they are.
  private mutating func offset(
    of member: StructureLayout.Member, in structure: StructureName, at memory: Location.Memory
  ) -> Operand {
    let number = Int64(member.offset)
    guard module.program.kernelTypes.structures.contains(structure) else { return .constant(number, .i64) }
    let subject: KernelFact.Subject =
      member.bits == nil
      ? .offset(structure, [.member(member.name)]) : .bits(structure, member: member.name)
    if case .address = memory { return module.number(number, of: subject, as: member.type) }
    module.require(number, of: subject, as: member.type)
    return .constant(number, .i64)
  }

  /// Notes that the sizes of the kernel's structures that `type` is made of are the same everywhere.
  mutating func requireSize(of type: Type) {
    switch type {
    case .array(let element, _): requireSize(of: element)
    case .structure(let structure) where module.program.kernelTypes.structures.contains(structure.name):
      if let size = structure.size { module.require(Int64(size), of: .size(structure.name)) }
    default: break
    }
  }

  /// Emits the distance of the element at `number` from the first one of an array at `memory` of values of `type`.
  private mutating func distance(
    ofElementAt number: Operand, of type: Type, at memory: Location.Memory
  ) -> Operand {
    var size = Operand.constant(Int64(type.size), .i64)
    if case .address = memory, case .structure(let structure) = type,
      module.program.kernelTypes.structures.contains(structure.name)
    {
      size = module.number(Int64(type.size), of: .size(structure.name))
    } else {
      requireSize(of: type)
    }
    if case .constant(let number, _) = number, case .constant(let size, _) = size {
      return .constant(number &* size, .i64)
    }
    return builder.binary(.multiply, number, size)
  }

  /// Returns where the field `name` of the record at `location` is.
  private mutating func field(_ name: Name, of fields: [RecordField], in location: Location) -> Location {
    guard let index = fields.firstIndex(where: { $0.name == name.text }) else {
      preconditionFailure("an unknown field")
    }
    let offset = Int64(StructLayout(of: fields.map(\.type)).offsets[index])
    return Location(
      memory: advanced(location.memory, by: .constant(offset, .i64)), type: fields[index].type)
  }

  /// Emits `pointer` and returns the place that it points to.
  private mutating func target(of pointer: Expression) -> Location {
    let (pointee, space): (Type, AddressSpace) =
      switch type(of: pointer) {
      case .pointer(let pointee, let space): (pointee, space)
      case .integer(let integer): (.uint64, integer.addressSpace ?? probe.addressSpace)
      default: preconditionFailure("not a pointer")
      }
    if let known = trackedTarget(of: pointer, pointee) { return known }
    // The verifier refuses to add to pointers that may be null, and which those are differs from kernel to kernel.
    let isPlain = !isRelocatable || !mayBeTracked(pointer)
    let address = isPlain ? scalar(pointer, as: .uint64) : number(of: pointer)
    return Location(memory: .address(address, space), type: completed(pointee))
  }

  /// Returns `type` with its size if it is a structure, or an array of such.
  func completed(_ type: Type) -> Type {
    if case .array(let element, let count) = type { return .array(of: completed(element), count: count) }
    guard case .structure(let structure) = type, structure.size == nil,
      let layout = module.program.table.structures[structure.name]
    else { return type }
    return .structure(StructureType(structure.name, size: layout.size, alignment: layout.alignment))
  }

  /// Returns the memory `distance` bytes behind `memory`.
  private mutating func advanced(_ memory: Location.Memory, by distance: Operand) -> Location.Memory {
    switch (memory, distance) {
    case (_, .constant(0, _)): return memory
    case (.tracked(var address), .constant(let distance, _)):
      address.offset += Int(distance)
      return .tracked(address)
    case (.tracked(let address), _):
      return .address(builder.binary(.add, number(of: address), distance), .kernel)
    case (.place(let place), .constant(let distance, _)): return .place(place.advanced(by: Int(distance)))
    case (.place, _): preconditionFailure("a place is moved by constants only")
    case (.address(.constant(let address, _), let space), .constant(let distance, _)):
      return .address(.constant(address &+ distance, .i64), space)
    case (.address(let address, let space), _):
      return .address(builder.binary(.add, address, distance), space)
    }
  }

  /// Emits what is needed to find `base[index]` and returns where it is.
  private mutating func locateElement(_ index: Expression, of base: Expression) -> Location {
    if case .pointer = type(of: base) {
      let start = target(of: base)
      let number = scalar(index, as: .int64)
      let distance = distance(ofElementAt: number, of: start.type, at: start.memory)
      return Location(memory: advanced(start.memory, by: distance), type: start.type)
    }
    let array = locate(base) ?? Location(memory: .place(memory(base)), type: type(of: base))
    let (element, count): (Type, Int) =
      switch array.type {
      case .array(let element, let count): (completed(element), count)
      case .string(let capacity): (.character, capacity)
      default: preconditionFailure("not an array")
      }
    let number = scalar(index, as: .int64)
    if case .constant = number {
      let distance = distance(ofElementAt: number, of: element, at: array.memory)
      return Location(memory: advanced(array.memory, by: distance), type: element)
    }
    return locateElement(at: number, of: array, count: count, element)
  }

  /// Emits what is needed to find the element at `number`, which is not known now, of `array`; an element outside of the array
  /// is zero.
  private mutating func locateElement(
    at number: Operand, of array: Location, count: Int, _ element: Type
  ) -> Location {
    let limit = Operand.constant(Int64(count), .i64)
    let number = builder.call(.bounded, number, limit)
    let isInside = builder.binary(.unsignedLess, number, limit)
    var source = array.memory
    if case .tracked(let address) = source { source = .address(self.number(of: address), .kernel) }
    switch source {
    case .tracked: preconditionFailure("an address that is a number now")
    case .address(let address, let space):
      // Nothing can be read at the address 0, and what cannot be read is zero.
      let result = builder.local(.i64)
      builder.set(result, to: .constant(0, .i64))
      builder.openBlock()
      let distance = distance(ofElementAt: number, of: element, at: source)
      builder.set(result, to: builder.binary(.add, address, distance))
      builder.emit(.branch(isInside, builder.closeBlock(), IRBlock()))
      return Location(memory: .address(builder.get(result), space), type: element)
    case .place(let place):
      requireSize(of: element)
      var source = place
      if place.base == .context {
        source = memory.take(size: element.size * count, alignment: 8, in: &builder)
        builder.emit(.copy(to: source, from: place, count: element.size * count, alignment: place.alignment))
      }
      let copy = memory.take(size: element.size, alignment: 8, in: &builder)
      builder.emit(.zero(copy, count: element.size, alignment: 8))
      builder.branch(isInside) { builder in
        let base = builder.register(.pointer)
        builder.emit(.address(base, source))
        let entry = builder.register(.pointer)
        let distance = builder.binary(.multiply, number, .constant(Int64(element.size), .i64))
        builder.emit(.offset(entry, .register(base), distance))
        builder.emit(
          .copy(
            to: copy, from: Place(.register(entry)), count: element.size,
            alignment: min(element.alignment, source.alignment)))
      }
      return Location(memory: .place(copy), type: element)
    }
  }

  /// Emits a read of the value at `location` as one of the type `type`.
  private mutating func read(_ location: Location, as type: Type) -> LoweredValue {
    if let bits = location.bits { return .scalar(readBits(bits, at: location, as: type)) }
    requireSize(of: location.type)
    if case .array(_, 0) = location.type { return .scalar(address(of: location.memory)) }
    // Text is followed by zeros up to a multiple of 8, which C's arrays of characters are not.
    let count = location.type.byteCount
    var source = location.memory
    if case .tracked(let address) = source {
      if let value = readTracked(address, location.type, as: type) { return value }
      source = .address(number(of: address), .kernel)
    }
    switch source {
    case .tracked: preconditionFailure("an address that is a number now")
    case .place(let place):
      if type.isString && !location.type.isString {
        let copy = takeZeroEnded(type, count: count)
        builder.emit(.copy(to: copy, from: place, count: count, alignment: place.alignment))
        return .memory(cleaned(copy, of: type))
      }
      let isAligned = place.alignment >= min(type.alignment, 8)
      let source = isAligned ? place : memory.take(size: count, alignment: 8, in: &builder)
      if !isAligned { builder.emit(.copy(to: source, from: place, count: count, alignment: place.alignment)) }
      return type.isScalar ? .scalar(builder.load(type.registerType, from: source)) : .memory(source)
    case .address(let address, let space):
      let copy = takeZeroEnded(type, count: count)
      probeRead(count, at: address, in: space, to: copy)
      if type.isScalar { return .scalar(builder.load(type.registerType, from: copy)) }
      return .memory(type.isString ? cleaned(copy, of: type) : copy)
    }
  }

  /// Emits a copy of the text at `place` that zeros follow, as C's arrays of characters do not ask for, and returns where it is.
  mutating func cleaned(_ place: Place, of type: Type) -> Place {
    guard case .string(let capacity) = type else { preconditionFailure("not a text") }
    return readText(at: address(of: .place(place)), by: .probeReadKernelString, capacity: capacity)
  }

  /// Returns memory for a value of `type` whose first `count` bytes will be filled; those behind are zero.
  private mutating func takeZeroEnded(_ type: Type, count: Int) -> Place {
    let place = memory.take(size: type.size, alignment: 8, in: &builder)
    let start = count / 8 * 8
    if type.size > start && count < type.size {
      builder.emit(.zero(place.advanced(by: start), count: type.size - start, alignment: 8))
    }
    return place
  }

  /// Emits a read of `count` bytes at `address`; what cannot be read is zero.
  mutating func probeRead(_ count: Int, at address: Operand, in space: AddressSpace, to place: Place) {
    builder.call(
      space == .user ? .probeReadUser : .probeReadKernel, .address(place), .constant(Int64(count), .i32),
      address)
  }

  /// Emits the address of `memory` as a number.
  mutating func address(of memory: Location.Memory) -> Operand {
    switch memory {
    case .address(let address, _): return address
    case .tracked(let address): return number(of: address)
    case .place(let place): return builder.convert(.address(place), .toInteger, to: .i64)
    }
  }

}

extension Place {

  /// The number of bytes, a power of two up to 8, that the address is known to be a multiple of: whatever a place counts
  /// from starts at a multiple of 8.
  var alignment: Int { offset == 0 ? 8 : min(8, 1 << offset.trailingZeroBitCount) }

}

extension Type {

  /// C's `char`.
  fileprivate static let character = Type.integer(IntegerType(width: 8, isSigned: true))

  /// The number of bytes as C has it.
  fileprivate var byteCount: Int {
    if case .string(let capacity) = self { capacity } else { size }
  }

}

extension Expression {

  /// `true` iff the expression is `args`.
  var isArguments: Bool { if case .identifier("args") = kind { true } else { false } }

}
