import Syntax

/// What the preprocessor knows about a machine of the imagination.
final class Facts: PreprocessorFacts {

  /// The release of the kernel.
  let kernelRelease = "6.12.43+deb13-amd64"

  /// Returns the value of an option of the kernel.
  func kernelOption(named name: String) -> String? {
    ["CONFIG_IPV6": "y", "CONFIG_NFSD": "m", "CONFIG_HZ": "250", "CONFIG_CC_VERSION_TEXT": "\"gcc\""][name]
  }

}
