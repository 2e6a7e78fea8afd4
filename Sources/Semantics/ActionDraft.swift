import Diagnostics
import Probes
import Syntax

/// An action while its names and types are being found out.
struct ActionDraft {

  /// The predicate.
  var predicate: Expression?

  /// `true` iff the predicate asks what the command line gives: one that never holds switches the action off.
  var hasSwitch = false

  /// The statements.
  var body: Block

  /// The attach points, at least one.
  var points: [AttachPoint]

  /// What the program finds at each of them, without what the action does not use.
  var context: ProbeContext

  /// All that the program finds at the first of them, for messages.
  var fullContext: ProbeContext

  /// How the program is attached to them.
  var mechanism: AttachMechanism

  /// The index of the block that the action is of.
  var block = 0

  /// The scratch variables.
  var variables: [VariableDraft] = []

  /// The variable that each use or declaration of one stands for.
  var references: [NodeID: Int] = [:]

}

/// A scratch variable while its type is being found out.
struct VariableDraft {

  /// The name with its `$`.
  let name: Name

  /// The type that it is declared with.
  var type: TypeName?

  /// `true` iff `let` declares it.
  let isDeclared: Bool

  /// `true` iff it is the variable of a loop.
  var isOfLoop = false

  /// `true` iff something reads it.
  var isRead = false

}
