import CBPF
import Glibc

/// A folder of a BPF file system, where maps are pinned: they stay in the kernel as long as their files do.
public struct PinFolder: Sendable {

  /// The path.
  public let path: String

  /// Creates an instance with the given property.
  public init(_ path: String) { self.path = path }

  /// Returns the path of the file `name` in the folder.
  public func path(of name: String) -> String { path.hasSuffix("/") ? path + name : "\(path)/\(name)" }

  /// Throws iff maps cannot be pinned as files called `names`; the folder need not be there.
  public func check(for names: [String]) throws(PinFault) {
    var existing = path
    while access(existing, F_OK) != 0, let parent = parent(of: existing) { existing = parent }
    guard FileSystemKind(at: existing) == .bpf else { throw .inNoFileSystem(folder: path) }
    for name in names where access(path(of: name), F_OK) == 0 { throw .isThere(path: path(of: name)) }
  }

  /// Pins `maps` by the given names, after making the folder unless it is there; pins none if one cannot be.
  public func pin(_ maps: [(name: String, map: MapHandle)]) throws(PinFault) {
    try check(for: maps.map(\.name))
    var made: [String] = []
    var pinned: [String] = []
    do throws(PinFault) {
      try makeFolder(path, &made)
      for (name, map) in maps {
        let file = path(of: name)
        let result = bpf_obj_pin(map.descriptor, file)
        if result == -EEXIST { throw PinFault.isThere(path: file) }
        if result < 0 {
          throw PinFault.refused(path: file, SystemError(call: "bpf_obj_pin", number: -result))
        }
        pinned.append(file)
      }
    } catch {
      for file in pinned { unlink(file) }
      for folder in made.reversed() { rmdir(folder) }
      throw error
    }
  }

  /// Makes `folder`, and those that it is in, unless they are there, and adds those to `made`.
  private func makeFolder(_ folder: String, _ made: inout [String]) throws(PinFault) {
    if access(folder, F_OK) == 0 { return }
    if let parent = parent(of: folder) { try makeFolder(parent, &made) }
    if mkdir(folder, 0o700) == 0 {
      made.append(folder)
    } else if errno != EEXIST {
      throw .refused(path: folder, SystemError(call: "mkdir", number: errno))
    }
  }

  /// Returns the folder that `path` is in, nil if that is no other one.
  private func parent(of path: String) -> String? {
    var rest = path[...]
    while rest.count > 1 && rest.hasSuffix("/") { rest.removeLast() }
    guard let slash = rest.lastIndex(of: "/") else { return rest == "." ? nil : "." }
    let parent = slash == rest.startIndex ? "/" : String(rest[..<slash])
    return parent == path ? nil : parent
  }

}

/// Why maps cannot be pinned.
public enum PinFault: Error, Hashable, Sendable {

  /// The folder is, or would be, in no BPF file system.
  case inNoFileSystem(folder: String)

  /// There is something where a map would be pinned.
  case isThere(path: String)

  /// The kernel refused a file or a folder.
  case refused(path: String, SystemError)

}
