import Diagnostics

/// Returns the tree of `script` as text: a line for each node, indented below the one that it belongs to.
public func describe(_ script: Script) -> String {
  var printer = TreePrinter()
  printer.write(script)
  return printer.output
}

/// Returns the tree of an action's predicate and statements as text, each line of an expression ended by what
/// `annotation` returns for the expression.
public func describe(
  predicate: Expression?, body: Block, annotation: @escaping (Expression) -> String
) -> String {
  var printer = TreePrinter()
  printer.annotation = annotation
  if let predicate { printer.line("predicate") { $0.write(predicate) } }
  printer.write(body)
  return printer.output
}

/// Writes trees as text.
struct TreePrinter {

  /// Returns what is written at the end of the line of an expression.
  var annotation: (Expression) -> String = { _ in "" }

  /// What is to be written at the end of the next line.
  private var lineEnd = ""

  /// What was written.
  private(set) var output = ""

  /// The number of nodes that the next one belongs to.
  private var depth = 0

  /// Writes a line.
  mutating func line(_ text: String) {
    output += String(repeating: "  ", count: depth)
    output += text
    output += lineEnd
    output += "\n"
    lineEnd = ""
  }

  /// Writes a line and what `children` writes below it.
  mutating func line(_ text: String, children: (inout TreePrinter) -> Void) {
    line(text)
    depth += 1
    children(&self)
    depth -= 1
  }

  /// Writes `script`.
  mutating func write(_ script: Script) {
    for item in script.preamble { write(item) }
    if !script.configuration.isEmpty {
      line("config") {
        for setting in script.configuration {
          $0.line(setting.key.text) { $0.write(setting.value) }
        }
      }
    }
    for file in script.imports { line("import \(quoted(file.path.utf8))") }
    for declaration in script.mapDeclarations {
      line("map \(declaration.map.text) = \(declaration.kind.text)") { $0.write(declaration.arguments) }
    }
    for macro in script.macros {
      let parameters = macro.parameters.map(\.text).joined(separator: ", ")
      line("macro \(macro.name.text)(\(parameters))") {
        $0.write(macro.body)
        if let value = macro.value { $0.line("value") { $0.write(value) } }
      }
    }
    for action in script.actions { write(action) }
  }

  /// Writes `item`.
  private mutating func write(_ item: PreambleItem) {
    switch item {
    case .define(let name, let body):
      line("define \(name.text) as \(trimmed(body))")
    case .inclusion(let header):
      line("directive \(trimmed(header.site))")
    case .definition(let site):
      line("definition \(trimmed(site))")
    }
  }

  /// Writes `action`.
  private mutating func write(_ action: ActionBlock) {
    line("action") {
      for probe in action.probes {
        let label = probe.label.map { "\($0.text) = " } ?? ""
        $0.line("probe \(label)\(probe.parts.map(\.text).joined(separator: " : "))")
      }
      if let predicate = action.predicate { $0.line("predicate") { $0.write(predicate) } }
      $0.write(action.body)
    }
  }

  /// Writes `block` below a line of its own.
  mutating func write(_ block: Block, as role: String = "block") {
    line(role) { for statement in block.statements { $0.write(statement) } }
  }

  /// Writes `expressions`.
  private mutating func write(_ expressions: [Expression]) {
    for expression in expressions { write(expression) }
  }

  /// Writes `statement`.
  private mutating func write(_ statement: Statement) {
    switch statement.kind {
    case .expression(let expression):
      write(expression)
    case .assignment(let target, let operation, let value):
      line("\(operation?.rawValue ?? "")=") {
        $0.write(target)
        $0.write(value)
      }
    case .declaration(let variable, let type, let value):
      line("let \(variable.text)\(type.map { ": " + text(of: $0) } ?? "")") {
        if let value { $0.write(value) }
      }
    case .conditional(let condition, let then, let otherwise):
      line("if") {
        $0.write(condition)
        $0.write(then, as: "then")
        if let otherwise { $0.write(otherwise, as: "else") }
      }
    case .whileLoop(let condition, let body):
      line("while") {
        $0.write(condition)
        $0.write(body)
      }
    case .unroll(let count, let body):
      line("unroll") {
        $0.write(count)
        $0.write(body)
      }
    case .forEach(let variable, let map, let body):
      line("for \(variable.text) : \(map.text)") { $0.write(body) }
    case .forRange(let variable, let lower, let upper, let body):
      line("for \(variable.text) in a range") {
        $0.write(lower)
        $0.write(upper)
        $0.write(body)
      }
    case .breakLoop: line("break")
    case .continueLoop: line("continue")
    case .returnFromProbe(let value):
      line("return") { if let value { $0.write(value) } }
    case .block(let block): write(block)
    }
  }

