import Diagnostics
import Syntax

/// Finds out which variable each `$name` of an action stands for.
///
/// A variable that `let` declares lives in its block. One that is first assigned in a block lives there too, unless
/// it is read behind the block: then all variables of the name that blocks before have left are one, of the probe. The
/// variable of a loop lives in the loop.
struct VariableResolution {

  /// The variables; those that turned out to be another's are left out in the end.
  private var variables: [VariableDraft] = []

  /// For each variable the one that it is the same as, itself at first.
  private var representatives: [Int] = []

  /// The variable of each use.
  private var references: [NodeID: Int] = [:]

  /// The variables by name that can be seen, for each open block.
  private var scopes: [[Key: Int]] = [[:]]

  /// The variables by name that closed blocks left and that no `let` declares.
  private var left: [Key: [Int]] = [:]

  /// The loops that have ended, by the name of their variable.
  private var endedLoops: [Key: Name] = [:]

  /// What is wrong.
  private(set) var diagnostics = DiagnosticSet()

  /// What tells variables apart: the name, and the expansion of a macro that the name stands in.
  private struct Key: Hashable {

    /// The name.
    let name: String

    /// The call of the macro in whose body the name stands, nil outside of macros.
    let expansion: Expansion?

    /// Creates the key of the variable that `name` refers to.
    init(_ name: Name) {
      self.name = name.text
      self.expansion = name.site.expansion
    }

  }

  /// Finds the variables of `action`.
  init(of action: inout ActionDraft) {
    if let predicate = action.predicate { visit(predicate) }
    visit(action.body)
    for variable in variables where variable.isDeclared && !variable.isRead {
      diagnostics.insert(.unusedVariable(variable.name))
    }
    // Number those that are left without gaps.
    var numbers: [Int: Int] = [:]
    for (index, variable) in variables.enumerated() where representatives[index] == index {
      numbers[index] = action.variables.count
      action.variables.append(variable)
    }
    action.references = references.mapValues { index in
      guard let number = numbers[representative(of: index)] else {
        preconditionFailure("a variable without a number")
      }
      return number
    }
  }

  /// Returns the variable that the variable at `index` is the same as.
  private func representative(of index: Int) -> Int {
    var i = index
    while representatives[i] != i { i = representatives[i] }
    return i
  }

  /// Adds a variable to the innermost block and returns it.
  private mutating func add(_ variable: VariableDraft) -> Int {
    variables.append(variable)
    representatives.append(variables.count - 1)
    scopes[scopes.count - 1][Key(variable.name)] = variables.count - 1
    return variables.count - 1
  }

  /// Returns the variable `name` that can be seen.
  private func visible(_ name: Name) -> Int? {
    let key = Key(name)
    for scope in scopes.reversed() { if let index = scope[key] { return index } }
    return nil
  }

  /// Visits the statements of `block`, whose variables end with it.
  private mutating func visit(_ block: Block) {
    scopes.append([:])
    for statement in block.statements { visit(statement) }
    closeScope()
  }

  /// Ends the innermost block.
  private mutating func closeScope() {
    for (key, index) in scopes.removeLast() where !variables[index].isDeclared {
      left[key, default: []].append(index)
    }
  }

  /// Visits `statement`.
  private mutating func visit(_ statement: Statement) {
    switch statement.kind {
    case .declaration(let variable, let type, let value):
      if let value { visit(value) }
      if let type { visit(type) }
      if let index = scopes[scopes.count - 1][Key(variable)] {
        diagnostics.insert(.redeclaredVariable(variable, first: variables[index].name))
      }
      references[statement.id] = add(VariableDraft(name: variable, type: type, isDeclared: true))
    case .assignment(let target, let operation, let value):
      visit(value)
      if operation == nil, case .scratch(let text) = target.kind {
        assign(text, in: target)
      } else {
        if case .scratch(let text) = target.kind { noteAssignment(to: Name(text, at: target.site)) }
        visit(target)
      }
    case .forEach(let variable, _, let body):
      visitLoop(statement.id, over: variable, body)
    case .forRange(let variable, let lower, let upper, let body):
      visit(lower)
      visit(upper)
      visitLoop(statement.id, over: variable, body)
    default:
      for expression in statement.expressions { visit(expression) }
      for block in statement.blocks { visit(block) }
    }
  }

  /// Visits `body`, that of the loop `id`, whose turns give values to `variable`.
  private mutating func visitLoop(_ id: NodeID, over variable: Name, _ body: Block) {
    if let index = visible(variable) {
      diagnostics.insert(.hiddenVariable(variable, first: variables[index].name))
    }
    scopes.append([:])
    references[id] = add(VariableDraft(name: variable, isDeclared: false, isOfLoop: true))
    visit(body)
    scopes.removeLast()
    endedLoops[Key(variable)] = variable
  }

  /// Reports that `name` is assigned if it is a loop's variable.
  private mutating func noteAssignment(to name: Name) {
    guard let index = visible(name), variables[index].isOfLoop else { return }
    diagnostics.insert(.loopVariableAssigned(name))
  }

  /// Visits the expressions in `type`.
  private mutating func visit(_ type: TypeName) {
    switch type.kind {
    case .typeof(let expression): visit(expression)
    case .pointer(let inner), .array(let inner, _): visit(inner)
    case .tuple(let elements): for element in elements { visit(element) }
    case .record(let fields): for field in fields { visit(field.type) }
    case .named, .structure, .union, .enumeration: break
    }
  }

  /// Visits `expression`, all of whose variables are read.
  private mutating func visit(_ expression: Expression) {
    switch expression.kind {
    case .scratch(let name): read(Name(name, at: expression.site), in: expression)
    case .call(let function, let arguments) where function.text == "find" && arguments.count == 3:
      for argument in arguments.dropLast() { visit(argument) }
      if case .scratch(let text) = arguments[2].kind {
        assign(text, in: arguments[2])
      } else {
        visit(arguments[2])
      }
    case .step(let target, _, _):
      if case .scratch(let name) = target.kind { noteAssignment(to: Name(name, at: target.site)) }
      visit(target)
    case .block(let block, let value):
      scopes.append([:])
      for statement in block.statements { visit(statement) }
      visit(value)
      closeScope()
    case .type(let type): visit(type)
    case .cast(let type, let value):
      visit(type)
      visit(value)
    default: for child in expression.children { visit(child) }
    }
  }

  /// Notes that the variable `text` is assigned to where `target` stands.
  private mutating func assign(_ text: String, in target: Expression) {
    let name = Name(text, at: target.site)
    noteAssignment(to: name)
    references[target.id] = visible(name) ?? add(VariableDraft(name: name, isDeclared: false))
  }

  /// Notes that `expression` reads the variable `name`.
  private mutating func read(_ name: Name, in expression: Expression) {
    guard let index = visible(name) ?? adopted(name) else {
      let known = (scopes.flatMap(\.keys) + left.keys).filter { $0.expansion == name.site.expansion }
      diagnostics.insert(
        endedLoops[Key(name)].map { .loopVariableEnded(name, loop: $0) }
          ?? .undefinedVariable(name, among: known.map(\.name).sorted()))
      return
    }
    variables[index].isRead = true
    references[expression.id] = index
  }

  /// Makes one variable of the probe of all variables `name` that closed blocks left, and returns it.
  private mutating func adopted(_ name: Name) -> Int? {
    let key = Key(name)
    guard let candidates = left[key], let first = candidates.first else { return nil }
    let target = representative(of: first)
    for candidate in candidates { representatives[representative(of: candidate)] = target }
    left[key] = nil
    scopes[0][key] = target
    return target
  }

}
