/// Bytes from the kernel, whose number nothing guarantees: every access is checked.
struct RawBytes {

  /// The memory, valid as long as whoever gave it says.
  private let memory: UnsafeRawBufferPointer

  /// Creates an instance that looks at `memory`.
  init(_ memory: UnsafeRawBufferPointer) { self.memory = memory }

  /// The number of bytes.
  var count: Int { memory.count }

  /// Returns the integer at `offset`, nil if it is not all there.
  @inline(__always)
  func load<T: FixedWidthInteger & BitwiseCopyable>(_ offset: Int, as type: T.Type) -> T? {
    guard offset >= 0, offset <= memory.count - MemoryLayout<T>.size else { return nil }
    return memory.loadUnaligned(fromByteOffset: offset, as: type)
  }

  /// Returns `count` bytes from `offset`, nil if they are not all there.
  @inline(__always)
  func slice(_ offset: Int, count: Int) -> UnsafeRawBufferPointer? {
    guard offset >= 0, count >= 0, offset <= memory.count - count else { return nil }
    return UnsafeRawBufferPointer(rebasing: memory[offset..<offset + count])
  }

  /// Returns the 64 bits of the integer of the given type at `offset`, extended by its signedness.
  @inline(__always)
  func bits(_ offset: Int, width: Int, isSigned: Bool) -> UInt64? {
    switch (width, isSigned) {
    case (8, false): load(offset, as: UInt8.self).map(UInt64.init)
    case (16, false): load(offset, as: UInt16.self).map(UInt64.init)
    case (32, false): load(offset, as: UInt32.self).map(UInt64.init)
    case (8, true): load(offset, as: Int8.self).map { UInt64(bitPattern: Int64($0)) }
    case (16, true): load(offset, as: Int16.self).map { UInt64(bitPattern: Int64($0)) }
    case (32, true): load(offset, as: Int32.self).map { UInt64(bitPattern: Int64($0)) }
    default: load(offset, as: UInt64.self)
    }
  }

}
