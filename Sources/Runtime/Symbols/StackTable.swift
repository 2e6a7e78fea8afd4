import BPF
import Types

/// A stack as it was recorded.
struct RecordedStack {

  /// The moment of the boot-time clock at which it was first seen, in nanoseconds.
  let time: UInt64

  /// The process, 0 for stacks of the kernel.
  let process: Int32

  /// The bytes of the frames, the innermost first.
  let frames: [UInt8]

  /// Returns the 64-bit word at `offset` of the frames.
  func word(at offset: Int) -> UInt64 {
    frames.withUnsafeBytes { RawBytes($0).load(offset, as: UInt64.self) ?? 0 }
  }

  /// The addresses that the frames are.
  var addresses: [UInt64] { stride(from: 0, to: frames.count - 7, by: 8).map(word) }

}

/// The stacks that programs have recorded, by the values that stand for them.
///
/// A stack that was read once stays in memory; it never changes.
final class StackTable {

  /// The value of a stack.
  private struct Key: Hashable {

    /// The two words.
    let first: UInt64, second: UInt64

  }

  /// The kernel's table, nil if no program records stacks.
  private let map: MapHandle?

  /// The stacks that were read.
  private var stacks: [Key: RecordedStack] = [:]

  /// Creates an instance that reads from `map`.
  init(_ map: MapHandle?) { self.map = map }

  /// Returns the stack whose value consists of the given words and that has frames of `frameSize` bytes; nil if it is not
  /// there.
  func stack(_ first: UInt64, _ second: UInt64, frameSize: Int) -> RecordedStack? {
    let count = StackStorage.frameCount(ofKeyWord: second)
    if count == 0 { return RecordedStack(time: 0, process: 0, frames: []) }
    let key = Key(first: first, second: second)
    if let known = stacks[key] { return known }
    let bytes = withUnsafeBytes(of: key) { Array($0) }
    guard let map, let element = try? map.lookup(bytes) else { return nil }
    let start = StackStorage.headerSize
    guard element.count >= start + count * frameSize else { return nil }
    let result = element.withUnsafeBytes { element in
      let bytes = RawBytes(element)
      return RecordedStack(
        time: bytes.load(0, as: UInt64.self) ?? 0,
        process: bytes.load(StackStorage.processOffset, as: Int32.self) ?? 0,
        frames: Array(element[start..<start + count * frameSize]))
    }
    stacks[key] = result
    return result
  }

}
