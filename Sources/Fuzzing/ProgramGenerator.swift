import Builtins
import TestSupport

/// Makes programs that the compiler is likely to accept: names that mean something, and types that fit.
///
/// Maps and variables have the type that their name tells, so that all parts of a program agree about them.
public struct ProgramGenerator: Sendable {

  /// The numbers by which is decided.
  var numbers: SeededNumbers

  /// The number of expressions that the one being made may still consist of.
  var budget = 0

  /// The variables of the action block that have a value.
  var variables: [String] = []

  /// The variables of loops around the statement being made, which are not assigned to.
  var loopVariables: [String] = []

  /// The number of loops around the statement being made.
  private var loopDepth = 0

  /// The number of loop variables made so far.
  private var loopCount = 0

  /// Creates a generator that decides by `seed`.
  public init(seed: UInt64) { numbers = SeededNumbers(seed: seed) }

  /// Returns an action block for one or two of `probes`.
  public mutating func actionBlock(at probes: [String]) -> String {
    let probe = numbers.pick(probes)
    return actionBlock(at: numbers.happens(15) ? "\(probe), \(numbers.pick(probes))" : probe)
  }

  /// A block that uses every map, which stands in front of others because there is no map that nothing fills.
  public static let definitionsOfMaps = """
    BEGIN {
      @i = (int64)0; @k[0] = (int64)0; @s["a"] = (int64)0; @t[0, "a"] = 0; @str = "a"; @tuple = (1, "x");
      @c = count(); @ck["a"] = count(); @sum[0] = sum(0); @min = min(0); @max["a"] = max(0); @avg = avg(0);
      @stats[0] = stats(0); @h[0] = hist(0); @l = lhist(0, 0, 100, 10);
    }

    """

  /// Returns an action block.
  private mutating func actionBlock(at probes: String) -> String {
    variables = []
    loopVariables = []
    budget = 20
    let predicate = numbers.happens(30) ? " /\(expression(.integer))/" : ""
    return "\(probes)\(predicate) {\n\(statements(numbers.number(1...6), depth: 1))}\n"
  }

  /// Returns `count` statements.
  private mutating func statements(_ count: Int, depth: Int) -> String {
    var result = ""
    for _ in 0..<count {
      budget = numbers.number(1...12)
      result += String(repeating: "  ", count: depth) + statement(depth: depth) + "\n"
    }
    return result
  }

  /// Returns a statement.
  private mutating func statement(depth: Int) -> String {
    if depth < 4 && numbers.happens(25) { return compound(depth: depth) }
    switch numbers.number(0...13) {
    case 0...2: return assignment()
    case 3:
      return "@k[\(expression(.integer))] \(numbers.pick(["=", "+=", "|=", "-="])) \(expression(.integer));"
    case 4: return "@s[\(expression(.string))] = \(expression(.integer));"
    case 5: return "@t[\(expression(.integer)), \(expression(.string))]++;"
    case 6: return "@str = \(expression(.string));"
    case 7, 8: return aggregation()
    case 9, 10: return printing()
    case 11: return "print(\(expression(numbers.pick([.integer, .string, .tuple]))));"
    case 12: return numbers.pick(Self.mapStatements)
    default: return effect()
    }
  }

  /// Statements about maps as a whole.
  private static let mapStatements = [
    "clear(@k);", "zero(@k);", "table(\"K V\", @k);", "table(\"K V W\", @k, @sum / 2, 3);", "clear_screen();",
    "delete(@k[1]);", "delete(@k, 2);", "print(@k);", "print(@c);",
    "print(@h, 3);",
    "clear(@h);", "print(@k[5]);", "@tuple = (1, \"x\");", "print(@tuple);", "clear(@str);",
  ]

