/// What the C preprocessor is asked about the machine that a script is for, each only if a script asks for it.
public protocol PreprocessorFacts: AnyObject {

  /// The release of the kernel, as `uname -r` prints it.
  var kernelRelease: String { get }

  /// Returns the value of the option `name` (`CONFIG_IPV6`) that the kernel was built with as its configuration file has
  /// it: `y`, `m`, a number or a text in quotes; nil if the option is not set.
  func kernelOption(named name: String) -> String?

}
