import Builtins
import Diagnostics
import IR
import Semantics
import Syntax
import Types

extension ActionLowering {

  /// Emits the instructions of the statements of `block`.
  mutating func lower(_ block: Block) {
    let pairs = PrintAndReset.pairs(in: block)
    for (index, statement) in block.statements.enumerated() where !pairs.second.contains(index) {
      if let both = pairs.first[index] { lower(both, at: statement) } else { lower(statement) }
    }
  }

  /// Emits the instructions of `statement` and gives back the memory that they needed.
  mutating func lower(_ statement: Statement) {
    mark(statement.site)
    let start = memory.mark
    switch statement.kind {
    case .expression(let expression): lowerForEffect(expression)
    case .assignment(let target, let operation, let value):
      lowerAssignment(to: target, operation: operation, value: value)
    case .declaration(_, _, let value): lowerDeclaration(statement.id, value: value)
    case .conditional(let test, let then, let otherwise):
      let holds = condition(test)
      lowerBranch(holds, then: { $0.lower(then) }, otherwise: { if let otherwise { $0.lower(otherwise) } })
    case .whileLoop(let test, let body): lowerWhile(test, body)
    case .unroll(let count, let body): lowerUnroll(count, body)
    case .forEach(_, let map, let body): lowerForEach(statement.id, over: map, body)
    case .forRange(_, let lower, let upper, let body):
      lowerForRange(statement.id, from: lower, to: upper, body)
    case .breakLoop: lowerJump(.leave)
    case .continueLoop: lowerJump(.again)
    case .returnFromProbe(let value): lowerReturn(value)
    case .block(let block): lower(block)
    }
    memory.release(to: start)
  }

  /// Emits a choice between what `then` and what `otherwise` emit.
  mutating func lowerBranch(
    _ condition: Operand, then: (inout ActionLowering) -> Void,
    otherwise: (inout ActionLowering) -> Void = { _ in }
  ) {
    builder.openBlock()
    then(&self)
    let a = builder.closeBlock()
    builder.openBlock()
    otherwise(&self)
    let b = builder.closeBlock()
    builder.emit(.branch(condition, a, b))
  }

  /// Emits the instructions of `expression`, whose value nobody uses.
  private mutating func lowerForEffect(_ expression: Expression) {
    if case .step(let target, let direction, _) = expression.kind {
      _ = lowerStep(of: target, direction, isPrefix: true, isUsed: false)
    } else {
      _ = lower(expression)
    }
  }

  /// Emits the first assignment to the variable that the statement `id` declares: of zero if there is no value.
  private mutating func lowerDeclaration(_ id: NodeID, value: Expression?) {
    guard let index = action.references[id] else { preconditionFailure("a declaration of nothing") }
    if let value {
      assign(value, toVariable: index)
      return
    }
    let type = action.variables[index].type
    switch variables[index] {
    case .local(let local): builder.set(local, to: .constant(0, type.registerType))
    case .memory(let place): builder.emit(.zero(place, count: type.size, alignment: 8))
    }
  }

  /// Emits `target = value` or `target operation= value`.
  private mutating func lowerAssignment(
    to target: Expression, operation: BinaryOperator?, value: Expression
  ) {
    switch target.kind {
    case .map(let name, let key):
      lowerMapAssignment(to: target, name: name, key: key, operation: operation, value: value)
    case .scratch:
      guard let index = action.references[target.id] else { preconditionFailure("an unresolved variable") }
      if let operation {
        let type = action.variables[index].type
        let old = convert(number(of: target), from: type, to: type.asArithmetic)
        let new = binary(
          operation, old, type.asArithmetic, number(of: value), self.type(of: value),
          result: type.asArithmetic)
        set(variable: index, to: convert(new, from: type.asArithmetic, to: type))
      } else {
        assign(value, toVariable: index)
      }
    default:
      // `_ = value`.
      _ = lower(value)
    }
  }

  /// Emits the assignment of `value` to the variable at `index`.
  private mutating func assign(_ value: Expression, toVariable index: Int) {
    let type = action.variables[index].type
    switch variables[index] {
    case _ where trackedVariables.certain.contains(index):
      set(variable: index, to: builder.convert(trackedPointer(value), .toInteger, to: .i64))
    case _ where type.isScalar: set(variable: index, to: scalar(value, as: type))
    case .local: preconditionFailure("a variable that is no scalar is in memory")
    case .memory(let place):
      // The value may be made of what the variable holds: it must be complete before the variable changes.
      let copy = memory.take(size: type.size, alignment: 8, in: &builder)
      write(value, as: type, to: copy)
      builder.emit(.copy(to: place, from: copy, count: type.size, alignment: 8))
    }
  }

  /// Emits an assignment to the scalar variable at `index`.
  mutating func set(variable index: Int, to operand: Operand) {
    switch variables[index] {
    case .local(let local): builder.set(local, to: operand)
    case .memory(let place): builder.store(operand, to: place)
    }
  }

  /// Emits a read of the scalar variable at `index`.
  mutating func variable(_ index: Int) -> Operand {
    switch variables[index] {
    case .local(let local): return builder.get(local)
    case .memory(let place): return builder.load(action.variables[index].type.registerType, from: place)
    }
  }

}

extension Type {

  /// The type in which arithmetic on values of the type is done: that of a pointer, else 64 bits of the same signedness.
  var asArithmetic: Type {
    if case .pointer = self { return self }
    return asInteger?.isSigned == true ? .int64 : .uint64
  }

}
