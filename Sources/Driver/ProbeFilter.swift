import Glibc

/// An extended regular expression that the names of probes are compared with; see regex(7).
final class ProbeFilter {

  /// The C library's expression.
  private var expression = regex_t()

  /// Creates an instance of `text`, or ends the run with what is wrong with it.
  init(_ text: String) throws(Stop) {
    let status = regcomp(&expression, text, REG_EXTENDED | REG_NOSUB)
    if status == 0 { return }
    var words = [CChar](repeating: 0, count: 256)
    regerror(status, &expression, &words, words.count)
    let reason = String(decoding: words.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
    throw Stop("'--probe-filter' takes a regular expression; '\(text)' is none: \(reason.lowercased())")
  }

  /// Releases the expression.
  deinit { regfree(&expression) }

  /// Returns `true` iff the expression matches a part of `name`.
  func matches(_ name: String) -> Bool { regexec(&expression, name, 0, nil, 0) == 0 }

}
