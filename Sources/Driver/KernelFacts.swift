import Kernel
import Syntax

/// What conditions of the preprocessor ask about a kernel.
final class KernelFacts: PreprocessorFacts {

  /// The kernel.
  private let kernel: any KernelView

  /// Creates an instance for `kernel`.
  init(of kernel: any KernelView) { self.kernel = kernel }

  /// The release of the kernel.
  var kernelRelease: String { kernel.release }

  /// Returns the value of the option `name` that the kernel was built with, nil if it is not set.
  func kernelOption(named name: String) -> String? { kernel.configuration(of: name) }

}
