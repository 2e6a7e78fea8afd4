/// Where stacks are kept: a hash table in which each stack is once, with a hash of its frames as the key.
///
/// The key is the value of a stack in variables, maps and events: two words, of which the first and the upper 48 bits of the
/// second are the hash and the lower 16 bits the number of frames. One without frames has a key of zeros, and is not in
/// the table. Different stacks of a thousand million have the same hash with a probability of 1 to 10¹⁵.
///
/// An element is a word with the moment of the boot-time clock at which the stack was first seen, 32 bits with the process,
/// which is 0 for stacks of the kernel, 32 bits that are not used, and the frames.
public struct StackStorage: Hashable, Codable, Sendable {

  /// The number of bytes of a key.
  public static let keySize = 16

  /// The number of bytes in front of the frames.
  public static let headerSize = 16

  /// The offset of the number of the process, as apus sees it.
  public static let processOffset = 8

  /// The greatest number of bytes of the frames of a stack.
  public var frameBytes: Int

  /// The number of stacks that there is room for.
  public var capacity: Int

  /// `true` iff the kernel allocates elements when they are added.
  public var allocatesOnDemand: Bool

  /// The offset in `globals` of the 64-bit number of stacks that could not be kept.
  public var lostCountOffset: Int

  /// Creates an instance with the given properties.
  public init(frameBytes: Int, capacity: Int, allocatesOnDemand: Bool, lostCountOffset: Int) {
    self.frameBytes = frameBytes
    self.capacity = capacity
    self.allocatesOnDemand = allocatesOnDemand
    self.lostCountOffset = lostCountOffset
  }

  /// The number of bytes of an element.
  public var elementSize: Int { StackStorage.headerSize + frameBytes }

  /// The number of bytes of memory in which a program puts an element together: three words of zeros may stand behind the
  /// frames, for the hash to take four words at a time.
  public var scratchSize: Int { elementSize + 24 }

  /// Returns the number of frames of the stack with the key whose second word is `word`.
  public static func frameCount(ofKeyWord word: UInt64) -> Int { Int(word & 0xffff) }

}
