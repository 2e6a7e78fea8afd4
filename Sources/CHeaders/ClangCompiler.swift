internal import CClang
import Glibc

/// Why functions in C cannot be compiled, as a plain sentence.
public struct CompilerFault: Error, Hashable, Sendable {

  /// The sentence, in lower case and without a full stop.
  public let message: String

  /// What to do about it, if that can be said.
  public let hint: String?

}

/// clang, run as a program: only the functions that scripts import need it.
enum ClangCompiler {

  /// Returns the bitcode of `text` for the BPF machine.
  static func compile(_ text: String, folders: [String]) throws(CompilerFault) -> [UInt8] {
    guard let path = path else {
      throw CompilerFault(
        message: "functions in C are compiled by clang, which is not installed",
        hint: "install clang-19, or do without the functions that are imported")
    }
    let input = cclang_memory_file()
    let output = cclang_memory_file()
    let messages = cclang_memory_file()
    defer { for file in [input, output, messages] where file >= 0 { close(file) } }
    guard input >= 0, output >= 0, messages >= 0, write(text, to: input) else {
      throw CompilerFault(message: "there is no memory for what clang reads and writes", hint: nil)
    }
    let arguments =
      [path, "-target", "bpf", "-O2", "-g", "-emit-llvm", "-Wno-unknown-attributes", "-x", "c", "-c"]
      + machine + (folders + HeaderSearch.systemFolders).flatMap { ["-I", $0] } + ["-o", "-", "-"]
    guard run(arguments, reading: input, writing: output, messages) == 0 else {
      let lines = contents(messages).split(separator: UInt8(ascii: "\n"))
      let first = lines.map { String(decoding: $0, as: UTF8.self) }.first { $0.contains("error:") }
      throw CompilerFault(message: "clang cannot compile the functions: \(first ?? "it failed")", hint: nil)
    }
    return contents(output)
  }

  #if arch(arm64)
    /// What tells headers of BPF programs, and those of the C library, which machine this is.
    private static let machine = ["-D__TARGET_ARCH_arm64", "-D__aarch64__"]
  #else
    /// What tells headers of BPF programs, and those of the C library, which machine this is.
    private static let machine = ["-D__TARGET_ARCH_x86", "-D__x86_64__"]
  #endif

  /// The compiler, of which the bitcode of version 19 is understood and that of older ones; nil if there is none.
  private static var path: String? {
    let versions = ["-19", "", "-18", "-17", "-16", "-15", "-14"]
    let search = getenv("PATH").map { String(cString: $0) } ?? "/usr/bin:/usr/local/bin"
    for version in versions {
      let places = search.split(separator: ":").map { "\($0)/clang\(version)" }
      for place in places + ["/usr/lib/llvm\(version)/bin/clang"] where access(place, X_OK) == 0 {
        return place
      }
    }
    return nil
  }

  /// Writes `text` to `file` and goes back to its start; returns `true` iff that succeeded.
  private static func write(_ text: String, to file: Int32) -> Bool {
    var text = text
    let isWritten = text.withUTF8 { Glibc.write(file, $0.baseAddress, $0.count) == $0.count }
    return isWritten && lseek(file, 0, SEEK_SET) == 0
  }

  /// Returns everything in `file`.
  private static func contents(_ file: Int32) -> [UInt8] {
    let count = lseek(file, 0, SEEK_END)
    guard count > 0, lseek(file, 0, SEEK_SET) == 0 else { return [] }
    var result = [UInt8](repeating: 0, count: count)
    let status = read(file, &result, count)
    return Array(result.prefix(max(0, status)))
  }

  /// Runs the program with `arguments`, the first of which is its path, and returns its exit status, nil if it could not be
  /// run.
  private static func run(
    _ arguments: [String], reading input: Int32, writing output: Int32, _ messages: Int32
  ) -> Int32? {
    var actions = posix_spawn_file_actions_t()
    posix_spawn_file_actions_init(&actions)
    defer { posix_spawn_file_actions_destroy(&actions) }
    for (file, target) in [(input, STDIN_FILENO), (output, STDOUT_FILENO), (messages, STDERR_FILENO)] {
      posix_spawn_file_actions_adddup2(&actions, file, target)
    }
    let words = arguments.map { strdup($0) }
    defer { for word in words { free(word) } }
    var process: pid_t = 0
    guard posix_spawn(&process, arguments[0], &actions, nil, words + [nil], environ) == 0 else { return nil }
    var status: Int32 = 0
    while waitpid(process, &status, 0) < 0 { if errno != EINTR { return nil } }
    return status & 0x7f == 0 ? (status >> 8) & 0xff : nil
  }

}
