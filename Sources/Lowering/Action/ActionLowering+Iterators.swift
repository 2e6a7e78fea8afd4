import Builtins
import IR
import Kernel
import Probes
import Semantics
import Types

/// Iterators.
extension ActionLowering {

  /// Emits what stands in front of the script's own instructions in an iterator: an early end where there is no object any more,
  /// and a mark in what the iterator writes, by which the process sees how far it has come.
  mutating func lowerIteratorStart() {
    guard case .iterator(let target)? = points.first?.target,
      case .structure(let structure) = action.context.contextType,
      let members = module.kernel.layout(of: structure.name)?.members
    else { return }
    // The last run is one without an object.
    if let object = members.first(where: { $0.offset > 0 && $0.isTracked }) {
      module.require(
        Int64(object.offset), of: .offset(structure.name, [.member(object.name)]), as: object.type)
      let address = builder.load(.pointer, from: Place(.context, offset: object.offset))
      let isThere = builder.isNotNull(address)
      builder.branch(isThere, then: { _ in }, otherwise: { $0.emit(.stop) })
    }
    guard target.pin == nil, let sequence = sequence() else { return }
    let mark = memory.take(size: IteratorMark.size, alignment: 8, in: &builder)
    builder.emit(.zero(mark, count: IteratorMark.size, alignment: 8))
    builder.call(.sequenceWrite, sequence, .address(mark), .constant(Int64(IteratorMark.size), .i32))
  }

}
