import Diagnostics
import Kernel
import Syntax

/// What debug information does not tell.
extension ProbeFault {

  /// A return from a line of the source.
  static func lineOfReturn(_ part: Name) -> ProbeFault {
    ProbeFault(.error("a line has no return: only functions have", at: part.site))
  }

  /// A line that no code was made of.
  static func noCodeOfLine(_ part: Name, in file: String, of binary: TargetBinary) -> ProbeFault {
    ProbeFault(
      .error(
        "nothing in '\(binary.path)' was made of line \(part.text) of a file '\(file)', nor of one behind it",
        at: part.site),
      isMissing: true)
  }

  /// A line of a program without debug information.
  static func noDebugInformation(of binary: TargetBinary, at part: Name) -> ProbeFault {
    ProbeFault(
      .error(
        "there is no debug information of '\(binary.path)', which tells where lines of the source are",
        at: part.site,
        hint: "compile it with '-g', or tell with '--debuginfo DIR' where files with debug information are"))
  }

  /// The arguments of the function at `point`, in `binary`, are not known.
  static func noSignature(
    of point: AttachPoint, in binary: TargetBinary, on kernel: any KernelView
  ) -> ProbeFault {
    let reason =
      kernel.binaries.hasDebugInformation(of: binary)
      ? "the debug information of '\(binary.path)' does not describe '\(point.function)'"
      : "there is no debug information of '\(binary.path)'"
    return ProbeFault(
      .error(
        "'args' has no meaning here, since \(reason)", at: point.site,
        hint: "'arg0', 'arg1' … need none; '--debuginfo DIR' tells where files with debug information are"))
  }

}
