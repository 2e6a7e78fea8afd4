import Builtins
import Diagnostics
import Probes
import StandardScripts
import Syntax
import Types

// One function for each fault, in alphabetical order.
extension Diagnostic {

  /// A map that gathers numbers is used as one that holds values, or the other way round.
  static func aggregationAndValue(_ map: Name, at site: SourceSpan, first: SourceSpan) -> Diagnostic {
    .error(
      "'\(map.text)' cannot both gather numbers and hold a value", at: site,
      notes: [Note("it is used differently here", at: first)])
  }

  /// `condition ? a : b` with values of different kinds.
  static func branchesDiffer(
    _ a: Expression, _ aType: Type, _ b: Expression, _ bType: Type, at site: SourceSpan
  ) -> Diagnostic {
    .error(
      "the two values of '? :' must be of one kind, not \(aType.articled) and \(bType.articled)", at: site,
      hint: hint(for: aType, bType))
  }

  /// An operator that values of the type do not have.
  static func cannotApply(_ operation: String, _ type: Type, at site: SourceSpan) -> Diagnostic {
    .error("'\(operation)' cannot be applied to \(type.articled)", at: site)
  }

  /// A cast that has no meaning.
  static func cannotCast(_ old: Type, _ new: Type, at site: SourceSpan) -> Diagnostic {
    .error("\(old.articled) cannot be cast to '\(new)'", at: site)
  }

  /// An operator between values that it does not take.
  static func cannotCombine(
    _ operation: BinaryOperator, _ a: Type, _ b: Type, at site: SourceSpan
  ) -> Diagnostic {
    let isComparison = [.equal, .notEqual, .less, .lessOrEqual, .greater, .greaterOrEqual].contains(operation)
    if a.articled == b.articled, a != b, operation == .equal || operation == .notEqual {
      return .error("a value of type '\(a)' cannot be compared with one of type '\(b)'", at: site)
    }
    if a.articled == b.articled { return .cannotApply(operation.rawValue, a, at: site) }
    return .error(
      isComparison
        ? "\(a.articled) cannot be compared with \(b.articled)"
        : "'\(operation.rawValue)' cannot be applied to \(a.articled) and \(b.articled)", at: site)
  }

  /// `*` on something that is no pointer to a value that can be read.
  static func cannotDereference(_ operand: Expression, _ type: Type) -> Diagnostic {
    if case .pointer = type {
      return .error(
        "a pointer of type '\(type)' cannot be followed", at: operand.site,
        hint: "cast it first, as in '*(uint64 *)x'")
    }
    return .error(
      "\(type.articled) cannot be followed", at: operand.site,
      hint: type.isInteger ? "cast it to a pointer first, as in '*(uint64 *)x'" : nil)
  }

  /// `@x += count()`.
  static func compoundAggregation(_ call: BuiltinCall) -> Diagnostic {
    .error(
      "'\(call.name.text)()' can only be assigned with '='", at: call.site)
  }

  /// A map that gathers numbers in two ways.
  static func differentAggregations(
    _ map: Name, _ old: Aggregation, _ new: Aggregation, at site: SourceSpan, first: SourceSpan
  ) -> Diagnostic {
    let message =
      old.name == new.name
      ? "'\(map.text)' gathers with other arguments of '\(new.name)' elsewhere"
      : "'\(map.text)' cannot gather with both '\(old.name)' and '\(new.name)'"
    return .error(message, at: site, notes: [Note("it gathers differently here", at: first)])
  }

  /// A division by a literal that is 0.
  static func divisionByZero(_ divisor: Expression) -> Diagnostic {
    .warning("division by 0 gives 0", at: divisor.site)
  }

  /// An element of a tuple that there is not.
  static func elementOutOfRange(_ index: Int, count: Int, at site: SourceSpan) -> Diagnostic {
    .error("the tuple has \(count) elements, so '.\(index)' is none of them", at: site)
  }

  /// An index that is no integer.
  static func indexNotInteger(_ index: Expression, _ type: Type) -> Diagnostic {
    .error("an index must be an integer, not \(type.articled)", at: index.site)
  }

