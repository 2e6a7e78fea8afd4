import Builtins
import Diagnostics
import Syntax
import Types

extension Inference {

  /// Visits the statements of `block`.
  mutating func visit(_ block: Block) {
    for statement in block.statements { visit(statement) }
  }

  /// Visits `statement`.
  private mutating func visit(_ statement: Statement) {
    switch statement.kind {
    case .expression(let expression):
      let type = inferred(expression)
      if expression.isWithoutEffect && type?.type != Type.none {
        report(.withoutEffect(expression))
      } else if case .call(let name, _) = expression.kind, expression.isForValue,
        let type = inferred(expression)?.type, type != .none
      {
        report(.valueNotUsed(name, at: expression.site))
      }
    case .assignment(let target, let operation, let value):
      visitAssignment(to: target, operation, value)
    case .declaration(let variable, let type, let value):
      visitDeclaration(statement.id, of: variable, type, value)
    case .conditional(let condition, let then, let otherwise):
      visitCondition(condition)
      switch decision(of: condition) {
      case .known(true): visit(then)
      case .known(false): if let otherwise { visit(otherwise) }
      case .pending: break
      case .open:
        visit(then)
        if let otherwise { visit(otherwise) }
      }
    case .block(let block):
      visit(block)
    case .whileLoop(let condition, let body):
      visitCondition(condition)
      visit(body)
    case .unroll(let count, let body):
      _ = inferred(count)
      visit(body)
    case .forEach(_, let map, let body): visitForEach(statement.id, over: map, body)
    case .forRange(_, let lower, let upper, let body):
      visitForRange(statement.id, from: lower, to: upper, body)
    case .returnFromProbe(let value):
      if let value { visitReturned(value) }
    case .breakLoop, .continueLoop:
      break
    }
  }

  /// Visits a value that a block expression or, where there is none around it, the action returns.
  private mutating func visitReturned(_ expression: Expression) {
    if !returnedValues.isEmpty {
      returnedValues[returnedValues.count - 1].append(expression)
    } else if let type = value(expression), type.type.asInteger == nil {
      report(.notAStatus(expression, type.type))
    }
  }

  /// Visits the predicate of an action.
  mutating func visitPredicate(_ predicate: Expression) {
    visitCondition(predicate)
    if case .open = decision(of: predicate), constant(of: predicate) == 0, !actions[current].hasSwitch {
      report(.predicateNeverHolds(predicate))
    }
  }

  /// Visits an expression that is true or false.
  mutating func visitCondition(_ condition: Expression) {
    guard let type = value(condition), type.type.asInteger == nil else { return }
    report(.notACondition(condition, type.type))
  }

  /// Visits `target = value` or `target operation= value`.
  private mutating func visitAssignment(
    to target: Expression, _ operation: BinaryOperator?, _ value: Expression
  ) {
    switch target.kind {
    case .identifier("_") where operation == nil:
      _ = self.value(value)
    case .scratch(let name):
      let name = Name(name, at: target.site)
      guard let index = actions[current].references[target.id] else { return }
      let old = variables[current][index].value
      variables[current][index].isAssigned = true
      guard let new = assigned(old, operation, value) else { return }
      var slot = variables[current][index]
      if operation == nil {
        checkFit(of: value, new, in: slot, of: name)
      }
      put(new, into: &slot, of: name, as: .value, at: value.site)
      variables[current][index] = slot
      note(slot.value, of: target.id)
    case .map(let name, let key):
      use(name, withKey: key)
      visitMapAssignment(name, target, operation, value)
    default:
      _ = self.value(value)
      report(.notAssignable(target))
    }
  }

  /// Visits `@name = value` or `@name operation= value`, whose key has been visited.
  private mutating func visitMapAssignment(
    _ name: Name, _ target: Expression, _ operation: BinaryOperator?, _ value: Expression
  ) {
    let number = mapNumber(name)
    maps[number].isFilled = true
    if let (call, builtin) = aggregationCall(value) {
      visitAggregation(call, builtin, into: number, target, operation)
      note(InferredType(.none), of: value.id)
      return
    }
    if maps[number].aggregation != nil, let site = maps[number].aggregationSite {
      _ = self.value(value)
      report(plainValue(in: number, name, at: value.site, first: site))
      return
    }
    guard let new = assigned(maps[number].value.value, operation, value) else { return }
    if new.type.fixedSize == 0 { report(.nothingToStore(new.type, at: value.site)) }
    var slot = maps[number].value
    if maps[number].pinned != nil, case .structure(let structure)? = slot.value?.type, slot.isFixed {
      checkValue(new.type, value, fits: structure, name, as: "values")
      note(slot.value, of: target.id)
      return
    }
    if operation == nil { checkFit(of: value, new, in: slot, of: name) }
    put(new, into: &slot, of: name, as: .value, at: value.site)
    maps[number].value = slot
    note(slot.value, of: target.id)
  }

  /// Returns the type of what `= value` or `operation= value` leaves in a place that had a value of type `old`.
  private mutating func assigned(
    _ old: InferredType?, _ operation: BinaryOperator?, _ value: Expression
  ) -> InferredType? {
    guard let new = self.value(value).map({ adapted($0, of: value, to: old?.type) }) else { return nil }
    guard let operation else { return new }
    if operation == .divide || operation == .remainder, constant(of: value) == 0 {
      report(.divisionByZero(value))
    }
    let left = old ?? InferredType(.int64, isFlexible: true)
    return arithmetic(operation, left, new, at: value.site)
  }

  /// Visits the assignment of an aggregation to a map.
  private mutating func visitAggregation(
    _ call: BuiltinCall, _ builtin: any AggregationBuiltin, into number: Int, _ target: Expression,
    _ operation: BinaryOperator?
  ) {
    let name = maps[number].name
    note(InferredType(.none), of: target.id)
    guard operation == nil else {
      report(.compoundAggregation(call))
      return
    }
    guard checkArity(of: builtin, call), let new = builtin.aggregation(of: call, in: &self) else { return }
    if maps[number].value.value != nil, let site = maps[number].value.site {
      report(
        maps[number].pinned == nil
          ? .aggregationAndValue(name, at: call.site, first: site)
          : .sharedPinnedAggregation(name, new, at: call.site, site))
      return
    }
    let isLiteral = call.arguments.first.map { inferred($0)?.isFlexible ?? false } ?? false
    guard let old = maps[number].aggregation, let site = maps[number].aggregationSite else {
      maps[number].aggregation = new
      maps[number].gathersLiterals = isLiteral
      maps[number].aggregationSite = call.site
      hasChanged = true
      return
    }
    guard var union = old.union(new) else {
      report(.differentAggregations(name, old, new, at: call.site, first: site))
      return
    }
    if isLiteral { union = old } else if maps[number].gathersLiterals { union = new }
    if !isLiteral { maps[number].gathersLiterals = false }
    if union != old { hasChanged = true }
    maps[number].aggregation = union
  }

}

extension Expression {

  /// `true` iff the expression is a call of a function that is called for its value alone.
  fileprivate var isForValue: Bool {
    guard case .call(let name, _) = kind else { return false }
    return !["delete", "find", "override", "signal", "skboutput", "write_user"].contains(name.text)
  }

  /// `true` iff evaluating the expression as a statement does nothing.
  fileprivate var isWithoutEffect: Bool {
    switch kind {
    case .call, .step, .block: false
    case .ternary(_, let a, let b): (a?.isWithoutEffect ?? true) && b.isWithoutEffect
    default: true
    }
  }

}
