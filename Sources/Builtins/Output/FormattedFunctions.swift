import Diagnostics
import Probes
import Types

/// `printf(format, value, …)`: prints values as the format says.
struct Printf: FormattedFunction {
  let names = ["printf"]

  func action(_ format: FormatString, of call: BuiltinCall) -> EventAction { .printf(format) }

  func isAllowed(_ call: BuiltinCall, in scope: inout some TypingScope) -> Bool {
    if scope.probe.isPinned { scope.checkSequencePrinting(of: call) }
    return true
  }
}

/// `errorf(format, value, …)`: prints values on standard error, as an error at the place of the call.
struct PrintError: FormattedFunction {
  let names = ["errorf"]

  func action(_ format: FormatString, of call: BuiltinCall) -> EventAction {
    .message(format, MessageOrigin(level: .error, of: call))
  }
}

/// `warnf(format, value, …)`: prints values on standard error, as a warning at the place of the call.
struct PrintWarning: FormattedFunction {
  let names = ["warnf"]

  func action(_ format: FormatString, of call: BuiltinCall) -> EventAction {
    .message(format, MessageOrigin(level: .warning, of: call))
  }
}

/// `cat(format, value, …)`: prints the contents of the file with that path.
struct PrintFile: FormattedFunction {
  let names = ["cat"]

  func action(_ format: FormatString, of call: BuiltinCall) -> EventAction { .cat(format) }
}

/// `system(format, value, …)`: runs that command of the shell and prints its output.
struct RunCommand: FormattedFunction {
  let names = ["system"]
  let isUnsafe = true

  func action(_ format: FormatString, of call: BuiltinCall) -> EventAction { .system(format) }
}

extension MessageOrigin {

  /// Creates the origin of a message of `call`: for one that macros brought into the script, the call of the outermost.
  fileprivate init(level: Level, of call: BuiltinCall) {
    let site = call.site.expansions.last?.call ?? call.site
    let start = site.file.position(of: site.start)
    self.init(
      level: level, file: site.file.name, range: site.range, line: start.line, column: start.column)
  }

}
