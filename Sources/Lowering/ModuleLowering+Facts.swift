import IR
import Semantics
import Syntax
import Types

/// What programs that are made fit for other kernels later take for granted about the kernel.
extension ModuleLowering {

  /// Returns `value`, the number of the kernel that is `subject`, whose type is `type`: a fact if the programs are relocatable.
  mutating func number(_ value: Int64, of subject: KernelFact.Subject, as type: Type? = nil) -> Operand {
    isRelocatable ? .fact(index(of: subject, value, type, isFixed: false)) : .constant(value, .i64)
  }

  /// Notes that the programs use `value`, the number of the kernel that is `subject`, where it cannot be replaced.
  mutating func require(_ value: Int64, of subject: KernelFact.Subject, as type: Type? = nil) {
    if isRelocatable { _ = index(of: subject, value, type, isFixed: true) }
  }

  /// Returns the index of a fact.
  private mutating func index(
    of subject: KernelFact.Subject, _ value: Int64, _ type: Type?, isFixed: Bool
  ) -> Int {
    let key = KernelFact(subject, value: value, type: type, isFixed: isFixed)
    if let index = factIndices[key] { return index }
    factIndices[key] = facts.count
    facts.append(
      KernelFact(subject, value: value, type: type, isFixed: isFixed, position: currentPosition))
    return facts.count - 1
  }

  /// Notes the numbers of the kernel that have decided what is compiled, or have become parts of other numbers.
  mutating func requireFoldedConstants() {
    currentPosition = nil
    let folded = program.origins.filter { !replacedConstants.contains($0.key) }
    for (id, subject) in folded.sorted(by: { $0.key.number < $1.key.number }) {
      if let value = program.constants[id] { require(value, of: subject) }
    }
  }

  /// Notes what printing values of the types in `table` takes for granted about the kernel.
  mutating func requirePrintedTypes(_ table: TypeTable) {
    currentPosition = nil
    for (name, layout) in table.structures.sorted(by: { $0.key.tag < $1.key.tag })
    where program.kernelTypes.structures.contains(name) {
      require(Int64(layout.size), of: .size(name))
    }
    for (name, layout) in table.enumerations.sorted(by: { $0.key < $1.key })
    where program.kernelTypes.enumerations.contains(name) {
      require(Int64(layout.type.width), of: .names(ofEnumeration: name))
    }
  }

}
