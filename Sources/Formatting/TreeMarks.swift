import Diagnostics
import Syntax

/// What the tree of a script tells about punctuation in its text, by the offset of that.
struct TreeMarks {

  /// The file.
  private let file: SourceFile

  /// The operators between two operands, and what they are.
  private(set) var binaryOperators: [Int: BinaryOperator] = [:]

  /// The closing braces in front of which a semicolon may be left out.
  private(set) var bracesBehindStatement: Set<Int> = []

  /// The closing braces that end a statement or what stands outside of blocks, so that a semicolon behind them ends nothing.
  private(set) var bracesThatEnd: Set<Int> = []

  /// The offsets at which the blocks of probes begin.
  private(set) var blocksOfProbes: Set<Int> = []

  /// Notes what the tree of `script` tells.
  init(_ script: Script) {
    file = script.source
    for setting in script.configuration { visit(setting.value) }
    for declaration in script.mapDeclarations { visit(declaration.arguments) }
    for macro in script.macros {
      visit(macro.body, isValue: macro.value != nil)
      if let value = macro.value { visit(value) }
    }
    for action in script.actions {
      blocksOfProbes.insert(action.body.site.start)
      if let predicate = action.predicate { visit(predicate) }
      visit(action.body)
      bracesThatEnd.insert(action.body.site.end - 1)
    }
  }

  /// Notes what `block` tells, which gives the value of its last expression iff `isValue`.
  private mutating func visit(_ block: Block, isValue: Bool = false) {
    for statement in block.statements { visit(statement) }
    if let last = block.statements.last, !isValue, !last.endsWithBlock {
      bracesBehindStatement.insert(block.site.end - 1)
    }
  }

  /// Notes what `statement` tells.
  private mutating func visit(_ statement: Statement) {
    if statement.endsWithBlock { bracesThatEnd.insert(statement.site.end - 1) }
    if case .declaration(_, let type?, _) = statement.kind { visit(type.operands) }
    visit(statement.expressions)
    for block in statement.blocks { visit(block) }
  }

  /// Notes what `expressions` tell.
  private mutating func visit(_ expressions: [Expression]) {
    for expression in expressions { visit(expression) }
  }

  /// Notes what `expression` tells.
  private mutating func visit(_ expression: Expression) {
    switch expression.kind {
    case .binary(let operation, _, _, let site): binaryOperators[site.start] = operation
    case .block(let block, _): visit(block, isValue: true)
    case .cast(let type, _), .type(let type): visit(type.operands)
    default: break
    }
    visit(expression.children)
  }

}

extension Statement {

  /// `true` iff the statement ends with the brace of a block and needs no semicolon.
  fileprivate var endsWithBlock: Bool {
    switch kind {
    case .conditional, .whileLoop, .unroll, .forEach, .forRange, .block: true
    case .expression, .assignment, .declaration, .breakLoop, .continueLoop, .returnFromProbe: false
    }
  }

}
