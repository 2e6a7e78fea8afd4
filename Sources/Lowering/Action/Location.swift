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

  }

  /// Where the memory is.
  var memory: Memory

  /// The type as C has it: characters in a row are an array.
  var type: Type

  /// The bits that count, for a bit field.
  var bits: StructureLayout.BitField? = nil

}
