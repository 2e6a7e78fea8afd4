import Glibc

/// The process that a script is narrowed to, as far as it decides what names of files mean.
public struct ViewedProcess: Hashable, Sendable {

  /// The number.
  public let identifier: Int32

  /// The path of the program that it is going to run; nil if it runs already.
  public let program: String?

  /// Creates an instance with the given properties.
  public init(identifier: Int32, program: String? = nil) {
    self.identifier = identifier
    self.program = program
  }

  /// The process whose root folder paths begin at: this one if its root is not ours, else nil.
  var root: Int32? {
    if program != nil { return nil }
    let isOurs =
      isSame("/proc/self/root/", "/proc/\(identifier)/root/")
      && isSame("/proc/self/ns/mnt", "/proc/\(identifier)/ns/mnt")
    return isOurs ? nil : identifier
  }

  /// The path of the program that it runs, in its own root; nil if the process has ended.
  var executable: String? {
    if let program { return program }
    var bytes = [UInt8](repeating: 0, count: Int(PATH_MAX))
    let link = "/proc/\(identifier)/exe"
    let count = bytes.withUnsafeMutableBytes { readlink(link, $0.baseAddress!, $0.count) }
    guard count > 0 else { return nil }
    return String(decoding: bytes[..<count], as: UTF8.self)
  }

  /// The paths of the files whose code it has in memory, in its own root, sorted; empty if it has not begun.
  var mappedFiles: [String] {
    guard program == nil, let text = try? readFile("/proc/\(identifier)/maps") else { return [] }
    var paths: Set<String> = []
    for line in text.split(separator: UInt8(ascii: "\n")) {
      // The address, what is allowed, the offset, the device, the inode and, behind spaces, the path; see proc(5).
      let fields = line.split(separator: UInt8(ascii: " "), maxSplits: 5)
      guard fields.count == 6, fields[1].dropFirst(2).first == UInt8(ascii: "x") else { continue }
      let path = String(decoding: fields[5].drop { $0 == UInt8(ascii: " ") }, as: UTF8.self)
      if path.hasPrefix("/"), !path.hasSuffix(" (deleted)") { paths.insert(path) }
    }
    return paths.sorted()
  }

  /// Returns `true` iff the files at both paths are there and the same.
  private func isSame(_ first: String, _ second: String) -> Bool {
    var (a, b) = (stat(), stat())
    return stat(first, &a) == 0 && stat(second, &b) == 0 && a.st_dev == b.st_dev && a.st_ino == b.st_ino
  }

}
