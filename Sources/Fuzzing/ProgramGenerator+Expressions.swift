import Builtins
import TestSupport

/// Expressions whose types fit.
extension ProgramGenerator {

  /// What kind of value an expression has.
  enum Kind: Hashable, Sendable { case none, integer, string, tuple }

  /// Returns an expression of the given kind.
  mutating func expression(_ kind: Kind) -> String {
    budget -= 1
    switch kind {
    case .none, .integer: return budget <= 0 ? simpleInteger() : integer()
    case .string: return budget <= 0 ? simpleString() : string()
    case .tuple: return "(\(expression(.integer)), \(expression(.string)))"
    }
  }

  /// Returns an integer without operators.
  private mutating func simpleInteger() -> String {
    let known = variables.filter { $0.hasPrefix("$i") } + loopVariables
    if !known.isEmpty && numbers.happens(40) { return numbers.pick(known) }
    if numbers.happens(30), let call = call(returning: .integer) { return call }
    return numbers.pick(
      [
        "0", "1", "-1", "7", "255", "256", "65536", "4294967296", "0x7fffffffffffffff", "pid", "tid", "cpu",
        "nsecs", "uid", "@k[1]", "@c", "@sum[3]", "@i", "true", "'x'",
      ].filter { $0 != "'x'" && (budget > -20 || !$0.hasPrefix("@")) })
  }

  /// Returns an integer with operators.
  private mutating func integer() -> String {
    switch numbers.number(0...13) {
    case 0...3:
      let operation = numbers.pick(["+", "-", "*", "/", "%", "&", "|", "^", "<<", ">>"])
      return "(\(expression(.integer)) \(operation) \(expression(.integer)))"
    case 4, 5:
      let operation = numbers.pick(["<", "<=", ">", ">=", "==", "!=", "&&", "||"])
      return "(\(expression(.integer)) \(operation) \(expression(.integer)))"
    case 6: return "(\(expression(.string)) \(numbers.pick(["==", "!="])) \(expression(.string)))"
    case 7: return "(\(expression(.integer)) ? \(expression(.integer)) : \(expression(.integer)))"
    case 8: return "\(numbers.pick(["-", "~", "!"]))(\(expression(.integer)))"
    case 9:
      let type = numbers.pick([
        "int8", "uint8", "int16", "uint16", "int32", "uint32", "int64", "uint64", "bool",
      ])
      return "(\(type))(\(expression(.integer)))"
    case 10: return "(\(expression(.integer)), \(expression(.string))).0"
    case 11: return numbers.pick(["@k[\(expression(.integer))]", "@s[\(expression(.string))]"])
    default: return simpleInteger()
    }
  }

  /// Returns a string without operators.
  private mutating func simpleString() -> String {
    let known = variables.filter { $0.hasPrefix("$s") }
    if !known.isEmpty && numbers.happens(40) { return numbers.pick(known) }
    if numbers.happens(30), let call = call(returning: .string) { return call }
    return numbers.pick(["\"\"", "\"a\"", "\"hello world\"", "comm", "comm", "@str"])
  }

  /// Returns a string with operators.
  private mutating func string() -> String {
    switch numbers.number(0...5) {
    case 0: return "(\(expression(.integer)) ? \(expression(.string)) : \(expression(.string)))"
    case 1: return "(\(expression(.integer)), \(expression(.string))).1"
    default: return simpleString()
    }
  }

  /// Returns a call of a builtin of the table with arguments that fit, nil if none gives a value of the given kind.
  mutating func call(returning kind: Kind) -> String? {
    let calls = Self.calls[kind] ?? []
    guard !calls.isEmpty else { return nil }
    var result = ""
    for character in numbers.pick(calls) {
      switch character {
      case "I": result += expression(.integer)
      case "S": result += expression(.string)
      default: result.append(character)
      }
    }
    return result
  }

  /// Calls of the builtins that the table has, by the kind of their values; `I` and `S` stand for integers and strings.
  private static let calls: [Kind: [String]] = allCalls.mapValues { calls in
    calls.filter { call in
      let name = String(call.prefix { $0.isLowercase || $0 == "_" || $0.isNumber })
      return BuiltinTable.builtin(named: name) != nil
    }
  }

  /// Calls of all builtins that need nothing but integers and strings.
  private static let allCalls: [Kind: [String]] = [
    .none: [
      "time()", "time(\"%H:%M:%S\\n\")", "exit()", "exit(3)", "cat(\"/etc/hostname\")",
      "errorf(\"%d\\n\", I)",
      "warnf(\"%s\\n\", S)", "print(S)", "print(I)", "print((I, S))", "clear(@k)", "zero(@h)",
      "delete(@k, I)",
      "delete(@t, (I, S))", "assert(I, \"no\")", "static_assert(1 == 1, \"no\")", "print(@k[I])",
      "printf(\"%r\\n\", buf(\"abc\", 3))", "printf(\"%s\\n\", strftime(\"%H\", nsecs))",
      "printf(\"%s %s\\n\", ntop(1), macaddr(\"abcdef\"))", "printf(\"%p\\n\", I)", "printf(\"%c\\n\", I)",
      "join(\"a\")", "find(@k, I, $i0)", "print(nsecs)", "print(comm)", "print(username)",
      "print(cgroup_path(cgroup))", "print(ntop(2, I))", "print(pton(\"127.0.0.1\"))",
    ],
    .integer: [
      "pid", "tid", "uid", "gid", "cpu", "nsecs", "elapsed", "ncpus", "numaid", "rand", "cgroup", "jiffies",
      "usermode", "ppid", "curtask", "cpid", "has_cpid", "leader_tid", "mntns", "netns", "pid()", "tid()",
      "nsecs()", "nsecs(monotonic)", "nsecs(boot)", "nsecs(tai)", "nsecs(sw_tai)", "strlen(S)",
      "strncmp(S, S, 4)", "strcontains(S, S)", "globmatch(S, S)", "strcap(S)", "sizeof(uint32)", "sizeof(I)",
      "len(@k)",
      "has_key(@k, I)", "has_key(@s, S)", "bswap((uint32)(I))", "bswap(I)", "memcmp(S, S, 3)",
      "is_literal(I)", "is_str(S)", "is_integer(I)", "is_ptr(I)", "is_array(S)", "default_str_length()",
      "strstr(S, S)", "pid(init)", "tid(init)", "is_err(I)", "kfunc_exist(\"bpf_rdonly_cast\")",
    ],
    .string: [
      "comm", "comm()", "probe", "probetype", "str(\"abc\")", "str(S, 3)", "str(\"abcdef\", I)",
      "str_concat(S, S)", "signal_name(I)", "syscall_name(I)", "strerror(I)", "pcomm", "leader_comm",
      "str($1)", "comm(pid)",
    ],
  ]

}
