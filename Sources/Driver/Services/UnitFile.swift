import Glibc
import Services
import Syntax

/// The file of a unit that apus makes.
struct UnitFile {

  /// The folder of units that the administrator of the machine makes, see systemd.unit(5).
  private static let folder = "/etc/systemd/system"

  /// The name of the unit.
  let name: String

  /// The path.
  var path: String { "\(Self.folder)/\(name)" }

  /// Creates an instance for the service called `name`.
  init(of name: String) { self.name = UnitName.unit(running: name) }

  /// Throws iff there is such a unit already that someone else made.
  func check() throws(Stop) {
    if access(path, F_OK) != 0 || isOurs { return }
    throw Stop(
      "there is a unit '\(path)' that apus did not make",
      hint: "call the service something else with '--name'")
  }

  /// Throws iff there is no such unit that apus made.
  func checkPresence() throws(Stop) {
    guard access(path, F_OK) == 0 else {
      throw Stop(
        "no service of apus is installed as '\(path)'",
        hint: #""systemctl list-unit-files 'apus-*'" lists them"#)
    }
    if !isOurs { throw Stop("apus did not make the unit '\(path)'", hint: "remove it yourself") }
  }

  /// Writes `text`, so that there is never half a file.
  func write(_ text: String) throws(Stop) {
    let temporary = "\(Self.folder)/.\(name).new"
    let file = open(temporary, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC | O_NOFOLLOW, 0o644)
    guard file >= 0 else { throw refusal("written") }
    var text = text
    let isWritten = text.withUTF8 { bytes in
      Glibc.write(file, bytes.baseAddress, bytes.count) == bytes.count && fsync(file) == 0
    }
    let number = errno
    close(file)
    guard isWritten, rename(temporary, path) == 0 else {
      if !isWritten { errno = number }
      let stop = refusal("written")
      unlink(temporary)
      throw stop
    }
  }

  /// Removes the file.
  func remove() throws(Stop) {
    if unlink(path) != 0 && errno != ENOENT { throw refusal("removed") }
  }

  /// `true` iff apus made the unit.
  private var isOurs: Bool {
    let file = open(path, O_RDONLY | O_CLOEXEC)
    guard file >= 0 else { return false }
    defer { close(file) }
    let mark = Array(ServiceUnit.mark.utf8)
    var start = [UInt8](repeating: 0, count: mark.count)
    return read(file, &start, start.count) == mark.count && start == mark
  }

  /// Returns the fault that the file cannot be `changed`, for the reason in `errno`.
  private func refusal(_ changed: String) -> Stop {
    let number = errno
    let reason = String(cString: strerror(number)).lowercased()
    return Stop(
      "'\(path)' cannot be \(changed): \(reason)",
      hint: number == EACCES ? "run the command with 'sudo'" : nil)
  }

}

extension String {

  /// The file at the path, or the first folder on the way there, that others than root can write to; nil if there is none.
  var placeForOthers: String? {
    var path = ""
    for part in split(separator: "/") {
      path += "/\(part)"
      var status = stat()
      guard stat(path, &status) == 0 else { continue }
      let isFolder = status.st_mode & S_IFMT == S_IFDIR
      // In folders like /tmp nobody can replace what is somebody else's.
      let isShared = status.st_mode & (S_IWGRP | S_IWOTH) != 0 && !(isFolder && status.st_mode & S_ISVTX != 0)
      if status.st_uid != 0 || isShared { return path }
    }
    return nil
  }

}
