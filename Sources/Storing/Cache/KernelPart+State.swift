import Glibc

extension KernelPart {

  /// The state, which is the same iff nothing has changed; nil if that cannot be told.
  var state: [UInt8]? {
    switch self {
    case .modules: KernelPart.loadedModules
    case .tracepoints: KernelPart.ownTracepoints
    case .functions:
      KernelPart.tracefs.flatMap { folder in
        let list = "\(folder)/available_filter_functions"
        return KernelPart.canRead(list) ? Array(list.utf8) : nil
      }
    case .lockdown: SmallFile.contents(of: "/sys/kernel/security/lockdown") ?? []
    }
  }

  /// The modules by name, size and address, with the numbers of their directories in sysfs, which are new whenever a module is
  /// loaded (`fs/kernfs/dir.c`: they go round).
  private static var loadedModules: [UInt8]? {
    guard let text = SmallFile.contents(of: "/proc/modules") else {
      // A kernel without modules has no such file.
      return errno == ENOENT ? [] : nil
    }
    var result: [UInt8] = []
    for line in text.split(separator: UInt8(ascii: "\n")) {
      // The name, the size, how many use it and who, the state, the address; see proc(5).
      let fields = line.split(separator: UInt8(ascii: " "))
      guard fields.count >= 6 else { return nil }
      var status = stat()
      guard stat("/sys/module/" + String(decoding: fields[0], as: UTF8.self), &status) == 0 else {
        return nil
      }
      result += fields[0] + [UInt8(ascii: " ")] + fields[1] + [UInt8(ascii: " ")] + fields[5]
      result += " \(status.st_ino)\n".utf8
    }
    return result
  }

  /// The directory of tracepoints if those are there only that the kernel and its modules have.
  private static var ownTracepoints: [UInt8]? {
    guard let folder = tracefs else { return nil }
    let added = SmallFile.contents(of: "\(folder)/dynamic_events")
    guard added?.isEmpty ?? (errno == ENOENT) else { return nil }
    return Array(folder.utf8)
  }

  /// Where tracefs is mounted, nil if it is nowhere.
  private static var tracefs: String? {
    ["/sys/kernel/tracing", "/sys/kernel/debug/tracing"].first { canRead("\($0)/events") }
  }

  /// Returns `true` iff the process may read the file at `path`.
  private static func canRead(_ path: String) -> Bool { faccessat(AT_FDCWD, path, R_OK, AT_EACCESS) == 0 }

}
