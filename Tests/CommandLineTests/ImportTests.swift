import Foundation
import TestSupport
import Testing

/// Scripts in several files.
@Suite struct ImportTests {

  /// Calls `body` with a new folder that holds `files`, texts by name.
  private func withFiles(_ files: [String: String], _ body: (String) throws -> Void) throws {
    let folder = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString)
    defer { try? FileManager.default.removeItem(at: folder) }
    for (name, text) in files {
      let file = folder.appending(path: name)
      try FileManager.default.createDirectory(
        at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
      try text.write(to: file, atomically: true, encoding: .utf8)
    }
    try body(folder.path)
  }

  /// Files are found beside the file that imports them, wherever apus is started, and folders hold all their scripts.
  @Test func filesAndFolders() throws {
    let files = [
      "main.bt": "import \"lib\";\nimport \"lib/../more/c.bt\";\nBEGIN { print(one + two + three); exit(); }",
      "lib/a.bt": "macro one() { 1 }", "lib/b.bt": "import \"../more/c.bt\"; macro two() { 2 }",
      "lib/notes.txt": "none of our business", "more/c.bt": "import \"../main.bt\"; macro three() { 3 }",
    ]
    try withFiles(files) { folder in
      let result = try run(executable, ["-q", "\(folder)/main.bt"])
      #expect(result.output == "6\n\n" && result.status == 0, "\(result)")
    }
  }

  /// Texts that are no files import relative to the working directory, and absolute paths mean what they say.
  @Test func workingDirectory() throws {
    try withFiles(["a.bt": "macro one() { 1 }"]) { folder in
      let script = "import \"a.bt\"; BEGIN { print(one); exit(); }"
      for command in ["-e '\(script)'", "- <<'END'\n\(script)\nEND\n"] {
        let result = try run("/bin/sh", ["-c", "cd \(folder) && exec '\(executable)' -q \(command)"])
        #expect(result.output == "1\n\n", "\(result)")
      }
      let absolute = "import \"\(folder)/a.bt\"; BEGIN { print(one); exit(); }"
      #expect(try run(executable, ["-q", "-e", absolute]).output == "1\n\n")
    }
  }

  /// What cannot be imported is said at its place in the file that imports it.
  @Test func mistakes() throws {
    let files = [
      "main.bt": "import \"lib\";\nBEGIN { exit(); }", "lib/a.bt": "\nimport \"b.bt\";\nimport \"empty\";",
      "lib/empty/x": "", "text.bt": "import \"lib/empty/x\"; BEGIN { }",
    ]
    try withFiles(files) { folder in
      let result = try run(executable, ["\(folder)/main.bt"])
      #expect(result.status == 1)
      #expect(
        result.errors == """
          \(folder)/lib/a.bt:2:8-13: ERROR: there is no file '\(folder)/lib/b.bt'
          import "b.bt";
                 ~~~~~~
          HINT: imports are relative to '\(folder)/lib/'
          \(folder)/lib/a.bt:3:8-14: ERROR: the folder '\(folder)/lib/empty' has no '.bt', '.h' or '.bpf.c' files
          import "empty";
                 ~~~~~~~

          """)
      let text = try run(executable, ["\(folder)/text.bt"])
      #expect(text.errors.contains("ERROR: 'lib/empty/x' cannot be imported"))
    }
  }

}