  /// A constant index outside of the array.
  static func indexOutOfRange(_ index: Int64, count: Int, at site: SourceSpan) -> Diagnostic {
    .error("the index \(index) is outside of the array, which has \(count) elements", at: site)
  }

  /// `T[n]` with an unusable n.
  static func invalidArrayCount(_ site: SourceSpan) -> Diagnostic {
    .error("the number of elements must be between 1 and 65536", at: site)
  }

  /// `let @a = hash(…)` with an unusable capacity.
  static func invalidCapacity(_ declaration: MapDeclaration) -> Diagnostic {
    .error(
      "'\(declaration.kind.text)' takes the number of elements, a whole number greater than 0",
      at: declaration.arguments.first?.site ?? declaration.kind.site)
  }

  /// A map used with another number of parts of its key.
  static func keyCountMismatch(
    _ map: Name, _ count: Int, expected: Int, at site: SourceSpan, first: SourceSpan
  ) -> Diagnostic {
    .error(
      "'\(map.text)' is used \(keyPhrase(count)) here and \(keyPhrase(expected)) elsewhere", at: site,
      notes: [Note("it is used \(keyPhrase(expected)) here", at: first)])
  }

  /// Returns `with a key of n parts`.
  private static func keyPhrase(_ count: Int) -> String {
    switch count {
    case 0: "without a key"
    case 1: "with a key"
    default: "with a key of \(count) parts"
    }
  }

  /// A negative literal that no integer holds.
  static func literalOutOfRange(_ site: SourceSpan) -> Diagnostic {
    .error("the number is less than the least 'int64'", at: site)
  }

  /// A value of another kind than those that came before.
  static func mismatch(
    _ name: Name, _ role: Inference.Role, old: Type, new: Type, at site: SourceSpan, first: SourceSpan
  ) -> Diagnostic {
    let articles =
      switch (new, old) {
      case (.timestamp, .timestamp): ("one with another format or clock", old.articled)
      case let (new, old) where new.articled == old.articled: ("a value of type '\(new)'", "'\(old)'")
      default: (new.articled, old.articled)
      }
    switch role {
    case .value:
      return .error(
        "'\(name.text)' holds \(articles.1), so that \(articles.0) cannot be assigned to it", at: site,
        notes: [Note("it is given \(old.articled) here", at: first)], hint: hint(for: old, new))
    case .keyPart(let index):
      return .error(
        "part \(index + 1) of the key of '\(name.text)' is \(articles.1), not \(articles.0)", at: site,
        notes: [Note("it is \(old.articled) here", at: first)])
    }
  }

  /// What to do where values of the two types meet, if that is simple.
  private static func hint(for a: Type, _ b: Type) -> String? {
    (a.isNameIndex && b.isString) || (a.isString && b.isNameIndex) ? "'str(…)' makes a string of a name" : nil
  }

  /// Signed and unsigned numbers in one place.
  static func mixedSigns(_ name: Name, _ role: Inference.Role, at site: SourceSpan) -> Diagnostic {
    let what =
      switch role {
      case .value: "'\(name.text)'"
      case .keyPart(let index): "part \(index + 1) of the key of '\(name.text)'"
      }
    return .warning(
      "\(what) takes signed and unsigned numbers and is an 'int64', which does not hold all of them", at: site
    )
  }

  /// A name of a probe or function compared with text that is not known now.
  static func nameComparedWithVariable(_ expression: Expression, _ type: Type) -> Diagnostic {
    .error("\(type.articled) can only be compared with a string literal", at: expression.site)
  }

  /// `args` where there are none.
  static func noArguments(_ provider: String, at site: SourceSpan) -> Diagnostic {
    .error(
      "'args' has no meaning in \(provider) probes", at: site,
      hint: provider == "kprobe"
        ? "the arguments of the function are 'arg0', 'arg1' …"
        : provider == "iter" ? "what an iterator has found is in 'ctx', such as 'ctx->task'" : nil)
  }

  /// A member of something that has none.
  static func noMember(_ name: Name, of type: Type) -> Diagnostic {
    .error(
      "\(type.articled) has no member '\(name.text)'", at: name.site,
      hint: type.asInteger == nil ? nil : "cast it first, as in '((struct x *)p)->\(name.text)'")
  }