  /// Returns a statement with statements in it.
  private mutating func compound(depth: Int) -> String {
    let indentation = String(repeating: "  ", count: depth)
    let known = variables
    defer { variables = known }
    func block(_ body: String) -> String { "{\n\(body)\(indentation)}" }
    switch numbers.number(0...6) {
    case 0, 1:
      let condition = expression(.integer)
      let then = statements(numbers.number(1...3), depth: depth + 1)
      variables = known
      let otherwise = numbers.happens(40) ? " else " + block(statements(1, depth: depth + 1)) : ""
      return "if (\(condition)) \(block(then))\(otherwise)"
    case 2:
      return "unroll (\(numbers.number(1...4))) \(block(statements(numbers.number(1...2), depth: depth + 1)))"
    case 3 where loopDepth < 2: return loop(over: "0..\(numbers.number(1...20))", isMap: false, depth: depth)
    case 4 where loopDepth < 2: return loop(over: "@k", isMap: true, depth: depth)
    case 5 where loopDepth < 2:
      loopDepth += 1
      defer { loopDepth -= 1 }
      loopCount += 1
      let name = "$w\(loopCount)"
      let body = statements(numbers.number(1...2), depth: depth + 1)
      return "\(name) = 0;\n\(indentation)while (\(name) < \(numbers.number(1...9))) "
        + block("\(indentation)  \(name)++;\n\(body)")
    default: return "{\n\(statements(2, depth: depth + 1))\(indentation)}"
    }
  }

  /// Returns a `for` loop.
  private mutating func loop(over range: String, isMap: Bool, depth: Int) -> String {
    loopDepth += 1
    loopCount += 1
    let name = "$l\(loopCount)"
    let outer = loopVariables
    loopVariables += isMap ? ["\(name).0", "\(name).1"] : [name]
    defer {
      loopDepth -= 1
      loopVariables = outer
    }
    let indentation = String(repeating: "  ", count: depth)
    let jump = numbers.happens(20) ? "\(indentation)  if (\(expression(.integer))) { break; }\n" : ""
    let body = statements(numbers.number(1...3), depth: depth + 1)
    return "for (\(name) : \(range)) {\n\(body)\(jump)\(indentation)}"
  }

  /// Returns an assignment to a variable.
  private mutating func assignment() -> String {
    let isString = numbers.happens(25)
    let name = isString ? numbers.pick(["$s0", "$s1"]) : numbers.pick(["$i0", "$i1", "$i2"])
    if !isString && variables.contains(name) && numbers.happens(40) {
      let operation = numbers.pick(["+=", "-=", "*=", "/=", "%=", "&=", "|=", "^=", "<<=", ">>="])
      return "\(name) \(operation) \(expression(.integer));"
    }
    let value = expression(isString ? .string : .integer)
    // A cast makes one type of numbers of all widths.
    defer { if !variables.contains(name) { variables.append(name) } }
    return isString ? "\(name) = \(value);" : "\(name) = (int64)(\(value));"
  }

  /// Returns an assignment of an aggregation.
  private mutating func aggregation() -> String {
    let number = expression(.integer)
    switch numbers.number(0...8) {
    case 0: return "@c = count();"
    case 1: return "@ck[\(expression(.string))] = count();"
    case 2: return "@sum[\(expression(.integer))] = sum(\(number));"
    case 3: return "@min = min(\(number));"
    case 4: return "@max[\(expression(.string))] = max(\(number));"
    case 5: return "@avg = avg(\(number));"
    case 6: return "@stats[\(expression(.integer))] = stats(\(number));"
    case 7: return "@h[\(expression(.integer))] = hist(\(number));"
    default: return "@l = lhist(\(number), 0, 100, 10);"
    }
  }

  /// Returns a call of `printf` whose arguments fit.
  private mutating func printing() -> String {
    var format = ""
    var arguments = ""
    for _ in 0..<numbers.number(0...4) {
      let isString = numbers.happens(35)
      format +=
        isString
        ? numbers.pick(["%s", "%-10s", "%5s "]) : numbers.pick(["%d", "%u ", "%5lld", "%x", "%-8d"])
      arguments += ", \(expression(isString ? .string : .integer))"
    }
    return "printf(\"\(format)\\n\"\(arguments));"
  }

  /// Returns a call for its effect of some builtin.
  private mutating func effect() -> String {
    guard let call = call(returning: .none) else { return "exit();" }
    return call + ";"
  }

}
