/// A range of bytes in a source file.
public struct SourceSpan: Hashable, Sendable {

  /// The file.
  public let file: SourceFile

  /// The offset of the first byte.
  public let start: Int

  /// The offset behind the last byte; `start` for an empty range.
  public let end: Int

  /// Creates an instance with the given properties.
  ///
  /// - Requires: `0 <= start <= end <= file.text.count`.
  public init(_ file: SourceFile, from start: Int, to end: Int) {
    precondition(start >= 0 && start <= end && end <= file.text.count, "range outside of the file")
    self.file = file
    self.start = start
    self.end = end
  }

  /// Returns the smallest span that holds `self` and `other`, which is in the same file.
  public func extended(to other: SourceSpan) -> SourceSpan {
    SourceSpan(file, from: min(start, other.start), to: max(end, other.end))
  }

  /// The bytes in the span.
  public var text: ArraySlice<UInt8> { file.text[start..<end] }

}
