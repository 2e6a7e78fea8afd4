import Builtins
import Diagnostics
import Foundation
import Syntax
import TestSupport
import Testing

/// That everything the language has is used by some case.
@Suite struct CoverageTests {

  /// What no case can use, by the reason.
  private static let exempted: [String: String] = [:]

  /// What the scripts of all cases use.
  private static let used: Set<String> = {
    var collector = NameCollector()
    for example in EndToEndCase.all { collector.visit(example) }
    return collector.names
  }()

  @Test(arguments: BuiltinTable.all.flatMap(\.names))
  func someCaseUses(builtin name: String) {
    if Self.exempted[name] != nil { return }
    #expect(
      Self.used.contains(NameCollector.family(of: name)),
      "no case in Tests/EndToEndTests/Cases uses '\(name)'")
  }

  @Test(arguments: NameCollector.constructs)
  func someCaseUses(construct name: String) {
    if Self.exempted[name] != nil { return }
    #expect(Self.used.contains(name), "no case in Tests/EndToEndTests/Cases has '\(name)'")
  }

  @Test func exemptionsAreNeeded() {
    for name in Self.exempted.keys {
      #expect(!Self.used.contains(name), "'\(name)' is exempted although a case uses it")
    }
  }

}

/// Collects what scripts use: names of functions and values, and constructs.
private struct NameCollector {

  /// What was found.
  private(set) var names: Set<String> = []

  /// Every statement and operator.
  static let constructs =
    BinaryOperator.allCases.map { "a \($0.rawValue) b" } + UnaryOperator.allCases.map { "\($0.rawValue)a" }
    + [
      "++a", "a++", "--a", "a--", "a ? b : c", "a ?: b", "(T)a", "a.b", "a.0", "a[b]", "(a, b)", "(x = a)",
      "{ a; b }", "$1", "$#", "true", "a = b", "let $a", "let $a: T", "if", "else", "while", "unroll",
      "for map", "for range", "break", "continue", "return", "{ a; }", "predicate", "several probes",
      "config",
      "import", "let @a", "macro", "#define", "struct", "typeof",
    ] + ["+", "-", "*", "/", "%", "<<", ">>", "&", "|", "^"].map { "a \($0)= b" }

  /// Notes what the script of `example` uses.
  mutating func visit(_ example: EndToEndCase) {
    guard let text = try? String(contentsOfFile: example.path, encoding: .utf8) else { return }
    visit(script: text)
    // Some give the program as an argument.
    for line in text.split(separator: "\n") where line.hasPrefix("//! ") {
      for match in line.matches(of: /-e '([^']*)'/) { visit(script: String(match.output.1)) }
      for match in line.matches(of: /-e "((\\.|[^"\\])*)"/) {
        visit(script: String(match.output.1).replacing(#"\""#, with: "\"").replacing(#"\\"#, with: #"\"#))
      }
    }
  }

  /// Notes what the script `text` uses.
  private mutating func visit(script text: String) {
    var diagnostics = DiagnosticSet()
    let script = parse(SourceFile(name: "case", text: text), for: .text, reportingTo: &diagnostics)
    if !script.configuration.isEmpty { names.insert("config") }
    if !script.imports.isEmpty { names.insert("import") }
    for item in script.preamble {
      switch item {
      case .define: names.insert("#define")
      case .inclusion: names.insert("#include")
      case .definition: names.insert("struct")
      }
    }
    for declaration in script.mapDeclarations {
      names.formUnion(["let @a", declaration.kind.text])
    }
    for macro in script.macros {
      names.insert("macro")
      visit(macro.body)
      macro.value.map { visit($0) }
    }
    for action in script.actions {
      if action.probes.count > 1 { names.insert("several probes") }
      if let predicate = action.predicate {
        names.insert("predicate")
        visit(predicate)
      }
      visit(action.body)
    }
  }

  /// Notes what `block` uses.
  private mutating func visit(_ block: Block) {
    for statement in block.statements {
      visit(statement)
      for expression in statement.expressions { visit(expression) }
      for block in statement.blocks { visit(block) }
    }
  }

  /// Notes what `statement` is.
  private mutating func visit(_ statement: Statement) {
    switch statement.kind {
    case .expression: break
    case .assignment(_, let operation, _): names.insert("a \(operation?.rawValue ?? "")= b")
    case .declaration(_, let type, _):
      names.insert(type == nil ? "let $a" : "let $a: T")
      for operand in type?.operands ?? [] { visitType(of: operand) }
    case .conditional(_, _, let otherwise): names.formUnion(otherwise == nil ? ["if"] : ["if", "else"])
    case .whileLoop: names.insert("while")
    case .unroll: names.insert("unroll")
    case .forEach: names.insert("for map")
    case .forRange: names.insert("for range")
    case .breakLoop: names.insert("break")
    case .continueLoop: names.insert("continue")
    case .returnFromProbe: names.insert("return")
    case .block: names.insert("{ a; }")
    }
  }

  /// Notes that the type of `operand` is used.
  private mutating func visitType(of operand: Syntax.Expression) {
    names.insert("typeof")
    visit(operand)
  }

  /// Notes what `expression` uses.
  private mutating func visit(_ expression: Syntax.Expression) {
    switch expression.kind {
    case .integer, .string, .scratch, .map: break
    case .boolean: names.insert("true")
    case .identifier(let name): names.insert(Self.family(of: name))
    case .positional: names.insert("$1")
    case .positionalCount: names.insert("$#")
    case .call(let name, _): names.insert(name.text)
    case .unary(let operation, _): names.insert("\(operation.rawValue)a")
    case .step(_, let direction, let isPrefix):
      names.insert(isPrefix ? "\(direction.rawValue)a" : "a\(direction.rawValue)")
    case .binary(let operation, _, _, _): names.insert("a \(operation.rawValue) b")
    case .ternary(_, let then, _): names.insert(then == nil ? "a ?: b" : "a ? b : c")
    case .cast(let type, _):
      names.insert("(T)a")
      for operand in type.operands { visitType(of: operand) }
    case .type(let type): for operand in type.operands { visitType(of: operand) }
    case .member: names.insert("a.b")
    case .element: names.insert("a.0")
    case .index: names.insert("a[b]")
    case .tuple: names.insert("(a, b)")
    case .record: names.insert("(x = a)")
    case .block(let block, _):
      names.insert("{ a; b }")
      visit(block)
    }
    for child in expression.children { visit(child) }
  }

  /// Returns the name of the arguments of which `name` is one, such as `arg` for `arg0`; others as they are.
  static func family(of name: String) -> String {
    let family = String(name.prefix { !$0.isNumber })
    return family == "arg" || family == "sarg" ? family : name
  }

}
