import IR
import Types

/// Where a value of a C type is: a member, an element, or what a pointer points to.
struct Location {

  /// Where the memory is.
  enum Memory {

    /// Memory that the program may use directly.
    case place(Place)

    /// An address, an `i64`, of memory that only helpers can read.
    case address(Operand, AddressSpace)

    /// Memory behind a pointer whose type the verifier knows.
    case tracked(TrackedAddress)

  }

  /// Where the memory is.
  var memory: Memory

  /// The type as C has it: characters in a row are an array.
  var type: Type

  /// The bits that count, for a bit field.
  var bits: StructureLayout.BitField? = nil

  /// The structure whose member this is and the name of that, for a bit field.
  var member: (owner: StructureName, name: String)? = nil

}

/// An address behind a pointer whose type the verifier knows.
struct TrackedAddress {

  /// The pointer, a register of the type `ptr`.
  let base: Operand

  /// The structure that it points to.
  let structure: StructureName

  /// The number of bytes behind the structure's start.
  var offset = 0

  /// The address as a place to load from.
  var place: Place {
    guard case .register(let register) = base else { preconditionFailure("not a pointer") }
    return Place(.register(register), offset: offset)
  }

}
