/// The load of the machine.
enum LoadAverage {

  /// The file that tells it (`man 5 proc_loadavg`).
  private static let path = "/proc/loadavg"

  /// Returns what the kernel says of it now, one line without its end; empty if it says nothing.
  static func text() -> [UInt8] {
    guard case .success(let contents) = FileContents.read(path, atMost: 256) else { return [] }
    return Array(contents.prefix { $0 != UInt8(ascii: "\n") })
  }

}
