import Diagnostics
import Syntax
import Types

/// Puts what inference has found out into trees: parameters of the command line become literals.
struct FinishedTrees: TreeRewriter {

  /// The parameters that are strings, by node.
  let textualParameters: Set<NodeID>

  /// The types of nodes that were made.
  private(set) var types: [NodeID: Type] = [:]

  /// One more than the greatest identity given so far.
  private var nodeCount: Int

  /// Creates an instance that gives identities from `nodeCount` on to new nodes.
  init(textualParameters: Set<NodeID>, nodeCount: Int) {
    self.textualParameters = textualParameters
    self.nodeCount = nodeCount
  }

  /// Returns `id`: nodes stay what they are.
  func identity(of id: NodeID) -> NodeID { id }

  /// Returns what is put in the place of `expression`.
  mutating func rewritten(_ expression: Expression) -> Expression {
    switch expression.kind {
    case .positional(_, let text):
      Expression(
        id: expression.id, site: expression.site, kind: literal(for: text, of: expression))
    default: rebuilt(expression)
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
