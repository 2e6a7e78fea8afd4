/// What a verifier's report comes down to.
struct VerifierSummary: Hashable {

  /// The reason in one line, in lower case where the words are ours, and without a full stop.
  let reason: String

  /// What to do about it, if that can be said.
  let hint: String?

  /// The index of the instruction that was refused, if the report tells.
  let instruction: Int?

  /// Creates the summary of `log`.
  init(of log: String) {
    var lastWords: Substring = ""
    var instruction: Int? = nil
    // Substrings of bytes: a report can have many megabytes.
    for line in log.utf8.split(separator: UInt8(ascii: "\n")) {
      if let index = VerifierSummary.instructionIndex(line) { instruction = index }
      if !VerifierSummary.isStatistics(line) { lastWords = Substring(line) }
    }
    self.instruction = instruction
    let words = String(lastWords)
    if let cause = VerifierSummary.causes.first(where: { words.containsText($0.sign) }) {
      reason = cause.reason(words)
      hint = cause.hint
    } else {
      reason = words.isEmpty ? "the verifier gave no reason" : "the verifier says '\(words)'"
      hint = nil
    }
  }

  /// A well-known cause of refusal.
  private struct Cause {

    /// What the verifier's last line contains.
    let sign: String

    /// Returns the reason in words of ours.
    let reason: @Sendable (_ line: String) -> String

    /// What to do about it, if that can be said.
    var hint: String? = nil

  }

  /// What to do about a program that is too long.
  private static let shorter = "make it shorter, or split it into several probes"

  /// What to do about a program of which the kernel follows too much.
  private static let shorterOnAllPaths =
    "\(shorter); turns of 'while' and 'unroll' are followed one by one, those of 'for' are not"

  /// The causes, by the words of kernel/bpf/verifier.c.
  private static let causes = [
    Cause(
      sign: "unknown func ", reason: { helperReason($0, behind: "unknown func ") },
      hint: "the kernel is too old for it, or has it for other kinds of probes only"),
    Cause(
      sign: "cannot use helper ", reason: { helperReason($0, behind: "cannot use helper ") },
      hint: "the kernel is too old for it, or has it for other kinds of probes only"),
    Cause(
      sign: "program is too large",
      reason: { _ in "it takes more than the million instructions that the kernel follows on all its paths" },
      hint: shorterOnAllPaths),
    Cause(
      sign: "jumps is too complex",
      reason: { _ in "it has more branches than the 8192 that the kernel follows" },
      hint: shorterOnAllPaths),
    Cause(
      sign: "maps per program has reached the limit",
      reason: { _ in "it uses more than the 64 maps that the kernel lets a program have" },
      hint: "use one map with keys in place of several, or split the block into several probes"),
    Cause(
      sign: "too many subprograms", reason: { _ in "it is longer than the kernel takes" }, hint: shorter),
    Cause(
      sign: "combined stack size",
      reason: { _ in "it needs more than the 512 bytes of stack that there are" },
      hint: "use fewer or smaller variables"),
    Cause(
      sign: "to stack R10 off=-5",
      reason: { _ in "it needs more than the 512 bytes of stack that there are" },
      hint: "use fewer or smaller variables"),
    Cause(
      sign: "stack R10 off=-5", reason: { _ in "it needs more than the 512 bytes of stack that there are" },
      hint: "use fewer or smaller variables"),
    Cause(
      sign: "infinite loop detected", reason: { _ in "it has a loop that may not end" },
      hint: "let 'while' count its turns in a variable, or use 'for' over a range"),
    Cause(
      sign: "back-edge from insn", reason: { _ in "it has a loop that may not end" },
      hint: "let 'while' count its turns in a variable, or use 'for' over a range"),
    Cause(sign: "invalid mem access", reason: { "it reads memory that it may not read directly (\($0))" }),
    Cause(
      sign: "invalid bpf_context access", reason: { "it reads what this kind of probe does not have (\($0))" }
    ),
    Cause(
      sign: "cannot call GPL-restricted function",
      reason: { _ in "it uses what programs under the GPL only may use" },
      hint: "leave the licence at 'GPL'"),
  ]

  /// Returns the reason for the refusal of the helper whose name stands behind `prefix` in `line`: `NAME#NUMBER`.
  private static func helperReason(_ line: String, behind prefix: String) -> String {
    let name = line.suffix(behind: prefix).prefix { $0 != "#" && $0 != " " }
    let full = name.hasPrefix("bpf_") ? String(name) : "bpf_\(name)"
    return "the kernel does not let this kind of probe call '\(full)'"
  }

  /// Returns the index of the instruction that `line` shows, nil if it shows none: `12: (79) r1 = …`.
  private static func instructionIndex(_ line: Substring.UTF8View) -> Int? {
    var index = 0
    var rest = line[...]
    while let digit = rest.first, digit >= UInt8(ascii: "0") && digit <= UInt8(ascii: "9"), index < 1 << 30 {
      index = index * 10 + Int(digit - UInt8(ascii: "0"))
      rest = rest.dropFirst()
    }
    return rest.startIndex > line.startIndex && rest.starts(with: ": (".utf8) ? index : nil
  }

  /// `true` iff `line` says nothing about the reason.
  private static func isStatistics(_ line: Substring.UTF8View) -> Bool {
    let beginnings = [
      "processed ", "verification time", "stack depth", "mark_precise", "max_states", "peak_states",
      "insns_state", "total_states", "cur state:", "old state:", ";",
    ]
    return line.allSatisfy { $0 <= UInt8(ascii: " ") } || beginnings.contains { line.starts(with: $0.utf8) }
  }

}

extension String {

  /// Returns `true` iff `text` occurs in the string.
  fileprivate func containsText(_ text: String) -> Bool { index(of: text) != nil }

  /// Returns what stands behind the first occurrence of `text`, nothing if there is none.
  fileprivate func suffix(behind text: String) -> Substring {
    guard let start = index(of: text) else { return "" }
    return self[start...].dropFirst(text.count)
  }

  /// Returns where `text` occurs first.
  private func index(of text: String) -> String.Index? {
    var rest = self[...].utf8
    while !rest.isEmpty {
      if rest.starts(with: text.utf8) { return rest.startIndex }
      rest = rest.dropFirst()
    }
    return nil
  }

}
