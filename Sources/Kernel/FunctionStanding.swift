/// What a kernel knows about a name that is not among those of the functions that it says can be traced.
public enum FunctionStanding: Hashable, Sendable {

  /// It is another name of a function that can be traced.
  case alias

  /// It is a function, but whether it can be traced is not told.
  case untold

  /// It is a function that the kernel is not to trace: it is marked `notrace` or written in assembly.
  case notTraceable

  /// It is a function in which kprobes are forbidden (`NOKPROBE_SYMBOL`).
  case blacklisted

  /// It is data.
  case data

  /// The compiler has made functions with the given names of it: `name.isra.0`, `name.constprop.0`, `name.part.0`.
  case variants([String])

  /// It is a function of the given module, which is not loaded.
  case inUnloadedModule(String)

  /// There is no such name.
  case unknown

}
