import Diagnostics
import Syntax

// One function for each fault of watchpoints, in alphabetical order.
extension ProbeFault {

  /// Execution watched together with access.
  static func codeAndData(_ part: Name) -> ProbeFault {
    ProbeFault(
      .error(
        "memory cannot be watched for execution and for being read or written at once", at: part.site,
        hint: "write two probes"))
  }

  /// Letters that say nothing about access.
  static func invalidAccess(_ part: Name) -> ProbeFault {
    ProbeFault(
      .error(
        "invalid mode '\(part.text)' of a watchpoint", at: part.site,
        hint: "write 'w' for written, 'rw' for read or written, or 'x' for executed"))
  }

  /// An address that is no number.
  static func invalidAddress(_ part: Name) -> ProbeFault {
    ProbeFault(.error("invalid address '\(part.text)' of a watchpoint", at: part.site))
  }

  /// A number of bytes that cannot be watched for execution.
  static func invalidCodeLength(_ part: Name) -> ProbeFault {
    ProbeFault(
      .error(
        "memory is watched for execution as a word, not as \(part.text) bytes", at: part.site,
        hint: "write '8', or '4' on ARM"))
  }

  /// A number of bytes that processors cannot watch.
  static func invalidLength(_ part: Name) -> ProbeFault {
    ProbeFault(
      .error(
        "invalid length '\(part.text)' of a watchpoint", at: part.site,
        hint: "processors watch 1, 2, 4 or 8 bytes"))
  }

  /// Reading watched without writing.
  static func readOnlyWatch(_ part: Name) -> ProbeFault {
    ProbeFault(
      .error(
        "x86 processors cannot watch memory for being read only", at: part.site,
        hint: "write 'rw' for read or written"))
  }

  /// An address that is no multiple of the length.
  static func unalignedAddress(_ part: Name, length: UInt64) -> ProbeFault {
    ProbeFault(
      .error(
        "the address '\(part.text)' is no multiple of \(length), the number of bytes to watch", at: part.site)
    )
  }

}
