import Glibc
import Serialization

/// Everything about the process and the machine that what a script is compiled to may depend on, whatever the script is.
public struct Surroundings: Codable, Sendable {

  /// The executable that compiles.
  let buildID: [UInt8]

  /// The kernel, since its last start.
  let boot: [UInt8]

  /// The namespaces that decide what paths and numbers of processes mean.
  let namespaces: [String]

  /// The user, and what the process may do.
  let user: UInt32, capabilities: [UInt8]

  /// What paths that do not begin with a slash are relative to.
  let folder: String

  /// Finds out the surroundings of the process; nil if that is not possible.
  public init?() {
    guard let start = ProcessStart(), !start.isPrivileged, let buildID = start.buildID,
      let boot = SmallFile.contents(of: "/proc/sys/kernel/random/boot_id"), !boot.isEmpty,
      let capabilities = Surroundings.capabilities
    else { return nil }
    var folder = [CChar](repeating: 0, count: Int(PATH_MAX))
    guard getcwd(&folder, folder.count) != nil else { return nil }
    var namespaces: [String] = []
    for name in ["mnt", "pid", "cgroup"] {
      var status = stat()
      guard stat("/proc/self/ns/\(name)", &status) == 0 else { return nil }
      namespaces.append("\(status.st_dev):\(status.st_ino)")
    }
    self.buildID = buildID
    self.boot = boot
    self.namespaces = namespaces
    self.user = geteuid()
    self.capabilities = capabilities
    self.folder = String(decoding: folder.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
  }

  /// The capabilities of the process, nil if they cannot be found out.
  private static var capabilities: [UInt8]? {
    guard let text = SmallFile.contents(of: "/proc/self/status") else { return nil }
    return text.split(separator: UInt8(ascii: "\n")).first { $0.starts(with: "CapEff:".utf8) }.map(Array.init)
  }

}
