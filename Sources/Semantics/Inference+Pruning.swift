import Builtins
import Diagnostics
import Probes
import Syntax
import Types

/// Branches that are not compiled because a condition is decided when the script is: `if (is_str($x)) { … } else { … }`.
///
/// Only conditions that ask for such a decision count; those of literals are like all others, so that mistakes in what they
/// switch off are still found.
extension Inference {

  /// What is known about a condition.
  enum Decision {

    /// It is decided.
    case known(Bool)

    /// It depends on types that are not known yet.
    case pending

    /// It is decided when the probe fires.
    case open

  }

  /// Returns what is known about `condition`, which has been visited, and remembers it if it is decided.
  mutating func decision(of condition: Expression) -> Decision {
    guard asksForDecision(condition) else { return .open }
    if let value = constant(of: condition) {
      decisions[condition.id] = value != 0
      return .known(value != 0)
    }
    return isReporting || !isWaiting(condition) ? .open : .pending
  }

  /// Returns `true` iff `condition` uses what is known when the script is compiled.
  private func asksForDecision(_ condition: Expression) -> Bool {
    var result = false
    condition.forEachExpression { if isDecisive($0) { result = true } }
    return result
  }

  /// Returns `true` iff the value of something that is known when the script is compiled is still missing in `condition`.
  private func isWaiting(_ condition: Expression) -> Bool {
    var result = false
    condition.forEachExpression { if isDecisive($0) && constants[$0.id] == nil { result = true } }
    return result
  }

  /// Returns `true` iff `expression` itself is known when the script is compiled and no literal.
  private func isDecisive(_ expression: Expression) -> Bool {
    switch expression.kind {
    case .call(let name, _): BuiltinTable.builtin(named: name.text) is any CompileTimeBuiltin
    case .binary(.equal, let a, let b, _), .binary(.notEqual, let a, let b, _):
      a.isProbeType && b.literalString != nil || b.isProbeType && a.literalString != nil
    default: false
    }
  }

  /// Notes whether `expression`, which compares `a` with `b`, holds if one of them is the kind of the probe.
  mutating func noteComparison(
    _ operation: BinaryOperator, _ a: Expression, _ b: Expression, of expression: Expression
  ) {
    guard operation == .equal || operation == .notEqual else { return }
    let (type, text) = a.isProbeType ? (a, b) : (b, a)
    guard type.isProbeType, let bytes = text.literalString else { return }
    let isSame = Array(probe.typeName.utf8) == bytes
    note(constant: isSame == (operation == .equal) ? 1 : 0, of: expression.id)
  }

}

extension Expression {

  /// `true` iff the expression is the kind of the probe.
  fileprivate var isProbeType: Bool {
    switch kind {
    case .identifier("probetype"): true
    case .call(let name, let arguments): name.text == "probetype" && arguments.isEmpty
    default: false
    }
  }

}
