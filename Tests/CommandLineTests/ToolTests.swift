import Foundation
import StandardScripts
import TestSupport
import Testing

/// What users see of the tools before they trace.
@Suite struct ToolTests {

  /// The root of the package.
  private static let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
    .deletingLastPathComponent()
    .deletingLastPathComponent()

  /// The names of the tools.
  static let names = Tool.all.map(\.name)

  @Test func list() throws {
    let result = try run(executable, ["tools"])
    let lines = result.output.split(separator: "\n").map(String.init)
    #expect(result.status == 0 && lines.map { String($0.prefix { $0 != " " }) } == Self.names)
    #expect(Self.names == Self.names.sorted() && Self.names.contains("opensnoop"))
    #expect(Self.names.allSatisfy { $0.contains(/^[a-z][a-z0-9-]*$/) } && !Self.names.contains("tools"))
    #expect(lines.allSatisfy { $0.contains(#/ {2}[a-z].*[^.]$/#) }, "\(lines)")
  }

  @Test(arguments: names)
  func help(name: String) throws {
    let result = try run(executable, [name, "--help"])
    #expect(result.status == 0 && result.errors.isEmpty)
    #expect(try run(executable, [name, "--", "-h"]).output == result.output)
    #expect(
      result.output.hasPrefix("\(name): ") && result.output.contains("\nusage: apus \(name) [OPTION]..."))
    for section in ["options", "examples"] {
      #expect(result.output.contains("\n\(section):\n  "), "\(section)")
    }
    for line in result.output.split(separator: "\n") where !line.hasPrefix("  apus ") {
      #expect(line.count <= 80, "\(line)")
      // An option without an explanation would stand alone.
      #expect(!line.contains(/^ +(-\w, )?--[-\w]+(=\w+)?( \(default: .*\))?$/), "\(line)")
    }
  }

  @Test(arguments: names)
  func script(name: String) throws {
    let file = Self.root.appending(path: "stdlib-scripts/tools/\(name).bt")
    #expect(
      try run(executable, ["tools", "--show", name]).output == String(contentsOf: file, encoding: .utf8))
  }

  /// Each is run by some test.
  @Test(arguments: names)
  func hasCase(name: String) throws {
    let folder = Self.root.appending(path: "Tests/EndToEndTests/Cases").path
    let cases = try FileManager.default.contentsOfDirectory(atPath: folder)
    #expect(
      cases.contains { $0 == "tool-\(name).bt" || $0.hasPrefix("tool-\(name)-") && $0.hasSuffix(".bt") })
  }

  /// The tools that have no man page of a program, and that of apus.
  @Test(arguments: names + ["apus"])
  func manPage(name: String) throws {
    let page = try run(executable, ["tools", "--man", name]).output
    for section in ["NAME", "SYNOPSIS", "DESCRIPTION", "OPTIONS", "EXAMPLES"] {
      #expect(page.contains("\n.SH \(section)\n"), "\(section)")
    }
    #expect(page.utf8.allSatisfy { $0 == 10 || $0 >= 32 && $0 < 127 })
    for line in page.split(separator: "\n") where line.hasPrefix(".") {
      #expect(line.contains(/^\.(TH|SH|PP|TP|RS|RE|nf|fi|br|BR)\b/), "\(line)")
    }
    // Formatting is checked where what formats is installed.
    let formatter = "/usr/bin/groff"
    guard FileManager.default.isExecutableFile(atPath: formatter) else { return }
    let file = FileManager.default.temporaryDirectory.appending(path: "apus-\(UUID().uuidString).8")
    defer { try? FileManager.default.removeItem(at: file) }
    try page.write(to: file, atomically: true, encoding: .utf8)
    // Only long words make lines that cannot be filled evenly, which is no mistake.
    let result = try run(formatter, ["-man", "-ww", "-Wbreak", "-Tascii", file.path])
    #expect(result.status == 0 && result.errors.isEmpty && result.output.count > 500, "\(result.errors)")
  }

  @Test func manPagesAreWritten() throws {
    let folder = FileManager.default.temporaryDirectory.appending(path: "apus-\(UUID().uuidString)")
    defer { try? FileManager.default.removeItem(at: folder) }
    let result = try run(
      "/usr/bin/make", ["-s", "-C", Self.root.path, "man", "APUS=\(executable)", "MAN=\(folder.path)"])
    #expect(result.status == 0, "\(result)")
    let pages = try FileManager.default.contentsOfDirectory(atPath: folder.appending(path: "man8").path)
    #expect(Set(pages) == Set(["apus.8"] + Self.names.map { "apus-\($0).8" }))
  }

  /// Mistakes are said with how the tool is called; those in the script of a tool have their place in it.
  @Test(
    arguments: [
      (["kilsnoop"], "apus: there is no file or tool 'kilsnoop'; did you mean 'killsnoop'?\n"),
      (["tools", "--show", "x"], "apus: there is no tool 'x'; 'apus tools' lists them\n"),
      (
        ["killsnoop", "x"],
        "apus: 'x' is one parameter too many for killsnoop\nusage: apus killsnoop [OPTION]...\n"
      ),
      (
        ["killsnoop", "-s", "nine"],
        "apus: '-s' takes a number, not 'nine'\nusage: apus killsnoop [OPTION]...\n"
      ),
      (["-e", "BEGIN { }", "killsnoop", "--x"], nil),
    ] as [([String], String?)])
  func mistakes(arguments: [String], message: String?) throws {
    let result = try run(executable, arguments)
    #expect(result.status == 1 && result.output.isEmpty)
    if let message { #expect(result.errors == message) }
  }

  /// A tool is listed, planned and formatted as any script.
  @Test func stages() throws {
    #expect(
      try run(executable, ["-l", "killsnoop"]).output.contains("\ntracepoint:syscalls:sys_exit_kill\n"))
    #expect(try run(executable, ["killsnoop", "--dry-run", "-x"]).output.contains("sys_enter_tgkill\n"))
    #expect(
      try run(executable, ["--fmt", "killsnoop"]).output.hasPrefix("#!/usr/bin/env apus\n// killsnoop: "))
  }

}
