import IR
import Syntax
import Types

/// `clear_screen()`: clears the terminal that the output goes to; nothing where it goes elsewhere.
struct ClearScreen: ValueBuiltin {
  let names = ["clear_screen"]
  let valueType = Type.none

  func value(in lowering: inout some CallLowering) -> LoweredValue {
    lowering.sendEvent(.clearScreen, fields: []) { _, _ in }
    return .none
  }
}
