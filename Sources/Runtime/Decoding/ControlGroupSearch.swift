import Glibc

/// Finds control groups by looking through all of them.
final class ControlGroupSearch {

  /// Where control groups may be mounted.
  private let roots: [String]

  /// The paths of groups by number, as far as they were found.
  private var known: [UInt64: String] = [:]

  /// The number of groups, those that are gone included, that are remembered from one search to the next.
  private static let limit = 1 << 16

  /// When all were looked through last, in seconds.
  private var lastSearch: Int?

  /// Creates an instance that looks below `roots`.
  init(in roots: [String]) { self.roots = roots }

  /// Returns the path of the control group with the given number by looking through all, which is done once a second at most.
  func path(ofGroup number: UInt64) -> String? {
    if let path = known[number] { return path }
    var now = timespec()
    clock_gettime(CLOCK_MONOTONIC_COARSE, &now)
    if let lastSearch, lastSearch == now.tv_sec { return nil }
    lastSearch = now.tv_sec
    if known.count >= Self.limit { known = [:] }
    for root in roots where isRoot(root) { search(root, below: "/", depth: 0) }
    return known[number]
  }

  /// Returns `true` iff control groups of the second version are mounted at `path`.
  private func isRoot(_ path: String) -> Bool {
    faccessat(AT_FDCWD, "\(path)/cgroup.controllers", F_OK, AT_EACCESS) == 0
  }

  /// Notes the group at `path` in the hierarchy that is mounted at `root`, and those below it.
  ///
  /// A group's number is that of the directory's inode (`fs/kernfs/dir.c`).
  private func search(_ root: String, below path: String, depth: Int) {
    let directory = path == "/" ? root : root + path
    var status = stat()
    guard depth < 64, stat(directory, &status) == 0 else { return }
    known[UInt64(status.st_ino)] = path
    guard let stream = opendir(directory) else { return }
    defer { closedir(stream) }
    while let entry = readdir(stream) {
      guard entry.pointee.d_type == UInt8(DT_DIR) else { continue }
      let name = withUnsafeBytes(of: &entry.pointee.d_name) { bytes in
        String(decoding: bytes.prefix { $0 != 0 }, as: UTF8.self)
      }
      if name == "." || name == ".." { continue }
      search(root, below: path == "/" ? "/\(name)" : "\(path)/\(name)", depth: depth + 1)
    }
  }

}
