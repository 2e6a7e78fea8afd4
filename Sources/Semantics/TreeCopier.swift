import Diagnostics
import Syntax

/// Copies trees, giving every node an identity of its own, and simplifies them on the way.
///
/// Options of the command line become literals, and so do parameters that are no numbers and the count of `unroll`, and a key that
/// is one tuple becomes a key of its elements.
struct TreeCopier: TreeRewriter {

  /// The options of the script, which `getopt` asks for.
  private let options: ScriptOptions

  /// One more than the greatest identity given so far.
  private(set) var nodeCount = 0

  /// What is wrong with what was copied.
  private(set) var diagnostics = DiagnosticSet()

  /// Creates an instance that has copied nothing of a script with `options`.
  init(options: ScriptOptions) { self.options = options }

  /// Returns a copy of `statement`.
  mutating func rewritten(_ statement: Statement) -> Statement {
    guard case .unroll(let count, let body) = statement.kind else { return rebuilt(statement) }
    let id = freshID()
    let copy = rewritten(count)
    let number = copy.constant ?? 0
    if !(1...100).contains(number) { diagnostics.insert(.invalidUnrollCount(count.site)) }
    let literal = Expression(
      id: freshID(), site: count.site, kind: .integer(IntegerLiteral(UInt64(clamping: number))))
    return Statement(id: id, site: statement.site, kind: .unroll(count: literal, body: rewritten(body)))
  }

  /// Returns a copy of `expression`.
  mutating func rewritten(_ expression: Expression) -> Expression {
    let kind: Expression.Kind? =
      switch expression.kind {
      case .positional(_, let text?) where ParameterNumber(text) == nil: .string(Array(text.utf8))
      case .positionalCount(let count): .integer(IntegerLiteral(UInt64(count)))
      case .map(let name, let key): .map(name, key: parts(of: key).map { rewritten($0) })
      case .call(let name, let arguments): replacement(for: name, arguments)
      default: nil
      }
    guard let kind else { return rebuilt(expression) }
    return Expression(id: freshID(), site: expression.site, kind: kind)
  }

  /// Returns an identity that no other node has.
  mutating func identity(of id: NodeID) -> NodeID { freshID() }

  /// Returns the elements of the tuple that is the only part of `key`, or `key` if it is something else.
  private func parts(of key: [Expression]) -> [Expression] {
    if key.count == 1, case .tuple(let elements) = key[0].kind, !elements.isEmpty { return elements }
    return key
  }

  /// Returns the literal for what an option stands for; `false` if there is none, which has been reported.
  private mutating func literal(for value: ScriptOptions.Value?, at site: SourceSpan) -> Expression.Kind {
    switch value {
    case .truth(let truth)?: return .boolean(truth)
    case .text(let bytes)?: return .string(bytes)
    case .number(let number)?:
      let literal = Expression.Kind.integer(number.magnitude)
      guard number.isNegative else { return literal }
      return .unary(.negate, Expression(id: freshID(), site: site, kind: literal))
    case nil: return .boolean(false)
    }
  }

  /// Returns the literal that a call can be replaced with: `getopt("x")`, `str($1)`.
  private mutating func replacement(for name: Name, _ arguments: [Expression]) -> Expression.Kind? {
    switch name.text {
    case "args" where arguments.isEmpty:
      return .identifier("args")
    case "getopt":
      guard case .string(let option)? = arguments.first?.kind else { return .boolean(false) }
      return literal(for: options.value(ofOptionNamed: option), at: name.site)
    case "str":
      guard let bytes = arguments.first?.parameterText else { return nil }
      if arguments.count == 1 { return .string(bytes) }
      guard arguments.count == 2, case .integer(let limit) = arguments[1].kind else { return nil }
      return .string(Array(bytes.prefix(Int(min(limit.value, UInt64(bytes.count))))))
    default:
      return nil
    }
  }

  /// Returns an identity that no other node has.
  private mutating func freshID() -> NodeID {
    defer { nodeCount += 1 }
    return NodeID(nodeCount)
  }

}

extension Expression {

  /// The bytes of the parameter of the command line that the expression is, or those from a constant distance on
  /// (`$1 + 2`), nil if it is something else.
  fileprivate var parameterText: [UInt8]? {
    switch kind {
    case .positional(_, let text): return Array((text ?? "").utf8)
    case .binary(.add, let base, let distance, _):
      guard case .integer(let literal) = distance.kind, let bytes = base.parameterText else { return nil }
      return Array(bytes.dropFirst(Int(min(literal.value, UInt64(bytes.count)))))
    default: return nil
    }
  }

}
