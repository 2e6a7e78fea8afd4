import Diagnostics
import Formatting
import Syntax

extension Driver {

  /// Prints the script in the standard format.
  static func format(_ options: Options) throws(Stop) {
    let source = try SourceFile(reading: options.script ?? .standardInput)
    var progress = Progress(options)
    let script = parse(source, for: .text, reportingTo: &progress.diagnostics)
    try progress.finish("parse")
    Console.show(Formatting.format(script))
  }

}
