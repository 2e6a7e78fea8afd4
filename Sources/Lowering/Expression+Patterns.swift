import Builtins
import Syntax

extension Expression {

  /// The call and its builtin, if the expression gathers numbers: `count()`.
  var aggregationCall: (call: BuiltinCall, builtin: any AggregationBuiltin)? {
    guard case .call(let name, let arguments) = kind,
      let builtin = BuiltinTable.builtin(named: name.text) as? any AggregationBuiltin
    else { return nil }
    return (BuiltinCall(id: id, name: name, arguments: arguments, site: site), builtin)
  }

  /// Returns what assigning the expression to `target` adds to it, and whether that is subtracted, if the expression is
  /// `target + amount`, `amount + target` or `target - amount`.
  ///
  /// Scripts count by `@x = @x + n`; as an addition that is exact whatever other CPUs do.
  func amountAdded(to target: Expression) -> (amount: Expression, isNegative: Bool)? {
    guard case .binary(let operation, let a, let b, _) = kind else { return nil }
    switch operation {
    case .add where a.denotesSameElement(as: target): return (b, false)
    case .add where b.denotesSameElement(as: target): return (a, false)
    case .subtract where a.denotesSameElement(as: target): return (b, true)
    default: return nil
    }
  }

  /// Returns `true` iff the expression and `other` are the same element of a map, with keys whose evaluation has no effects
  /// and gives the same value both times.
  private func denotesSameElement(as other: Expression) -> Bool {
    guard case .map(let name, let key) = kind, case .map(let otherName, let otherKey) = other.kind,
      name.text == otherName.text, key.count == otherKey.count
    else { return false }
    return zip(key, otherKey).allSatisfy { $0.isSame(as: $1) }
  }

  /// Returns `true` iff the expression and `other` are written alike and have the same value.
  private func isSame(as other: Expression) -> Bool {
    switch (kind, other.kind) {
    case (.integer(let a), .integer(let b)): a == b
    case (.string(let a), .string(let b)): a == b
    case (.boolean(let a), .boolean(let b)): a == b
    case (.scratch(let a), .scratch(let b)): a == b
    case (.identifier(let a), .identifier(let b)): a == b && a != "nsecs" && a != "elapsed"
    case (.member(let a, let name), .member(let b, let otherName)):
      name.text == otherName.text && a.isSame(as: b)
    case (.element(let a, let index), .element(let b, let otherIndex)): index == otherIndex && a.isSame(as: b)
    default: false
    }
  }

}
