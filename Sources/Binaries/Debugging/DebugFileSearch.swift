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

  /// Returns the debug file that the number of the build leads to.
  private func byBuildID(of binary: BinaryFile, in root: String) -> BinaryFile? {
    guard let number = binary.buildID, number.count > 1 else { return nil }
    let name = number.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }
    let path = "/.build-id/\(name[0])/\(name.dropFirst().joined()).debug"
    for folder in folders {
      guard let file = try? BinaryFile(root + folder + path), file.buildID == number else { continue }
      return file
    }
    return nil
  }

  /// Returns the debug file that `binary` names.
  private func byLink(of binary: BinaryFile, at path: String, in root: String) -> BinaryFile? {
    guard let (name, checksum) = binary.debugLink, !name.contains("/"), path.hasPrefix("/") else {
      return nil
    }
    let folder = path.prefix(through: path.lastIndex(of: "/") ?? path.startIndex)
    for place in ["\(folder)", "\(folder).debug/"] + folders.map({ "\($0)\(folder)" }) {
      guard let file = try? BinaryFile(root + place + name), file.identity != binary.identity,
        file.checksum() == checksum
      else { continue }
      return file
    }
    return nil
  }

}