  /// `sizeof` of something without a size.
  static func noSize(_ site: SourceSpan) -> Diagnostic {
    .error("the type has no size", at: site)
  }

  /// A value asked of something that has none.
  static func noValue(_ expression: Expression) -> Diagnostic {
    .error("the expression has no value", at: expression.site)
  }

  /// A condition that is neither true nor false.
  static func notACondition(_ condition: Expression, _ type: Type) -> Diagnostic {
    .error("a condition must be a number or a truth value, not \(type.articled)", at: condition.site)
  }

  /// `.0` on something that is no tuple.
  static func notATuple(_ base: Expression, _ type: Type) -> Diagnostic {
    .error("\(type.articled) has no numbered elements", at: base.site)
  }

  /// An assignment to something else than a variable or a map.
  static func notAssignable(_ target: Expression) -> Diagnostic {
    let what =
      switch target.kind {
      case .identifier(let name) where BuiltinTable.builtin(named: name) != nil: "the builtin '\(name)'"
      case .integer, .string, .boolean, .positional, .positionalCount: "a literal"
      default: "this expression"
      }
    return .error("\(what) cannot be assigned to", at: target.site, hint: "only '$variables' and '@maps' can")
  }

  /// A function's name without its parentheses.
  static func notCalled(_ name: Name) -> Diagnostic {
    .error("'\(name.text)' is a function", at: name.site, hint: "write '\(name.text)(…)' to call it")
  }

  /// `[…]` on something that has no elements.
  static func notIndexable(_ base: Expression, _ type: Type) -> Diagnostic {
    .error("\(type.articled) cannot be indexed", at: base.site)
  }

  /// An aggregation that is not one number used as one.
  static func notReadable(_ map: Name, _ aggregation: Aggregation, at site: SourceSpan) -> Diagnostic {
    .error(
      "'\(map.text)' is made with '\(aggregation.name)', which cannot be read as one number", at: site,
      hint: "'print(\(map.text))' prints it")
  }

  /// A part of a key that cannot be one.
  static func notStorable(_ part: Expression, _ type: Type) -> Diagnostic {
    .error("\(type.articled) cannot be a part of a key", at: part.site)
  }

  /// A script whose probes are all left out because they match nothing.
  static func nothingToAttach(_ spec: ProbeSpec, in mode: RunMode) -> Diagnostic {
    let provider = ProbeProviders.provider(named: spec.parts[0].text)
    let other = [RunMode.test, .bench].first {
      provider?.takesPart(in: $0) == true && provider?.takesPart(in: mode) == false
    }
    return .error(
      "there are no probes to attach to", at: spec.site,
      hint: other.map { "give the option '--\($0.rawValue)' to run it" })
  }

  /// A predicate that is always false.
  static func predicateNeverHolds(_ predicate: Expression) -> Diagnostic {
    .warning("the predicate never holds", at: predicate.site)
  }

  /// Two declarations of one map.
  static func redeclaredMap(_ map: Name, first: Name) -> Diagnostic {
    .error(
      "'\(map.text)' is declared twice", at: map.site,
      notes: [Note("it is declared first here", at: first.site)])
  }

  /// Two declarations of one variable in one block.
  static func redeclaredVariable(_ variable: Name, first: Name) -> Diagnostic {
    .error(
      "'\(variable.text)' is declared twice in one block", at: variable.site,
      notes: [Note("it is declared first here", at: first.site)])
  }

  /// A map whose type depends on nothing but itself.
  static func selfDependentType(_ map: Name) -> Diagnostic {
    .error("the type of '\(map.text)' cannot be told", at: map.site)
  }

  /// A comparison of a signed with an unsigned number.
  static func signsCompared(_ a: Type, _ b: Type, at site: SourceSpan) -> Diagnostic {
    .warning(
      "comparison of signed and unsigned numbers ('\(a)' and '\(b)')", at: site,
      hint: "cast one of them, as in '(\(b))x'")
  }

  /// A string literal longer than strings can be.
  static func stringTooLong(_ count: Int, limit: Int, at site: SourceSpan) -> Diagnostic {
    .error(
      "the string has \(count) bytes, but strings have at most \(limit - 1)", at: site,
      hint: "the setting 'max_strlen' is that limit")
  }

