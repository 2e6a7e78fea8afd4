import Diagnostics
import Syntax

/// A call of a macro.
struct MacroCall {

  /// The macro.
  let macro: Macro

  /// The name as the call has it.
  let name: Name

  /// The arguments.
  let arguments: [Expression]

  /// The place of the call.
  let site: SourceSpan

}

extension Name {

  /// Returns `true` iff the parameter of this name can stand for `argument`.
  func accepts(_ argument: Expression) -> Bool {
    switch (text.utf8.first, argument.kind) {
    case (UInt8(ascii: "$"), .scratch): true
    case (UInt8(ascii: "@"), .map(_, let key)): key.isEmpty
    case (UInt8(ascii: "$"), _), (UInt8(ascii: "@"), _): false
    default: true
    }
  }

}
