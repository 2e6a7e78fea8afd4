import Diagnostics
import Probes
import Syntax

extension ProbeSpec {

  /// Returns the probe with what the command line gives for options, or their defaults, in place of their names: `${rate}`.
  ///
  /// A value that has colons is several parts.
  func withValues(of options: ScriptOptions) throws(ProbeFault) -> ProbeSpec {
    guard parts.contains(where: { $0.text.utf8.contains(UInt8(ascii: "$")) }) else { return self }
    var result: [Name] = []
    for part in parts {
      let text = try filledIn(part, from: options)
      for piece in text.split(separator: UInt8(ascii: ":"), omittingEmptySubsequences: false) {
        result.append(Name(String(decoding: piece, as: UTF8.self), at: part.site))
      }
    }
    return ProbeSpec(label: label, parts: result, site: site)
  }

  /// Returns the text of `part` with values in place of options.
  private func filledIn(_ part: Name, from options: ScriptOptions) throws(ProbeFault) -> [UInt8] {
    var result: [UInt8] = []
    var rest = Array(part.text.utf8)[...]
    while let byte = rest.popFirst() {
      guard byte == UInt8(ascii: "$"), rest.first == UInt8(ascii: "{"),
        let end = rest.firstIndex(of: UInt8(ascii: "}"))
      else {
        result.append(byte)
        continue
      }
      let name = Array(rest[(rest.startIndex + 1)..<end])
      guard let value = options.value(ofOptionNamed: name) else {
        throw ProbeFault(.unknownOption(String(decoding: name, as: UTF8.self), at: part.site, options))
      }
      result += value.text
      rest = rest[(end + 1)...]
    }
    return result
  }

}

extension ScriptOptions.Value {

  /// The value as it is written.
  fileprivate var text: [UInt8] {
    switch self {
    case .truth(let value): Array((value ? "1" : "0").utf8)
    case .number(let number): Array(String(number.value).utf8)
    case .text(let bytes): bytes
    }
  }

}