  /// More attach points than allowed.
  static func tooManyProbes(_ count: Int, ofWhich own: Int, limit: Int, at spec: ProbeSpec) -> Diagnostic {
    let text = spec.parts.map(\.text).joined(separator: ":")
    let subject =
      own == count ? "'\(text)' denotes \(count) probes" : "the script has \(count) probes up to here"
    return .error(
      "\(subject), more than the limit of \(limit)", at: spec.site,
      hint:
        "the option '--max-probes \(count)' or 'config = { max_probes = \(count) }' in the script allows them"
    )
  }

  /// A type where a value is expected.
  static func typeIsNoValue(_ expression: Expression) -> Diagnostic {
    .error("a type is not a value", at: expression.site)
  }

  /// A map that is read but that nothing fills.
  static func undefinedMap(_ map: Name, among names: [String]) -> Diagnostic {
    .error(
      "undefined map '\(map.text)'\(suggestion(for: map.text, among: names))", at: map.site)
  }

  /// A variable that is read but not assigned before.
  static func undefinedVariable(_ variable: Name, among names: [String]) -> Diagnostic {
    .error(
      "undefined variable '\(variable.text)'\(suggestion(for: variable.text, among: names))",
      at: variable.site)
  }

  /// A field that the probe's `args` does not have.
  static func unknownField(_ field: Name, of probe: String, among names: [String]) -> Diagnostic {
    .error(
      "'\(probe)' has no argument '\(field.text)'\(suggestion(for: field.text, among: names))",
      at: field.site, hint: "\"apus -lv '\(probe)'\" lists its arguments")
  }

  /// A call of a function that does not exist, where the script has `macros`.
  static func unknownFunction(_ name: Name, orOneOf macros: [Macro]) -> Diagnostic {
    let names = macros.map(\.name.text) + StandardScript.macroNames + BuiltinTable.names
    return .error("unknown function '\(name.text)'\(suggestion(for: name.text, among: names))", at: name.site)
  }

  /// A kind of map that does not exist.
  static func unknownMapKind(_ kind: Name, among names: [String]) -> Diagnostic {
    .error(
      "unknown kind of map '\(kind.text)'\(suggestion(for: kind.text, among: names))", at: kind.site)
  }

  /// A bare name that is neither a builtin nor a constant nor one of `macros`.
  static func unknownName(_ name: Name, orOneOf macros: [Macro]) -> Diagnostic {
    let isConstant = name.text.utf8.allSatisfy { $0 < UInt8(ascii: "a") || $0 == UInt8(ascii: "_") }
    let names = BuiltinTable.names.filter { BuiltinTable.builtin(named: $0)?.isValue ?? false }
    let all = macros.map(\.name.text) + names
    let near = suggestion(for: name.text, among: all)
    return .error("unknown \(isConstant ? "constant" : "builtin") '\(name.text)'\(near)", at: name.site)
  }

  /// `typeof` of something whose type is not known.
  static func unknownTypeof(_ site: SourceSpan) -> Diagnostic {
    .error("the type of the expression cannot be told", at: site)
  }

  /// A variable that is declared and never read.
  static func unusedVariable(_ variable: Name) -> Diagnostic {
    .warning("the variable '\(variable.text)' is never read", at: variable.site)
  }

  /// A statement that does nothing.
  static func withoutEffect(_ expression: Expression) -> Diagnostic {
    .warning("the statement has no effect", at: expression.site)
  }

  /// A call with too few or too many arguments.
  static func wrongArgumentCount(_ call: BuiltinCall, _ arity: ClosedRange<Int>) -> Diagnostic {
    let wanted =
      switch (arity.lowerBound, arity.upperBound) {
      case (0, 0): "no arguments"
      case (let low, .max): "at least \(low) argument\(low == 1 ? "" : "s")"
      case (let low, let high) where low == high: "\(low) argument\(low == 1 ? "" : "s")"
      case (let low, let high): "\(low) to \(high) arguments"
      }
    let count = call.arguments.count
    return .error(
      "'\(call.name.text)' takes \(wanted), but \(count == 0 ? "none" : "\(count)") \(count > 1 ? "are" : "is") given",
      at: call.site)
  }

}
