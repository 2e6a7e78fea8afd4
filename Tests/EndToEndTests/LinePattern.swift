/// What lines of output are compared with.
enum LinePattern: Equatable, Sendable, CustomStringConvertible {

  /// A line.
  case exactly(String)

  /// A line that a regular expression matches as a whole.
  case matching(String)

  /// Any number of lines.
  case anything

  /// The pattern as directives write it, without the name of the stream.
  var description: String {
    switch self {
    case .exactly(let line): ": \(line)"
    case .matching(let expression): "~ \(expression)"
    case .anything: "..."
    }
  }

  /// Returns whether the pattern, which is not `anything`, accepts `line`.
  func accepts(_ line: Substring) -> Bool {
    switch self {
    case .exactly(let expected): return line == expected
    case .matching(let expression): return (try? Regex(expression).wholeMatch(in: line)) ?? nil != nil
    case .anything: return true
    }
  }

}

/// Returns `true` iff `patterns` accept `lines`, all of them and in this order.
func matches(_ lines: ArraySlice<Substring>, _ patterns: ArraySlice<LinePattern>) -> Bool {
  // The pattern and the line to go on with when what follows the last `anything` does not fit.
  var (line, pattern) = (lines.startIndex, patterns.startIndex)
  var retry: (line: Int, pattern: Int)?
  while line < lines.endIndex {
    if pattern < patterns.endIndex, patterns[pattern] == .anything {
      pattern += 1
      retry = (line, pattern)
    } else if pattern < patterns.endIndex, patterns[pattern].accepts(lines[line]) {
      (line, pattern) = (line + 1, pattern + 1)
    } else if let last = retry {
      retry = (last.line + 1, last.pattern)
      (line, pattern) = (last.line + 1, last.pattern)
    } else {
      return false
    }
  }
  return patterns[pattern...].allSatisfy { $0 == .anything }
}

/// Returns the lines of `output`; a line end at its end does not start another one.
func lines(of output: String) -> ArraySlice<Substring> {
  let result = output.split(separator: "\n", omittingEmptySubsequences: false)
  return output.isEmpty || output.hasSuffix("\n") ? result.dropLast() : result[...]
}
