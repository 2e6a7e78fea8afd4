import BPF
import CLinux
import Glibc

/// Commands that scripts run.
enum ShellCommand {

  /// Runs `command` by the shell, waits for its end, and returns what it wrote to its standard output.
  static func output(of command: [UInt8]) -> Result<[UInt8], SystemError> {
    var output: Int32 = -1
    let process = (command + [0]).withUnsafeBytes {
      clinux_start_shell($0.baseAddress?.assumingMemoryBound(to: CChar.self), &output)
    }
    guard process > 0 else { return .failure(SystemError(call: "fork", number: -process)) }
    let result = FileContents.read(output)
    close(output)
    var status: Int32 = 0
    while waitpid(process, &status, 0) < 0 && errno == EINTR {}
    return result
  }

}
