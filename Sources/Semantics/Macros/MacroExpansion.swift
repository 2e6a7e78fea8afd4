import Diagnostics
import Syntax

/// Puts the bodies of macros in place of their calls.
///
/// Every copy of a body has nodes of its own, whose places tell the call that brought them there: that makes messages say so,
/// and keeps the scratch variables of the body apart from all others of the same name.
struct MacroExpansion: TreeRewriter {

  /// The macros.
  private let table: MacroTable

  /// One more than the greatest identity given so far.
  private(set) var nodeCount: Int

  /// What is wrong.
  private(set) var diagnostics = DiagnosticSet()

  /// The body that is being copied.
  private var frame = Frame()

  /// The place of the call in an action that everything being copied comes from.
  private var outermostCall: SourceSpan?

  /// The number of nodes that the one being copied is nested in.
  private var depth = 0

  /// `true` iff the script became so large or deep that nothing is expanded any more.
  private var isTooLarge = false

  /// One more than the greatest identity that may be given, which bounds what macros make of a script.
  private let nodeLimit: Int

  /// The number of nodes that may be nested in one another; the later passes descend as deeply.
  private static let depthLimit = 700

  /// What is being copied.
  private struct Frame {

    /// The call of the macro whose body is copied, nil for text that is no body.
    var expansion: Expansion?

    /// The macro.
    var macro: Macro?

    /// What the parameters stand for, as expanded in the body around the call.
    var arguments: [String: Expression] = [:]

  }

  /// Creates an instance that expands the macros in `table`, giving identities from `nodeCount` on.
  init(of table: MacroTable, nodeCount: Int) {
    self.table = table
    self.nodeCount = nodeCount
    self.nodeLimit = 2 * nodeCount + 500_000
  }

  /// Returns `script` with the calls of macros replaced.
  mutating func expanded(_ script: Script) -> Script {
    var result = script
    for index in result.actions.indices {
      result.actions[index].predicate = result.actions[index].predicate.map { rewritten($0) }
      result.actions[index].body = rewritten(result.actions[index].body)
    }
    result.nodeCount = nodeCount
    return result
  }

  /// Returns an identity that no other node has.
  mutating func identity(of id: NodeID) -> NodeID {
    defer { nodeCount += 1 }
    return NodeID(nodeCount)
  }

  /// Returns `site` as a part of the expansion that is being copied.
  func place(of site: SourceSpan) -> SourceSpan {
    frame.expansion == nil ? site : site.expanded(in: frame.expansion)
  }

  /// Returns `name`, or what the argument is called if it is that of a parameter.
  func rewritten(_ name: Name) -> Name {
    let site = place(of: name.site)
    if name.text.hasPrefix("@"), case .map(let map, _)? = frame.arguments[name.text]?.kind {
      return Name(map.text, at: site)
    }
    return Name(name.text, at: site)
  }

  // MARK: Statements

  /// Returns `statement`, or the body of the macro that it calls.
  mutating func rewritten(_ statement: Statement) -> Statement {
    depth += 1
    defer { depth -= 1 }
    guard depth < Self.depthLimit, nodeCount < nodeLimit else {
      let nothing = giveUp(at: statement.site, statement.id)
      return Statement(id: nothing.id, site: nothing.site, kind: .expression(nothing))
    }
    switch statement.kind {
    case .expression(let expression):
      guard let call = call(expression) else { return rebuilt(statement) }
      let id = identity(of: statement.id)
      let site = place(of: statement.site)
      return Statement(id: id, site: site, kind: .block(Block(statements(of: call), site: site)))
    case .declaration(let variable, _, _), .forEach(let variable, _, _), .forRange(let variable, _, _, _):
      if let macro = frame.macro, let parameter = macro.parameters.first(where: { $0.text == variable.text })
      {
        diagnostics.insert(.parameterRedeclared(rewritten(variable), first: parameter))
      }
      if case .forEach(_, let map, _) = statement.kind { checkMap(map) }
      return rebuilt(statement)
    default: return rebuilt(statement)
    }
  }

  /// Returns the statements that take the place of `call`, whose value nobody wants.
  private mutating func statements(of call: MacroCall) -> [Statement] {
    guard let (body, value) = expand(call) else { return [] }
    guard let value else { return body.statements }
    let id = identity(of: value.id)
    if body.returnsValue {
      let block = Expression(id: identity(of: value.id), site: call.site, kind: .block(body, value))
      return [Statement(id: id, site: call.site, kind: .expression(block))]
    }
    // The value is thrown away on purpose; only what is done for its effect alone may be without one.
    let kind: Statement.Kind =
      switch value.kind {
      case .call, .step, .block, .ternary: .expression(value)
      default:
        .assignment(
          target: Expression(id: identity(of: value.id), site: value.site, kind: .identifier("_")),
          operation: nil, value: value)
      }
    return body.statements + [Statement(id: id, site: value.site, kind: kind)]
  }

  // MARK: Expressions

