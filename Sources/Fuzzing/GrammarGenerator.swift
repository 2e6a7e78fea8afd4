import TestSupport

/// Makes programs by following the grammar at random.
///
/// Names, numbers and probes are mostly those that mean something, so that what follows the parser has something to do.
public struct GrammarGenerator: Sendable {

  /// The grammar.
  private let grammar: Grammar

  /// The numbers by which is decided.
  private var numbers: SeededNumbers

  /// What was made.
  private var output = ""

  /// The number of productions that what is being made may still use before it is to come to an end.
  private var budget = 0

  /// Creates a generator that decides by `seed`.
  public init(_ grammar: Grammar, seed: UInt64) {
    self.grammar = grammar
    numbers = SeededNumbers(seed: seed)
  }

  /// Returns a text that the grammar derives from the production `start`.
  public mutating func text(from start: String = "script") -> String {
    output = ""
    budget = numbers.number(30...400)
    produce(start, depth: 0, isInToken: false)
    return output
  }

  /// Appends what the production `name` derives.
  private mutating func produce(_ name: String, depth: Int, isInToken: Bool) {
    budget -= 1
    let isToken = isInToken || grammar.lexical.contains(name)
    if isToken && !isInToken { separate(isLine: name == "directive" || name == "define") }
    if let usual = usual(name) {
      output += usual
    } else if let rule = grammar.productions[name] {
      follow(rule, depth: depth + 1, isInToken: isToken)
    }
    if name == "directive" || name == "define" { output += "\n" }
  }

  /// Appends what stands between two tokens: mostly a blank, now and then a comment.
  private mutating func separate(isLine: Bool) {
    switch numbers.number(0...60) {
    case 0: output += " /* a comment */ "
    case 1: output += " // a comment\n"
    case 2: output += "\n\n"
    case 3: output += "\n// a comment of its own\n"
    case 4: output += "\n/* two\n * lines */"
    case 5...15: output += "\n"
    default: output += " "
    }
    if isLine { output += "\n" }
  }

  /// Appends what `rule` derives.
  private mutating func follow(_ rule: Grammar.Rule, depth: Int, isInToken: Bool) {
    switch rule {
    case .text(let text):
      if !isInToken { separate(isLine: false) }
      output += text
    case .words(let words): output += character(words)
    case .production(let name): produce(name, depth: depth, isInToken: isInToken)
    case .sequence(let rules): for rule in rules { follow(rule, depth: depth, isInToken: isInToken) }
    case .choice(let rules):
      let heights = rules.map { Grammar.height(of: $0, grammar.heights) ?? .max }
      let least = heights.min() ?? 0
      let affordable = rules.indices.filter { heights[$0] == least || !isExhausted(depth) }
      follow(rules[numbers.pick(affordable)], depth: depth, isInToken: isInToken)
    case .several(let rule, let least, let isUnlimited):
      var count = least
      while !isExhausted(depth), count < (isUnlimited ? 6 : 1), numbers.happens(isUnlimited ? 60 : 50) {
        count += 1
      }
      for _ in 0..<count { follow(rule, depth: depth, isInToken: isInToken) }
    }
  }

  /// `true` iff what is being made is to come to an end.
  private func isExhausted(_ depth: Int) -> Bool { budget <= 0 || depth > 40 }

  /// Returns something that the production `name` derives and that means something, nil to follow the grammar.
  private mutating func usual(_ name: String) -> String? {
    guard !numbers.happens(3) else { return nil }
    switch name {
    case "identifier": return numbers.pick(Self.names)
    case "variable": return numbers.pick(["$x", "$y", "$z", "$kv"])
    case "map": return numbers.pick(["@", "@a", "@b", "@m", "@count"])
    case "positional": return numbers.pick(["$1", "$2"])
    case "integer": return numbers.pick(["0", "1", "3", "10", "0x1f", "017", "1e3", "10ms", "7ull", "1_000"])
    case "string": return numbers.pick(["\"\"", "\"abc\"", "\"%d\\n\"", "\"%s %d\"", "\"1\""])
    case "probe": return numbers.pick(Self.probes)
    case "directive": return "#include <linux/sched.h>"
    case "define": return numbers.pick(["#define ONE 1", "#define SUM (1 + 2)", "#define NAME pid"])
    case "definition": return "struct pair { int a; long b; };"
    case "interpreter-line": return "#!/usr/bin/env apus\n"
    default: return nil
    }
  }

  /// The names that are used most.
  private static let names = [
    "pid", "tid", "comm", "nsecs", "cpu", "args", "arg0", "retval", "count", "sum", "hist", "printf", "print",
    "str", "delete", "clear", "exit", "max", "lhist", "a", "b", "ONE", "SUM", "NAME", "_", "hash",
    "int32", "uint64", "max_map_keys", "kstack", "strlen", "len", "has_key",
  ]

  /// The probes that are used most.
  private static let probes = [
    "BEGIN", "END", "interval:s:1", "profile:hz:99", "kprobe:tcp_ack", "kprobe:tcp_*", "kretprobe:tcp_ack",
    "tracepoint:syscalls:sys_enter_openat", "name=kprobe:tcp_ack", "uprobe:/bin/bash:readline", "kprobe:$1",
  ]

  /// Returns a character that is one of those that `words` tell.
  ///
  /// - Requires: the words are among those that the grammar uses.
  private mutating func character(_ words: String) -> String {
    switch words {
    case "a to z, A to Z": return numbers.pick(["a", "b", "x", "Z"])
    case "0 to 9": return numbers.pick(["0", "1", "9"])
    case "0 to 7": return numbers.pick(["0", "5", "7"])
    case "a to f, A to F": return numbers.pick(["a", "F"])
    case "blank, tab, line feed, carriage return, form feed": return numbers.pick([" ", "\t", "\n"])
    case "any byte": return numbers.pick(["x", " ", "ä", "%", "d", ";", "{"])
    case "line feed", "end of the script": return "\n"
    case let probe where probe.hasPrefix("any but white space"):
      return numbers.pick(["t", "c", "p", "_", "*"])
    default: preconditionFailure("the grammar says '? \(words) ?', which the generator does not know")
    }
  }

}
