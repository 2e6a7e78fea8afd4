import Glibc

/// The systemd of the machine, which is told what to do by systemctl(1).
struct SystemManager {

  /// Creates an instance; throws iff the machine was not started by systemd.
  init() throws(Stop) {
    // That is what sd_booted(3) asks.
    var status = stat()
    guard lstat("/run/systemd/system", &status) == 0, status.st_mode & S_IFMT == S_IFDIR else {
      throw Stop(
        "systemd does not run here", hint: "'apus service show' prints the unit for a machine where it does")
    }
  }

  /// Runs systemctl with `words`, which says what is wrong by itself; throws iff it fails.
  func run(_ words: String...) throws(Stop) {
    let status = spawn(words, isSilent: false)
    if status == 0 { return }
    throw Stop("'systemctl \(words.joined(separator: " "))' failed")
  }

  /// Lets systemd forget how the unit `name` ended.
  func forget(_ name: String) { _ = spawn(["reset-failed", name], isSilent: true) }

  /// Runs systemctl with `words` and returns its exit status, or −1; what it prints is dropped iff `isSilent`.
  private func spawn(_ words: [String], isSilent: Bool) -> Int32 {
    var actions = posix_spawn_file_actions_t()
    posix_spawn_file_actions_init(&actions)
    defer { posix_spawn_file_actions_destroy(&actions) }
    if isSilent { posix_spawn_file_actions_addopen(&actions, STDERR_FILENO, "/dev/null", O_WRONLY, 0) }
    let arguments = (["systemctl"] + words).map { strdup($0) }
    defer { arguments.forEach { free($0) } }
    var process: pid_t = 0
    let failure = posix_spawnp(&process, "systemctl", &actions, nil, arguments + [nil], environ)
    guard failure == 0 else { return -1 }
    var status: Int32 = 0
    while waitpid(process, &status, 0) < 0 { if errno != EINTR { return -1 } }
    return status & 0x7f == 0 ? status >> 8 & 0xff : -1
  }

}
