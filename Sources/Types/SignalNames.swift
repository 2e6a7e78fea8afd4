/// The signals of Linux on x86 and ARM (`include/uapi/asm-generic/signal.h`).
public enum SignalNames {

  /// The names without `SIG`, that of signal 1 first.
  private static let ordered = [
    "HUP", "INT", "QUIT", "ILL", "TRAP", "ABRT", "BUS", "FPE", "KILL", "USR1", "SEGV", "USR2", "PIPE", "ALRM",
    "TERM", "STKFLT", "CHLD", "CONT", "STOP", "TSTP", "TTIN", "TTOU", "URG", "XCPU", "XFSZ", "VTALRM", "PROF",
    "WINCH", "IO", "PWR", "SYS",
  ]

  /// The greatest number of a signal, real-time signals included.
  public static let greatest = 64

  /// The names with `SIG`, in the order of their numbers.
  public static var all: [String] { ordered.map { "SIG" + $0 } }

  /// Returns the number of the signal `name`, with `SIG` or without; nil if there is none.
  public static func number(of name: String) -> Int? {
    let bare = name.hasPrefix("SIG") ? String(name.dropFirst(3)) : name
    return ordered.firstIndex(of: bare).map { $0 + 1 }
  }

  /// Returns the name of the signal with the given number, with `SIG`; nil if it has none.
  public static func name(of number: Int) -> String? {
    (1...ordered.count).contains(number) ? "SIG" + ordered[number - 1] : nil
  }

}
