import Foundation
import TestSupport

/// A program in C that prints the addresses of two of its functions, a private one first, and waits to be let go.
final class TestProgram {

  /// The folder with the program, removed in the end.
  let folder = makeResultDirectory()

  /// The path of the program.
  var path: String { folder.path + "/program" }

  /// The process that runs it.
  private let process = Process()

  /// What lets it go.
  private let input = Pipe()

  /// What it prints.
  private let output = Pipe()

  /// The text of the program.
  private static let text = """
    #include <stdio.h>
    __attribute__((noinline)) static int hidden(int x) { __asm__ volatile(""); return x + 1; }
    __attribute__((noinline)) int visible(int x) { __asm__ volatile(""); return hidden(x) * 2; }
    int main(void) {
      printf("%lx %lx\\n", (unsigned long)hidden, (unsigned long)visible + (visible(1) - 4));
      fflush(stdout);
      return getchar() == 'x';
    }
    """

  /// Compiles the program with the given flags and runs `commands` in the shell, which change it, in its folder.
  init(flags: [String] = [], commands: String = "") throws {
    try Self.text.write(toFile: folder.path + "/program.c", atomically: true, encoding: .utf8)
    try check("clang-19", "-O1", "-g", "-Wl,--build-id", "-o", path, folder.path + "/program.c", flags: flags)
    try check("sh", "-ec", "cd \(folder.path)\n\(commands)")
  }

  /// Ends the process and removes the folder.
  deinit {
    end()
    try? FileManager.default.removeItem(at: folder)
  }

  /// Starts the program, by `command` in the shell if that is not nil; returns the number of the process and what it prints.
  func start(by command: String? = nil) throws -> (process: Int32, hidden: UInt64, visible: UInt64) {
    process.executableURL = URL(fileURLWithPath: command == nil ? path : "/bin/sh")
    if let command { process.arguments = ["-ec", "cd \(folder.path)\n\(command)"] }
    process.standardInput = input
    process.standardOutput = output
    try process.run()
    let line = String(decoding: output.fileHandleForReading.availableData, as: UTF8.self)
    let numbers = line.split(whereSeparator: \.isWhitespace).compactMap { UInt64($0, radix: 16) }
    guard numbers.count == 2 else { throw Failure(text: "the program printed '\(line)'") }
    return (process.processIdentifier, numbers[0], numbers[1])
  }

  /// Lets the program end, and waits until it has.
  func end() {
    guard process.isRunning else { return }
    try? input.fileHandleForWriting.close()
    process.waitUntilExit()
  }

  /// Runs a program that must succeed.
  private func check(_ arguments: String..., flags: [String] = []) throws {
    let (status, _, errors) = try run("/usr/bin/env", arguments + flags)
    if status != 0 { throw Failure(text: errors) }
  }

  /// Something without which there is no test.
  struct Failure: Error {

    /// What happened.
    let text: String

  }

}
