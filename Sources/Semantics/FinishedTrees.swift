import Diagnostics
import Syntax
import Types

/// Puts what inference has found out into trees: parameters of the command line become literals, and branches that are decided
/// take the place of the choice.
struct FinishedTrees: TreeRewriter {

  /// The parameters that are strings, by node.
  let textualParameters: Set<NodeID>

  /// Whether conditions hold that are decided, by node.
  let decisions: [NodeID: Bool]

  /// The values of expressions that are known now, besides literals, by node.
  let constants: [NodeID: Int64]

  /// The types of nodes that were made.
  private(set) var types: [NodeID: Type] = [:]

  /// One more than the greatest identity given so far.
  private var nodeCount: Int

  /// Creates an instance that gives identities from `nodeCount` on to new nodes.
  init(
    textualParameters: Set<NodeID>, decisions: [NodeID: Bool], constants: [NodeID: Int64], nodeCount: Int
  ) {
    self.decisions = decisions
    self.constants = constants
    self.textualParameters = textualParameters
    self.nodeCount = nodeCount
  }

  /// Returns `id`: nodes stay what they are.
  func identity(of id: NodeID) -> NodeID { id }

  /// Returns `true` or `false` iff `condition` always or never holds.
  func verdict(on condition: Expression) -> Bool? {
    decisions[condition.id] ?? condition.constant { constants[$0.id] }.map { $0 != 0 }
  }

  /// Returns what is put in the place of `statement`: the branch that is taken if that is known.
  mutating func rewritten(_ statement: Statement) -> Statement {
    guard case .conditional(let condition, let then, let otherwise) = statement.kind,
      let holds = verdict(on: condition)
    else { return rebuilt(statement) }
    let taken = holds ? then : otherwise ?? Block([], site: statement.site)
    return Statement(id: statement.id, site: statement.site, kind: .block(rewritten(taken)))
  }

  /// Returns what is put in the place of `expression`.
  mutating func rewritten(_ expression: Expression) -> Expression {
    switch expression.kind {
    case .positional(_, let text):
      return Expression(id: expression.id, site: expression.site, kind: literal(for: text, of: expression))
    case .ternary(let condition, let then?, let otherwise):
      guard let holds = decisions[condition.id] else { return rebuilt(expression) }
      return rewritten(holds ? then : otherwise)
    case .binary(.and, let a, _, _) where decisions[a.id] == false,
      .binary(.or, let a, _, _) where decisions[a.id] == true:
      return Expression(id: expression.id, site: expression.site, kind: .boolean(decisions[a.id] == true))
    default:
      guard let holds = decisions[expression.id] else { return rebuilt(expression) }
      types[expression.id] = .bool
      return Expression(id: expression.id, site: expression.site, kind: .boolean(holds))
    }
  }

  /// Returns the literal for `expression`, a parameter with `text`.
  private mutating func literal(for text: String?, of expression: Expression) -> Expression.Kind {
    if textualParameters.contains(expression.id) { return .string(Array((text ?? "").utf8)) }
    guard let number = ParameterNumber(text) else { preconditionFailure("a string that is no literal yet") }
    let literal = Expression.Kind.integer(number.magnitude)
    guard number.isNegative else { return literal }
    let id = NodeID(nodeCount)
    nodeCount += 1
    types[id] = InferredType.literal(number.magnitude.value, isUnsigned: false).type
    return .unary(.negate, Expression(id: id, site: expression.site, kind: literal))
  }

}
