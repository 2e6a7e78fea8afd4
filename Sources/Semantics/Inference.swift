import Builtins
import Diagnostics
import IR
import Kernel
import Probes
import Syntax
import Types

/// Finds the types of variables, maps and expressions over the whole script.
///
/// Every round visits all actions and makes variables and maps wide enough for what is put into them, until nothing
/// changes; so the order of probes does not matter. A last round, over types that are final, reports what is wrong.
struct Inference {

  /// The types that the script can name.
  let types: ScriptTypes

  /// The settings.
  let settings: Settings

  /// The actions.
  let actions: [ActionDraft]

  /// The macros of the script, which have been expanded.
  let macros: [Macro]

  /// The action that is being visited, an index into `actions`.
  var current = 0

  /// The types of the scratch variables, by action.
  var variables: [[ValueSlot]]

  /// The maps in the order of first use.
  var maps: [MapDraft] = []

  /// The maps by name.
  var mapNumbers: [String: Int] = [:]

  /// The variables of loops over maps whose values cannot be read, and those maps.
  var loopsWithoutValues: [LoopVariable: (map: Name, aggregation: Aggregation)] = [:]

  /// The parameters of the command line that are strings although they could be numbers, by node.
  var textualParameters: Set<NodeID> = []

  /// Whether conditions hold that are decided now, by node.
  var decisions: [NodeID: Bool] = [:]

  /// The values that `return` gives to the block expressions that are open, the innermost one last.
  var returnedValues: [[Expression]] = []

  /// `true` iff something became wider in the round.
  var hasChanged = false

  /// `true` iff a value that nothing tells the type of counts as an integer in arithmetic (`@x = @x + 1`).
  var assumesIntegers = false

  /// `true` iff what is wrong is reported: types are final.
  var isReporting = false

  /// What is wrong.
  var diagnostics = DiagnosticSet()

  /// What is known about each expression, by node.
  var known: [Knowledge]

  /// The values of expressions that are known now, besides literals: constants of enumerations, sizes, offsets.
  var constants: [NodeID: Int64] = [:]

  /// What those of them are that can be otherwise on another kernel.
  var origins: [NodeID: KernelFact.Subject] = [:]

  /// The place of the first expression whose type is not known in the last round.
  private var unexplained: SourceSpan?

  /// The number of the round.
  var round = 0

  /// What is known about an expression.
  struct Knowledge {

    /// The round in which it was found out; 0 for never.
    var round = 0

    /// The type, nil if it is not known or wrong.
    var type: InferredType?

  }

  /// Creates an instance that knows nothing about `actions`, whose trees have `nodeCount` nodes.
  init(
    of actions: [ActionDraft], macros: [Macro], nodeCount: Int, types: ScriptTypes, settings: Settings
  ) {
    self.types = types
    self.settings = settings
    self.actions = actions
    self.macros = macros
    self.variables = actions.map { $0.variables.map { _ in ValueSlot() } }
    self.known = Array(repeating: Knowledge(), count: nodeCount)
  }

  /// The kernel.
  var kernel: any KernelView { types.kernel }

  /// What the program finds at the probe.
  var probe: ProbeContext { actions[current].context }

  /// Finds all types and reports what is wrong.
  mutating func run() {
    settle()
    assumesIntegers = true
    settle()
    giveTypesToPinnedMaps()
    settle()
    giveTypesToUnassignedVariables()
    settle()
    isReporting = true
    visitAll()
  }

  /// Visits all actions until nothing changes.
  private mutating func settle() {
    // What is put into a slot can only widen it, in few steps; the bound is there for what is never wrong.
    let bound = 16 + 4 * (maps.count + variables.reduce(0) { $0 + $1.count } + known.count)
    for _ in 0..<bound {
      hasChanged = false
      visitAll()
      if !hasChanged { return }
    }
  }

  /// Visits all actions once.
  private mutating func visitAll() {
    round += 1
    for index in actions.indices {
      current = index
      if let predicate = actions[index].predicate { visitPredicate(predicate) }
      visit(actions[index].body)
    }
  }

  /// Makes integers of the variables that are declared and never assigned: they are 0.
  private mutating func giveTypesToUnassignedVariables() {
    for action in variables.indices {
      for index in variables[action].indices
      where variables[action][index].value == nil && !variables[action][index].isAssigned {
        variables[action][index].value = InferredType(.int64, isFlexible: true)
        variables[action][index].site = actions[action].variables[index].name.site
      }
    }
  }

  /// Reports maps and expressions whose types nothing tells, unless an error that was reported is the reason.
  mutating func reportUnknownTypes() {
    guard !diagnostics.containsError else { return }
    for map in maps where map.isFilled && map.aggregation == nil && map.value.value == nil {
      report(.selfDependentType(map.name))
    }
    // Lowering cannot do without types, so that one must never be missing without a reason given.
    if !diagnostics.containsError, let unexplained { report(.unknownTypeof(unexplained)) }
  }

  /// Reports `diagnostic` if types are final.
  mutating func report(_ diagnostic: Diagnostic) {
    if isReporting { diagnostics.insert(diagnostic) }
  }

  /// Returns the type of `expression`, nil if it is not known or wrong.
  mutating func inferred(_ expression: Expression) -> InferredType? {
    let number = expression.id.number
    if known[number].round == round { return known[number].type }
    let type = infer(expression)
    if type == nil && isReporting && unexplained == nil { unexplained = expression.site }
    known[number] = Knowledge(round: round, type: type)
    return type
  }

  /// Returns the type of `expression`, which must have a value.
  mutating func value(_ expression: Expression) -> InferredType? {
    guard let type = inferred(expression) else { return nil }
    guard type.type != .none else {
      report(.noValue(expression))
      return nil
    }
    return type
  }

  /// Notes the type of a node that is not inferred by itself.
  mutating func note(_ type: InferredType?, of id: NodeID) {
    known[id.number] = Knowledge(round: round, type: type)
  }

  /// Puts `type` into `slot`, reporting what does not fit; `name` is that of the variable or map, for messages.
  mutating func put(
    _ type: InferredType, into slot: inout ValueSlot, of name: Name, as role: Role, at site: SourceSpan
  ) {
    switch slot.put(type, at: site) {
    case .fits(let slotHasChanged):
      if slotHasChanged { hasChanged = true }
    case .mixedSigns(let slotHasChanged):
      if slotHasChanged { hasChanged = true }
      report(.mixedSigns(name, role, at: site))
    case .conflict:
      guard let old = slot.value, let first = slot.site else {
        preconditionFailure("a conflict with nothing")
      }
      report(.mismatch(name, role, old: old.type, new: type.type, at: site, first: first))
    }
  }

  /// What a slot is to the thing that has it.
  enum Role {

    /// The value of a variable or a map.
    case value

    /// A part of a map's key, counted from 0.
    case keyPart(Int)

  }

}
