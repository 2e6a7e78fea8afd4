public import IR
import Kernel
import Types

/// Numbers of the kernel.
extension CallLowering {

  /// Returns the number of CPUs that the kernel may ever use as an integer of the given type.
  public mutating func possibleCPUs(as type: IRType) -> Operand {
    let number = number(Int64(kernel.possibleCPUCount), of: .possibleCPUs, as: nil)
    if case .constant(let value, _) = number { return .constant(value, type) }
    return type == .i64 ? number : builder.convert(number, .truncate, to: type)
  }

  /// Returns the distance of `member` from the start of `structure`, one of the kernel's, as an `i64`.
  mutating func offset(of member: StructureLayout.Member, in structure: StructureName) -> Operand {
    number(Int64(member.offset), of: .offset(structure, [.member(member.name)]), as: member.type)
  }

}
