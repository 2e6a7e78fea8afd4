import Glibc

/// The files in which processes tell the names of functions that they made, read again when they have changed.
struct PerfMapStore {

  /// What is known of the file of a process.
  private struct Entry {

    /// The path of the file.
    var path: String

    /// What tells the version of the file from others: its number, its size, and when it was written.
    var version: [Int]

    /// What the file says.
    var map: PerfMap

    /// When this was looked at, in seconds.
    var lookTime: Int

  }

  /// What is known, by the number of the process.
  private var entries: [Int32: Entry] = [:]

  /// The number of files that are remembered.
  private static let limit = 64

  /// The greatest size of a file.
  private static let longest = 256 << 20

  /// Returns the function that `process` has made at `address`, where it begins, and the path of the file that tells so; nil if
  /// none does.
  mutating func function(
    at address: UInt64, in process: Int32
  ) -> (name: [UInt8], start: UInt64, path: String)? {
    if let entry = entries[process], let (name, start) = entry.map.function(at: address) {
      return (name, start, entry.path)
    }
    guard reload(process), let entry = entries[process], let (name, start) = entry.map.function(at: address)
    else { return nil }
    return (name, start, entry.path)
  }

  /// Reads the file of `process`; returns `true` iff it says something new.
  private mutating func reload(_ process: Int32) -> Bool {
    let now = time(nil)
    // What cannot be read is not looked for at every address.
    if let entry = entries[process], entry.lookTime == now { return false }
    let own = Self.ownNumber(of: process) ?? process
    for path in ["/proc/\(process)/root/tmp/perf-\(own).map", "/tmp/perf-\(process).map"] {
      let file = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
      if file < 0 { continue }
      defer { close(file) }
      var status = stat()
      guard fstat(file, &status) == 0, status.st_mode & S_IFMT == S_IFREG else { continue }
      let version = [
        Int(status.st_ino), Int(status.st_size), Int(status.st_mtim.tv_sec), Int(status.st_mtim.tv_nsec),
      ]
      if entries[process]?.version == version {
        entries[process]?.lookTime = now
        return false
      }
      guard let text = FileContents.read(file, limit: Self.longest) else { continue }
      if entries.count >= Self.limit { entries = [:] }
      entries[process] = Entry(path: path, version: version, map: PerfMap(text), lookTime: now)
      return true
    }
    if entries[process] == nil {
      if entries.count >= Self.limit { entries = [:] }
      entries[process] = Entry(path: "", version: [], map: PerfMap([]), lookTime: now)
    }
    return false
  }

  /// Returns the number that `process` has in its own PID namespace, nil if it has ended.
  private static func ownNumber(of process: Int32) -> Int32? {
    guard let text = FileContents.read("/proc/\(process)/status", limit: 1 << 20) else { return nil }
    for line in text.split(separator: UInt8(ascii: "\n")) where line.starts(with: "NSpid:".utf8) {
      return line.split(separator: UInt8(ascii: "\t")).last.flatMap {
        Int32(String(decoding: $0, as: UTF8.self))
      }
    }
    return nil
  }

}
