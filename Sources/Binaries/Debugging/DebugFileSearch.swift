/// Finds the files with what was stripped of programs and libraries, as debuggers do ("Separate Debug Files" in GDB's manual).
public struct DebugFileSearch: Sendable {

  /// The folders with such files.
  private let folders: [String]

  /// Creates an instance that looks into `folder`, if that is not nil, before the system's.
  public init(lookingInto folder: String?) { folders = (folder.map { [$0] } ?? []) + ["/usr/lib/debug"] }

  /// Returns the file with what was stripped of `binary`, whose path is `path` in the mount namespaces that the folders `roots`
  /// show; nil if there is none.
  public func debugFile(of binary: BinaryFile, at path: String, in roots: [String]) -> BinaryFile? {
    for root in roots {
      if let found = byBuildID(of: binary, in: root) ?? byLink(of: binary, at: path, in: root) {
        return found
      }
    }
    return nil
  }

  /// Returns the paths of all files that are looked at for what was stripped of `binary`, as for `debugFile`.
  public func candidates(for binary: BinaryFile, at path: String, in roots: [String]) -> [String] {
    roots.flatMap { root in
      (placesByBuildID(of: binary) + placesByLink(of: binary, at: path)).map { root + $0 }
    }
  }

  /// Returns the debug file that the number of the build leads to.
  private func byBuildID(of binary: BinaryFile, in root: String) -> BinaryFile? {
    for place in placesByBuildID(of: binary) {
      guard let file = try? BinaryFile(root + place), file.buildID == binary.buildID else { continue }
      return file
    }
    return nil
  }

  /// Returns where the number of the build leads to.
  private func placesByBuildID(of binary: BinaryFile) -> [String] {
    guard let number = binary.buildID, number.count > 1 else { return [] }
    let name = number.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }
    return folders.map { "\($0)/.build-id/\(name[0])/\(name.dropFirst().joined()).debug" }
  }

  /// Returns the debug file that `binary` names.
  private func byLink(of binary: BinaryFile, at path: String, in root: String) -> BinaryFile? {
    for place in placesByLink(of: binary, at: path) {
      guard let file = try? BinaryFile(root + place), file.identity != binary.identity,
        file.checksum() == binary.debugLink?.checksum
      else { continue }
      return file
    }
    return nil
  }

  /// Returns where the file may be that `binary` names.
  private func placesByLink(of binary: BinaryFile, at path: String) -> [String] {
    guard let name = binary.debugLink?.name, !name.contains("/"), path.hasPrefix("/") else { return [] }
    let folder = path.prefix(through: path.lastIndex(of: "/") ?? path.startIndex)
    return (["\(folder)", "\(folder).debug/"] + folders.map { "\($0)\(folder)" }).map { $0 + name }
  }

}
