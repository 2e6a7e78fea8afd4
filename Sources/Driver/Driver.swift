/// The pipeline from a command line to an exit status.
public enum Driver {

  /// The version of apus.
  public static let version = "0.1.0"

  /// Does what `arguments`, those of the process without its name, ask for and returns the exit status.
  public static func run(_ arguments: [String]) -> Int32 {
    do throws(UsageFault) {
      return run(try Options(parsing: arguments))
    } catch {
      Console.report(error.message)
      return 1
    }
  }

  /// Does what `options` ask for and returns the exit status.
  static func run(_ options: Options) -> Int32 {
    switch options.task {
    case .showHelp: Console.show(OptionHelp.text)
    case .showVersion: Console.show("apus \(version)\n")
    default: Console.report("tracing is not supported by this version")
    }
    return 0
  }

}