  /// Returns `expression`, or what it stands for if it is a parameter or calls a macro.
  mutating func rewritten(_ expression: Expression) -> Expression {
    depth += 1
    defer { depth -= 1 }
    guard depth < Self.depthLimit, nodeCount < nodeLimit else {
      return giveUp(at: expression.site, expression.id)
    }
    switch expression.kind {
    case .identifier(let name), .scratch(let name):
      if let argument = frame.arguments[name] { return pasted(argument) }
    case .map(let name, _):
      checkMap(name)
    default: break
    }
    guard let call = call(expression) else { return element(rebuilt(expression)) }
    guard let (body, value) = expand(call) else { return placeholder(for: expression) }
    guard let value else {
      diagnostics.insert(.macroWithoutValue(call.name, call.macro.name))
      return placeholder(for: expression)
    }
    if body.statements.isEmpty { return value }
    let id = identity(of: expression.id)
    return Expression(id: id, site: place(of: expression.site), kind: .block(body, value))
  }

  /// Returns the element of a map that `expression` has become if it indexes a parameter that stands for the map, else itself.
  private func element(_ expression: Expression) -> Expression {
    guard case .index(let base, let index) = expression.kind, case .map(let name, let key) = base.kind,
      key.isEmpty
    else { return expression }
    return Expression(id: expression.id, site: expression.site, kind: .map(name, key: [index]))
  }

  /// Returns a copy of `argument`, which stands where the caller has it.
  private mutating func pasted(_ argument: Expression) -> Expression {
    let outer = frame
    frame = Frame()
    defer { frame = outer }
    return rewritten(argument)
  }

  /// Returns what stands for `expression`, of which it has been reported that it cannot be expanded.
  private mutating func placeholder(for expression: Expression) -> Expression {
    let id = identity(of: expression.id)
    return Expression(id: id, site: place(of: expression.site), kind: .integer(IntegerLiteral(0)))
  }

  /// Reports once that the script became too large, and returns what stands for the node `id` at `site`.
  private mutating func giveUp(at site: SourceSpan, _ id: NodeID) -> Expression {
    if !isTooLarge { diagnostics.insert(.tooMuchExpanded(outermostCall ?? site)) }
    isTooLarge = true
    let id = identity(of: id)
    return Expression(id: id, site: place(of: site), kind: .integer(IntegerLiteral(0)))
  }

  /// Reports that the map `name` in the body of a macro is none of its parameters, if so.
  private mutating func checkMap(_ name: Name) {
    guard let macro = frame.macro, frame.arguments[name.text] == nil,
      !macro.parameters.contains(where: { $0.text == name.text })
    else { return }
    diagnostics.insert(.mapInMacro(rewritten(name), macro.name))
  }

  // MARK: Calls

  /// Returns the call of a macro that `expression` is, nil if it is none.
  private func call(_ expression: Expression) -> MacroCall? {
    let site = place(of: expression.site)
    switch expression.kind {
    case .call(let name, let arguments):
      guard
        let macro = table.macro(MacroTable.Key(name.text, arguments.count)) ?? table.macros[name.text]?.first
      else { return nil }
      return MacroCall(macro: macro, name: rewritten(name), arguments: arguments, site: site)
    case .identifier(let name) where frame.arguments[name] == nil:
      guard let macro = table.macro(MacroTable.Key(name, 0)) ?? table.macros[name]?.first else { return nil }
      return MacroCall(macro: macro, name: Name(name, at: site), arguments: [], site: site)
    default: return nil
    }
  }

  /// Returns the copy of the body of the macro that takes the place of `call`, and its value if it has one; nil if it cannot
  /// be expanded, which has been reported.
  private mutating func expand(_ call: MacroCall) -> (body: Block, value: Expression?)? {
    let macro = call.macro
    if table.recursive.contains(macro.key) || isTooLarge { return nil }
    guard call.arguments.count == macro.parameters.count else {
      let macros = table.macros[macro.name.text] ?? [macro]
      diagnostics.insert(.wrongMacroArgumentCount(call.name, call.arguments.count, macros, at: call.site))
      return nil
    }
    var arguments: [String: Expression] = [:]
    for (parameter, argument) in zip(macro.parameters, call.arguments) {
      let value = rewritten(argument)
      guard parameter.accepts(value) else {
        diagnostics.insert(.wrongMacroArgument(parameter, of: macro.name, at: value.site))
        return nil
      }
      arguments[parameter.text] = value
    }
    let outer = frame
    if outer.expansion == nil { outermostCall = call.site }
    frame = Frame(
      expansion: Expansion(of: macro.name.text, at: call.site), macro: macro, arguments: arguments)
    depth += 1
    defer {
      frame = outer
      depth -= 1
    }
    let body = rewritten(macro.body)
    if let value = macro.value { return (body, rewritten(value)) }
    // A value that is returned at the end is that of the call, too.
    guard case .returnFromProbe(let value?)? = body.statements.last?.kind else { return (body, nil) }
    return (Block(body.statements.dropLast(), site: body.site), value)
  }

}
