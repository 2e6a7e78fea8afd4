import Diagnostics
import Glibc
import StandardScripts

extension SourceFile {

  /// The greatest number of bytes of a script.
  private static let maximumSize = 16 << 20

  /// Reads the script from `origin`.
  convenience init(reading origin: Options.ScriptOrigin) throws(Stop) {
    switch origin {
    case .argument(let text):
      self.init(name: "stdin", text: text)
    case .standardInput:
      self.init(name: "stdin", text: try SourceFile.contents(of: STDIN_FILENO, named: "standard input"))
    case .tool(let name):
      guard let tool = Tool.named(name) else { preconditionFailure("names of tools are looked up first") }
      self.init(
        name: name,
        text: Array(UnsafeBufferPointer(start: tool.text.utf8Start, count: tool.text.utf8CodeUnitCount)))
    case .file(let path):
      let descriptor = open(path, O_RDONLY | O_CLOEXEC)
      if descriptor < 0 {
        if errno == ENOENT, !path.contains("/") { throw SourceFile.missing(path) }
        throw SourceFile.unreadable("'\(path)'", errno)
      }
      defer { close(descriptor) }
      self.init(name: path, text: try SourceFile.contents(of: descriptor, named: "'\(path)'"))
    }
  }

  /// Returns everything that can be read from `descriptor`, which messages call `name`.
  private static func contents(of descriptor: Int32, named name: String) throws(Stop) -> [UInt8] {
    var result: [UInt8] = []
    var chunk = [UInt8](repeating: 0, count: 1 << 16)
    while true {
      let count = read(descriptor, &chunk, chunk.count)
      if count < 0 && errno == EINTR { continue }
      if count < 0 { throw unreadable(name, errno) }
      if count == 0 { return result }
      result += chunk[..<count]
      if result.count > maximumSize {
        throw Stop("\(name) is no script: it has more than \(maximumSize >> 20) MiB")
      }
    }
  }

  /// Returns the fault of a word that is neither a file nor a tool.
  private static func missing(_ name: String) -> Stop {
    let near = suggestion(for: name, among: Tool.all.map(\.name) + ["tools"])
    return Stop(near.isEmpty ? "there is no file '\(name)'" : "there is no file or tool '\(name)'\(near)")
  }

  /// Returns the fault of a script called `name` that cannot be read because of `number`.
  private static func unreadable(_ name: String, _ number: Int32) -> Stop {
    switch number {
    case ENOENT: Stop("there is no file \(name)")
    case EISDIR: Stop("\(name) is a directory, not a script")
    case EACCES: Stop("\(name) cannot be read: its permissions forbid that")
    default: Stop("\(name) cannot be read: \(String(cString: strerror(number)))")
    }
  }

}
