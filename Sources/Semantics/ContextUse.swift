import Probes
import Syntax

/// What an action uses of what programs find at its probes.
struct ContextUse {

  /// The fields of `args`.
  private(set) var fields: Set<String> = []

  /// Collects what `block` uses.
  init(of block: ActionBlock) {
    var fields: Set<String> = []
    block.forEachExpression { expression in
      if let name = expression.argumentsField { fields.insert(name.text) }
    }
    self.fields = fields
  }

  /// Returns `context` without what is not used, so that attach points that differ in that only can share a program.
  func stripped(_ context: ProbeContext) -> ProbeContext {
    var result = context
    result.fields = context.fields.map { $0.filter { fields.contains($0.name) } }
    return result
  }

}

extension Expression {

  /// The name of the field of `args` iff the expression is `args.name`.
  var argumentsField: Name? {
    guard case .member(let base, let name) = kind, base.isArguments else { return nil }
    return name
  }

  /// `true` iff the expression is `args` or `args()`.
  var isArguments: Bool {
    switch kind {
    case .identifier(let name): name == "args"
    case .call(let name, let arguments): name.text == "args" && arguments.isEmpty
    default: false
    }
  }

}
