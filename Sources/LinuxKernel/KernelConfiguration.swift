import Compression

/// The options that a kernel was built with.
struct KernelConfiguration {

  /// The text of the configuration file, empty if there is none.
  private let text: [UInt8]

  /// Reads the configuration of the running kernel, which is called `release`, from the first place that has it.
  ///
  /// The kernel itself tells it if it was built with CONFIG_IKCONFIG_PROC; distributions put it beside the kernel.
  init(ofKernel release: String) {
    let places = [
      "/proc/config.gz", "/boot/config-\(release)", "/lib/modules/\(release)/config",
      "/lib/modules/\(release)/build/.config", "/usr/lib/ostree-boot/config-\(release)",
    ]
    for place in places {
      if let text = Gzip.contents(of: place, limit: KernelConfiguration.sizeLimit) {
        self.text = text
        return
      }
    }
    text = []
  }

  /// Creates an instance from the text of a configuration file.
  init(text: [UInt8]) { self.text = text }

  /// Returns the value of the option `name` as the file has it, nil if it is not set.
  func value(of name: String) -> String? {
    let wanted = Array(name.utf8) + [UInt8(ascii: "=")]
    var start = text.startIndex
    while start < text.endIndex {
      let end = text[start...].firstIndex(of: UInt8(ascii: "\n")) ?? text.endIndex
      if text[start..<end].starts(with: wanted) {
        return String(decoding: text[(start + wanted.count)..<end], as: UTF8.self)
      }
      start = end + 1
    }
    return nil
  }

  /// The greatest number of bytes of a configuration file.
  private static let sizeLimit = 4 << 20

}
