import Builtins
import IR
import Kernel
import Probes
import Types

/// Fields of tracepoints' records, which can be elsewhere on another kernel: programs may not load from what they compute out of
/// the address of the context, but helpers may read there.
extension ActionLowering {

  /// Emits a read of `field` where it is on the kernel that the program comes to run on; nil if it is in the same place everywhere.
  mutating func lowerMovable(_ field: ContextField) -> LoweredValue? {
    guard isRelocatable, points.count == 1, points[0].canHaveMovedFields,
      let fact = fact(of: field, at: points[0])
    else { return nil }
    let start = builder.convert(.context, .toInteger, to: .i64)
    let distance = module.number(fact.value, of: fact.subject, as: fact.type)
    let address = builder.binary(.add, start, distance)
    let type = field.value.type
    if field.isDataLocation {
      let location = builder.load(.i32, from: copy(of: address, count: 4))
      return .scalar(dataAddress(location, from: start))
    }
    if case .string(let capacity) = type {
      return .memory(readText(at: address, by: .probeReadKernelString, capacity: capacity + 1))
    }
    let copy = copy(of: address, count: type.size)
    return type.isScalar ? .scalar(builder.load(type.registerType, from: copy)) : .memory(copy)
  }

  /// Emits the address of the data of a field that consists of where that is, seen from the start of the record.
  ///
  /// The 16 low bits are the distance (`__data_loc` in `include/trace/stages/stage1_struct_define.h`).
  mutating func dataAddress(_ location: Operand, from start: Operand) -> Operand {
    let distance = builder.binary(.and, location, .constant(0xffff, .i32))
    return builder.binary(.add, start, builder.convert(distance, .zeroExtend, to: .i64))
  }

  /// Emits a copy of the `count` bytes at `address` in the kernel's memory, and returns where it is.
  private mutating func copy(of address: Operand, count: Int) -> Place {
    let copy = memory.take(size: count, alignment: 8, in: &builder)
    probeRead(count, at: address, in: .kernel, to: copy)
    return copy
  }

  /// Returns where `field` is at `point`, nil if that is no tracepoint.
  private func fact(of field: ContextField, at point: AttachPoint) -> KernelFact? {
    guard case .tracepoint(let subsystem, let event, _) = point.target,
      let format = try? module.kernel.format(ofTracepoint: event, in: subsystem),
      let found = format.fields.first(where: { $0.name == field.name })
    else { return nil }
    return KernelFact(
      .field(field.name, subsystem: subsystem, event: event, isDataLocation: field.isDataLocation),
      value: Int64(found.offset), type: found.type)
  }

}

extension AttachPoint {

  /// `true` iff a program that is made for this point alone finds fields wherever they are.
  var canHaveMovedFields: Bool {
    guard case .tracepoint = target else { return false }
    return !isChosenByWildcard
  }

}
