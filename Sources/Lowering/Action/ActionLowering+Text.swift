import Builtins
import IR
import Semantics
import Syntax
import Types

/// Texts and bytes.
extension ActionLowering {

  /// Emits the instructions that copy a buffer to one of another capacity: cut or followed by zeros.
  mutating func copyBuffer(from: Place, capacity: Int, to: Place, capacity wanted: Int) {
    builder.emit(.copy(to: to, from: from, count: 4 + min(capacity, wanted), alignment: 4))
    guard wanted < capacity else {
      builder.emit(.zero(to.advanced(by: 4 + capacity), count: wanted - capacity, alignment: 1))
      return
    }
    let count = builder.load(.i32, from: from)
    let isLonger = builder.binary(.unsignedLess, .constant(Int64(wanted), .i32), count)
    builder.store(builder.select(isLonger, .constant(Int64(wanted), .i32), count), to: to)
  }

  /// Returns a place where the `count` bytes at `place` can be read by the word: a copy, zeros behind it.
  mutating func words(_ place: Place, count: Int) -> Place {
    let size = count.rounded(upToMultipleOf: 8)
    let copy = memory.take(size: size, alignment: 8, in: &builder)
    if size > count { builder.store(.constant(0, .i64), to: copy.advanced(by: size - 8)) }
    builder.emit(.copy(to: copy, from: place, count: count, alignment: place.alignment))
    return copy
  }

}
