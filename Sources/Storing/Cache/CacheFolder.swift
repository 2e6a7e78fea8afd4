import Glibc

/// The directory of the entries of the cache.
///
/// What is in it is loaded into the kernel as it is. So it is used only if nobody else could have put it there: it and what it
/// is in belong to the user the process runs as, or to root, and nobody else may write there. Whoever runs apus as root with
/// the environment of somebody else gets no cache rather than that of somebody else.
struct CacheFolder: ~Copyable {

  /// The open directory.
  private let directory: Int32

  /// The greatest number of entries.
  static let maximumCount = 256

  /// The greatest size of all entries together, in bytes.
  static let maximumSize: Int64 = 64 << 20

  /// The greatest size of an entry, in bytes.
  static let maximumEntrySize = 16 << 20

  /// Opens the directory, nil if there is none that can be used; makes it if `isWanted`.
  init?(isWanted: Bool) {
    guard let base = CacheFolder.base,
      let parent = CacheFolder.open(base.path, below: AT_FDCWD, base.names.isEmpty)
    else { return nil }
    var current = parent
    for name in base.names {
      if isWanted { mkdirat(current, name, 0o700) }
      let next = CacheFolder.open(name, below: current, name == base.names.last)
      close(current)
      guard let next else { return nil }
      current = next
    }
    directory = current
  }

  /// Creates an instance of the directory at `path`, which must be there; nil if it cannot be used.
  init?(at path: String) {
    guard let directory = CacheFolder.open(path, below: AT_FDCWD, true) else { return nil }
    self.directory = directory
  }

  deinit { close(directory) }

  /// The directory that is there already, and the names of those in it that are made; nil if the user has none.
  private static var base: (path: String, names: [String])? {
    if let path = getenv("XDG_CACHE_HOME").map({ String(cString: $0) }), path.hasPrefix("/") {
      return (path, ["apus", "scripts"])
    }
    guard let home = getenv("HOME").map({ String(cString: $0) }), home.hasPrefix("/") else { return nil }
    return (home, [".cache", "apus", "scripts"])
  }

  /// Opens the directory `name`, if it is one that nobody but the user or root can write to; one that is the user's own if
  /// `isOwn`.
  private static func open(_ name: String, below parent: Int32, _ isOwn: Bool) -> Int32? {
    let flags = O_RDONLY | O_DIRECTORY | O_CLOEXEC | (parent == AT_FDCWD ? 0 : O_NOFOLLOW)
    let directory = openat(parent, name, flags)
    if directory < 0 { return nil }
    var status = stat()
    guard fstat(directory, &status) == 0, status.st_uid == geteuid() || !isOwn && status.st_uid == 0,
      status.st_mode & (S_IWGRP | S_IWOTH) == 0
    else {
      close(directory)
      return nil
    }
    return directory
  }

  /// Returns what is in the entry `name`; nil if there is none, or somebody else could have written it.
  func contents(of name: String) -> [UInt8]? {
    let file = openat(directory, name, O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK)
    if file < 0 { return nil }
    defer { close(file) }
    var status = stat()
    guard fstat(file, &status) == 0, status.st_mode & S_IFMT == S_IFREG, status.st_uid == geteuid(),
      status.st_mode & (S_IWGRP | S_IWOTH) == 0,
      (0...CacheFolder.maximumEntrySize).contains(Int(status.st_size))
    else { return nil }
    // What was used last is kept longest.
    futimens(file, nil)
    return SmallFile.contents(of: file, expecting: Int(status.st_size) + 1)
  }

  /// Writes the entry `name` anew, all of it or nothing.
  func write(_ contents: [UInt8], as name: String) {
    if contents.count > CacheFolder.maximumEntrySize { return }
    let temporary = "\(CacheFolder.temporaryPrefix)\(getpid())"
    unlinkat(directory, temporary, 0)
    let file = openat(directory, temporary, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0o600)
    if file < 0 { return }
    let isWhole = contents.withUnsafeBytes { bytes in
      var rest = bytes
      while !rest.isEmpty {
        let count = Glibc.write(file, rest.baseAddress, rest.count)
        if count < 0 && errno == EINTR { continue }
        if count <= 0 { return false }
        rest = UnsafeRawBufferPointer(rebasing: rest[count...])
      }
      return true
    }
    close(file)
    guard isWhole, renameat(directory, temporary, directory, name) == 0 else {
      unlinkat(directory, temporary, 0)
      return
    }
    removeOldest()
  }

  /// Removes the entry `name`.
  func remove(_ name: String) { unlinkat(directory, name, 0) }

  /// What the names of files that are being written begin with.
  private static let temporaryPrefix = ".new-"

  /// Removes entries that were not used for longest until the others are within bounds, and what processes left that were
  /// killed while they wrote.
  private func removeOldest() {
    let listed = openat(directory, ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC)
    guard listed >= 0, let stream = fdopendir(listed) else { return }
    defer { closedir(stream) }
    var entries: [(name: String, used: Int, size: Int64)] = []
    while let entry = readdir(stream) {
      let name = withUnsafeBytes(of: &entry.pointee.d_name) { bytes in
        String(decoding: bytes.prefix { $0 != 0 }, as: UTF8.self)
      }
      var status = stat()
      guard fstatat(directory, name, &status, AT_SYMLINK_NOFOLLOW) == 0, status.st_mode & S_IFMT == S_IFREG
      else {
        continue
      }
      if name.hasPrefix(CacheFolder.temporaryPrefix), time(nil) - status.st_mtim.tv_sec < 60 { continue }
      let used =
        name.hasPrefix(CacheFolder.temporaryPrefix)
        ? 0 : status.st_mtim.tv_sec * 1_000_000_000 + status.st_mtim.tv_nsec
      entries.append((name, used, Int64(status.st_size)))
    }
    entries.sort { $0.used > $1.used }
    var total: Int64 = 0
    for (index, entry) in entries.enumerated() {
      total += entry.size
      if entry.used == 0 || index >= CacheFolder.maximumCount || total > CacheFolder.maximumSize {
        unlinkat(directory, entry.name, 0)
      }
    }
  }

}
