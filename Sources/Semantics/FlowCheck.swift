import Diagnostics
import Probes
import Syntax

/// Looks for jumps, loops and statements that make no sense where they stand.
struct FlowCheck {

  /// The number of `for` loops that can be within each other: every one is a function, and the kernel lets programs call
  /// 7 deep (`MAX_CALL_FRAMES` in `include/linux/bpf_verifier.h`).
  static let greatestDepth = 7

  /// What is wrong.
  private(set) var diagnostics = DiagnosticSet()

  /// For each open loop, whether a `break` ends it, the innermost one last.
  private var isLeft: [Bool] = []

  /// The number of open block expressions.
  private var blockDepth = 0

  /// `true` iff what the action returns outside of block expressions tells how it ended.
  private let returnsStatus: Bool

  /// The number of open `for` loops.
  private var depth = 0

  /// Checks `action`.
  init(of action: ActionDraft) {
    returnsStatus = action.mechanism == .test || action.mechanism == .benchmark
    if let predicate = action.predicate { visit(predicate) }
    _ = visit(action.body)
  }

  /// Visits the statements of `block`, and returns `true` iff control reaches its end.
  private mutating func visit(_ block: Block) -> Bool {
    visit(block.statements)
  }

  /// Visits `statements`, and returns `true` iff control reaches the end of the last.
  private mutating func visit(_ statements: [Statement]) -> Bool {
    var last: Statement?
    var isReported = false
    for statement in statements {
      if let last, !isReported {
        diagnostics.insert(.unreachable(statement, behind: last))
        isReported = true
      }
      if !visit(statement), last == nil { last = statement }
    }
    return last == nil
  }

  /// Visits `statement`, and returns `true` iff control reaches its end.
  private mutating func visit(_ statement: Statement) -> Bool {
    for expression in statement.expressions { visit(expression) }
    switch statement.kind {
    case .expression(let expression): return !expression.endsProgram
    case .assignment, .declaration: return true
    case .conditional(_, let then, let otherwise):
      let first = visit(then)
      let second = otherwise.map { visit($0) } ?? true
      return first || second
    case .whileLoop(let condition, let body):
      let isEndless = condition.constant.map { $0 != 0 } ?? false
      let isLeft = visitLoop(body)
      if isEndless && !isLeft && !body.endsProgram { diagnostics.insert(.endlessLoop(condition)) }
      return !isEndless || isLeft
    case .unroll(_, let body):
      _ = visitLoop(body)
      return true
    case .forEach(let variable, _, let body), .forRange(let variable, _, _, let body):
      depth += 1
      if depth == FlowCheck.greatestDepth + 1 { diagnostics.insert(.loopsTooDeep(variable.site)) }
      _ = visitLoop(body)
      depth -= 1
      return true
    case .breakLoop:
      if isLeft.isEmpty {
        diagnostics.insert(.jumpOutsideOfLoops("break", at: statement.site))
      } else {
        isLeft[isLeft.count - 1] = true
      }
      return false
    case .continueLoop:
      if isLeft.isEmpty { diagnostics.insert(.jumpOutsideOfLoops("continue", at: statement.site)) }
      return false
    case .returnFromProbe(let value):
      if let value, blockDepth == 0, !returnsStatus { diagnostics.insert(.valueReturned(value)) }
      return false
    case .block(let block): return visit(block)
    }
  }

  /// Visits `body`, that of a loop, and returns `true` iff a `break` ends it.
  private mutating func visitLoop(_ body: Block) -> Bool {
    isLeft.append(false)
    _ = visit(body)
    return isLeft.removeLast()
  }

  /// Visits the blocks in `expression`.
  private mutating func visit(_ expression: Expression) {
    if case .block(let block, _) = expression.kind {
      let outer = isLeft
      // The way out of a block that returns its value is not that of a loop around it.
      if block.returnsValue { isLeft = [] }
      blockDepth += 1
      _ = visit(block.statements)
      blockDepth -= 1
      if block.returnsValue { isLeft = outer }
    }
    for child in expression.children { visit(child) }
  }

}

extension Expression {

  /// `true` iff the expression is a call of `exit`.
  fileprivate var endsProgram: Bool {
    if case .call(let name, _) = kind { name.text == "exit" } else { false }
  }

}

extension Block {

  /// `true` iff something in the block ends the program, `return` or `exit()`.
  fileprivate var endsProgram: Bool {
    var result = false
    forEachStatement { if case .returnFromProbe = $0.kind { result = true } }
    forEachExpression { if $0.endsProgram { result = true } }
    return result
  }

}
