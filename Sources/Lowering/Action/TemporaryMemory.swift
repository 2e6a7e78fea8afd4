import IR
import Types

/// The memory that a program needs for values that are not scalars: on its stack or in scratch memory.
///
/// Memory is given back at the end of the statement that asked for it, so that long scripts need no more than short ones.
struct TemporaryMemory {

  /// The number of bytes of a program's stack that are given out; the kernel allows 512 (`MAX_BPF_STACK` in
  /// `include/linux/filter.h`), of which the code generator needs some for itself.
  static let stackBudget = 256

  /// The greatest number of bytes of a value on the stack.
  let stackLimit: Int

  /// `true` iff memory on the stack is not used again under the same name, so that statements of a long script have nothing in common
  /// and can become functions of their own; the code generator lets what is used at different times share its bytes.
  private let keepsSlotsApart: Bool

  /// The number of bytes of the stack in use or free for reuse.
  private var stackSize = 0

  /// The number of bytes of scratch memory in use or free for reuse.
  private(set) var scratchSize = 0

  /// The pieces that can be used again, by size and alignment.
  private var free: [Shape: [Place]] = [:]

  /// The pieces in use, the latest last.
  private var inUse: [(shape: Shape, place: Place)] = []

  /// Creates an instance that gives out nothing larger than `stackLimit` bytes from the stack.
  init(stackLimit: Int, keepsSlotsApart: Bool = false) {
    self.stackLimit = stackLimit
    self.keepsSlotsApart = keepsSlotsApart
  }

  /// A size and an alignment.
  private struct Shape: Hashable {

    /// The number of bytes.
    let size: Int

    /// The number of bytes that the address is a multiple of.
    let alignment: Int

    /// `true` iff the memory must not be on the stack.
    var isOffStack = false

  }

  /// What `release(to:)` takes.
  var mark: Int { inUse.count }

  /// Returns memory that nothing else uses until it is released; scratch memory, whatever its size, iff `isOffStack`.
  mutating func take(
    size: Int, alignment: Int, isOffStack: Bool = false, in builder: inout ProgramBuilder
  ) -> Place {
    let shape = Shape(size: size.rounded(upToMultipleOf: 8), alignment: 8, isOffStack: isOffStack)
    let place: Place
    if let used = free[shape]?.popLast() {
      place = used
    } else if !isOffStack && shape.size <= stackLimit
      && stackSize + shape.size <= TemporaryMemory.stackBudget
    {
      place = builder.slot(size: shape.size, alignment: shape.alignment)
      stackSize += shape.size
    } else {
      place = Place(.scratch, offset: scratchSize)
      scratchSize += shape.size
    }
    inUse.append((shape, place))
    return place
  }

  /// Returns scratch memory for a value of `size` bytes that nothing else uses to the end of the program.
  mutating func takeScratch(size: Int) -> Place {
    defer { scratchSize += size.rounded(upToMultipleOf: 8) }
    return Place(.scratch, offset: scratchSize)
  }

  /// Gives back everything that was taken since `mark`.
  mutating func release(to mark: Int) {
    while inUse.count > mark {
      let last = inUse.removeLast()
      if keepsSlotsApart, case .slot = last.place.base {
        stackSize -= last.shape.size
      } else {
        free[last.shape, default: []].append(last.place)
      }
    }
  }

}
