import Diagnostics
import LinuxKernel

extension LiveKernel {

  /// Creates a view of the running kernel as `options` want it to be seen, or ends the run with what is wrong with them.
  convenience init(_ options: Options, tracing process: ViewedProcess? = nil) throws(Stop) {
    var functions: [UInt8]? = nil
    if let path = options.traceableFunctions { functions = try SourceFile(reading: .file(path)).text }
    self.init(
      hiding: options.hiddenFeatures, traceableFunctions: functions, tracing: process,
      debugFolder: options.debugFolder)
  }

}
