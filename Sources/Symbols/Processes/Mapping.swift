/// Memory of a process that can be executed, and where it comes from.
struct Mapping: Hashable {

  /// The first address.
  var start: UInt64

  /// The address behind the last one.
  var end: UInt64

  /// The place in the file of the first byte.
  var fileOffset: UInt64

  /// What is mapped.
  var content: Content

  /// When it was mapped or seen, in nanoseconds of the boot-time clock.
  var time: UInt64

  /// What can be mapped.
  enum Content: Hashable {

    /// A file, by its number in the table of files.
    case file(Int)

    /// The code that the kernel gives to all processes (`vdso(7)`).
    case vdso

    /// Memory without a file: code that the process made itself.
    case anonymous

  }

  /// Returns the part from the address `start` on to before the address `end`, which both are within.
  func part(from start: UInt64, to end: UInt64) -> Mapping {
    var part = self
    part.fileOffset = fileOffset &+ (start - self.start)
    part.start = start
    part.end = end
    return part
  }

}
