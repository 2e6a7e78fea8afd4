/// A range of bytes in a source file.
public struct SourceSpan: Hashable, Sendable {

  /// The file.
  public let file: SourceFile

  /// The offset of the first byte.
  public let start: Int

  /// The offset behind the last byte; `start` for an empty range.
  public let end: Int

  /// The call of a macro by which the text, a part of the macro's body, came into the script; nil for text that stands
  /// where it is.
  public let expansion: Expansion?

  /// Creates an instance with the given properties.
  ///
  /// - Requires: `0 <= start <= end <= file.text.count`.
  public init(_ file: SourceFile, from start: Int, to end: Int, in expansion: Expansion? = nil) {
    precondition(start >= 0 && start <= end && end <= file.text.count, "range outside of the file")
    self.file = file
    self.start = start
    self.end = end
    self.expansion = expansion
  }

  /// Returns the smallest span that holds `self` and `other`; `self` if `other` is in another file.
  public func extended(to other: SourceSpan) -> SourceSpan {
    guard file == other.file else { return self }
    return SourceSpan(file, from: min(start, other.start), to: max(end, other.end), in: expansion)
  }

  /// Returns the same place as a part of `expansion`.
  public func expanded(in expansion: Expansion?) -> SourceSpan {
    SourceSpan(file, from: start, to: end, in: expansion)
  }

  /// The bytes in the span.
  public var text: ArraySlice<UInt8> { file.text[start..<end] }

  /// The calls of macros that brought the text here, the innermost first.
  public var expansions: [Expansion] {
    var result: [Expansion] = []
    var next = expansion
    while let expansion = next {
      result.append(expansion)
      next = expansion.call.expansion
    }
    return result
  }

  /// The lines, or the line and the columns, that the span is in, as messages show them: `1:27-30`.
  public var range: String {
    let first = file.position(of: start)
    let last = file.position(of: max(start, end - 1))
    return first.line == last.line
      ? "\(first.line):\(first.column)-\(last.column)" : "\(first.line)-\(last.line)"
  }

}
