extension BinaryFile {

  /// Returns where in the file the byte is that is at `address` when it runs, relative to where it is loaded; nil if it comes
  /// from no place in the file.
  public func offset(ofAddress address: UInt64) -> UInt64? {
    segment(withAddress: address).map { $0.offset &+ (address - $0.address) }
  }

  /// Returns where the byte at `offset` in the file is when it runs, relative to where it is loaded; nil if it is not in
  /// memory.
  public func address(ofOffset offset: UInt64) -> UInt64? {
    for segment in segments
    where segment.isLoaded && offset >= segment.offset && offset - segment.offset < segment.fileSize {
      return segment.address &+ (offset - segment.offset)
    }
    return nil
  }

  /// Returns `true` iff there is code at `address`, relative to where the file is loaded.
  public func hasCode(atAddress address: UInt64) -> Bool {
    segment(withAddress: address)?.isExecutable ?? false
  }

  /// Returns the segment in whose part of the file the byte at `address` is.
  private func segment(withAddress address: UInt64) -> Segment? {
    segments.first { $0.isLoaded && address >= $0.address && address - $0.address < $0.fileSize }
  }

}

extension BinaryFile.Segment {

  /// `true` iff it is loaded into memory (`PT_LOAD`).
  public var isLoaded: Bool { kind == 1 }

}