  /// Writes `expression`.
  mutating func write(_ expression: Expression) {
    lineEnd = annotation(expression)
    switch expression.kind {
    case .integer(let literal):
      let suffix = (literal.isUnsigned ? " unsigned" : "") + (literal.isDuration ? " ns" : "")
      line("int \(literal.value)\(suffix)")
    case .string(let bytes): line("string \(quoted(bytes))")
    case .boolean(let value): line("bool \(value)")
    case .identifier(let name): line("name \(name)")
    case .positional(let number, let text):
      line("parameter $\(number)\(text.map { " = " + quoted($0.utf8) } ?? "")")
    case .positionalCount(let count): line("parameter $# = \(count)")
    case .scratch(let name): line("variable \(name)")
    case .map(let name, let key):
      line("map \(name.text)") { $0.write(key) }
    case .call(let name, let arguments):
      line("call \(name.text)") { $0.write(arguments) }
    case .unary(let operation, let operand):
      line("unary \(operation.rawValue)") { $0.write(operand) }
    case .step(let operand, let direction, let isPrefix):
      line("\(isPrefix ? "prefix" : "postfix") \(direction.rawValue)") { $0.write(operand) }
    case .binary(let operation, let left, let right, _):
      line("binary \(operation.rawValue)") { $0.write([left, right]) }
    case .ternary(let condition, let then, let otherwise):
      line(then == nil ? "?:" : "? :") { $0.write([condition] + (then.map { [$0] } ?? []) + [otherwise]) }
    case .cast(let type, let operand):
      line("cast \(text(of: type))") { $0.write(operand) }
    case .member(let base, let name):
      line("member \(name.text)") { $0.write(base) }
    case .element(let base, let index):
      line("element \(index)") { $0.write(base) }
    case .index(let base, let index):
      line("index") { $0.write([base, index]) }
    case .tuple(let elements):
      line("tuple") { $0.write(elements) }
    case .record(let fields):
      line("record") {
        for field in fields { $0.line("field \(field.name.text)") { $0.write(field.value) } }
      }
    case .block(let block, let value):
      line("block expression") {
        $0.write(block)
        $0.write(value)
      }
    case .type(let type): line("type \(text(of: type))")
    }
  }

  /// Returns `type` as it is written.
  private func text(of type: TypeName) -> String {
    switch type.kind {
    case .named(let name): return name
    case .structure(let name): return "struct \(name)"
    case .union(let name): return "union \(name)"
    case .enumeration(let name): return "enum \(name)"
    case .pointer(let target): return text(of: target) + "*"
    case .array(let element, let count): return "\(text(of: element))[\(count.map(String.init) ?? "")]"
    case .tuple(let elements): return "(\(elements.map(text(of:)).joined(separator: ", ")))"
    case .record(let fields):
      return "(\(fields.map { "\($0.name.text) = \(text(of: $0.type))" }.joined(separator: ", ")))"
    case .typeof(let operand):
      var printer = TreePrinter()
      printer.write(operand)
      return "typeof(\(printer.output.split(separator: "\n").map { trimmed($0) }.joined(separator: " ")))"
    }
  }

  /// Returns `text` in quotes, with escapes for what is not printable.
  private func quoted(_ text: some Collection<UInt8>) -> String {
    var result = "\""
    for scalar in String(decoding: text, as: UTF8.self).unicodeScalars {
      result += scalar.escaped(asASCII: false)
    }
    return result + "\""
  }

  /// Returns the text of `span`, white space in it and around it made single spaces.
  private func trimmed(_ span: SourceSpan) -> String {
    String(decoding: span.text, as: UTF8.self).split(whereSeparator: \.isWhitespace).joined(separator: " ")
  }

  /// Returns `text` without the blanks in front of it.
  private func trimmed(_ text: Substring) -> Substring { text.drop { $0 == " " } }

}
