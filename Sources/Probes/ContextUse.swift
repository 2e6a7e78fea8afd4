public import Syntax
import Types

/// What an action uses of what programs find at its probes.
public struct ContextUse: Hashable, Codable, Sendable {

  /// The fields of `args`.
  private(set) var fields: Set<String> = []

  /// `true` iff `args` is used as a whole.
  private var usesAllFields = false

  /// The names of builtins, called or not, that are used.
  public private(set) var names: Set<String> = []

  /// Collects what `block` uses.
  public init(of block: ActionBlock) {
    var fields: Set<String> = []
    var names: Set<String> = []
    // Every use of a field is one of `args` as well: there are more of them iff `args` stands alone somewhere.
    var (uses, memberUses) = (0, 0)
    block.forEachExpression { expression in
      switch expression.kind {
      case .identifier(let name): names.insert(name)
      case .call(let name, _): names.insert(name.text)
      default: break
      }
      if expression.isArguments { uses += 1 }
      guard let name = expression.argumentsField else { return }
      memberUses += 1
      fields.insert(name.text)
    }
    self.fields = fields
    self.names = names
    self.usesAllFields = uses > memberUses
  }

  /// Returns `context` without what is not used, so that attach points that differ in that only can share a program.
  public func stripped(_ context: ProbeContext) -> ProbeContext {
    var result = context
    result.unreadableArguments = [:]
    if !names.contains("retval") { result.returnValue = nil }
    if context.knowsAllArguments {
      let arguments = Set(names.compactMap { $0.hasPrefix("arg") ? Int($0.dropFirst(3)) : nil })
      let unused = ContextValue(type: .uint64, computed: .constant(0))
      result.arguments = context.arguments.prefix((arguments.max() ?? -1) + 1).enumerated().map {
        arguments.contains($0) ? $1 : unused
      }
    }
    if usesAllFields { return result }
    result.fields = context.fields.map { $0.filter { fields.contains($0.name) } }
    return result
  }

}

extension Expression {

  /// The name of the field of `args` iff the expression is `args.name`.
  public var argumentsField: Name? {
    guard case .member(let base, let name) = kind, base.isArguments else { return nil }
    return name
  }

  /// `true` iff the expression is `args` or `args()`.
  public var isArguments: Bool {
    switch kind {
    case .identifier(let name): name == "args"
    case .call(let name, let arguments): name.text == "args" && arguments.isEmpty
    default: false
    }
  }

}
