// embed OUTPUT.swift FILE.bpf.c… FILE.bt…
//
// Compiles each file in C with clang to bitcode for the BPF machine, and writes a Swift file in which each is a string in
// base64: compilers take such a string as it is, but minutes for an array of as many numbers. clang must be of the same
// release as the LLVM library that reads the bitcode, so it is that of `$LLVM_PREFIX`. Scripts become strings as they are, with
// the names of the macros that they define; those in a folder `tools` are listed by themselves, with their names alone.

import Foundation

/// Prints `message` and ends the process.
func fail(_ message: String) -> Never {
  FileHandle.standardError.write(Data("embed: \(message)\n".utf8))
  exit(1)
}

/// Returns `file` as bitcode.
func compile(_ file: URL) throws -> Data {
  let prefix = ProcessInfo.processInfo.environment["LLVM_PREFIX"] ?? "/usr/lib/llvm-19"
  let clang = Process()
  clang.executableURL = URL(filePath: "\(prefix)/bin/clang")
  clang.arguments = [
    "-target", "bpfel", "-mcpu=v3", "-O2", "-Wall", "-Werror", "-nostdinc", "-fno-builtin",
    "-fno-unwind-tables", "-fno-asynchronous-unwind-tables", "-fno-ident", "-emit-llvm", "-c", file.path,
    "-o", "-",
  ]
  let output = Pipe()
  clang.standardOutput = output
  try clang.run()
  let bitcode = try output.fileHandleForReading.readToEnd() ?? Data()
  clang.waitUntilExit()
  guard clang.terminationStatus == 0 else { fail("clang refuses \(file.lastPathComponent)") }
  return bitcode
}

/// Returns the Swift code of the list of `scripts`.
func list(of scripts: [URL]) throws -> String {
  var text = "\n  /// The scripts: name, text, and names of macros.\n"
  text += "  static let scripts: [(name: String, text: StaticString, macros: [String])] = [\n"
  for script in scripts {
    let content = try String(contentsOf: script, encoding: .utf8)
    let macros = content.matches(of: /(?m)^macro ([A-Za-z0-9_]+)\(/).map { "\"\($0.1)\"" }
    text += "    (\n      \"\(script.lastPathComponent)\",\n      ###\"\"\"\n\(content)\n\"\"\"###,\n"
    text += "      [\(macros.joined(separator: ", "))]\n    ),\n"
  }
  return text + "  ]\n"
}

/// Returns the Swift code of the list of `tools`, scripts that are run by their names.
func list(ofTools tools: [URL]) throws -> String {
  var text =
    "\n  /// The tools: name and text.\n  static let tools: [(name: String, text: StaticString)] = [\n"
  for tool in tools {
    let content = try String(contentsOf: tool, encoding: .utf8)
    let name = tool.deletingPathExtension().lastPathComponent
    text += "    (\n      \"\(name)\",\n      ###\"\"\"\n\(content)\n\"\"\"###\n    ),\n"
  }
  return text + "  ]\n"
}

let arguments = CommandLine.arguments.dropFirst()
guard let output = arguments.first else { fail("usage: embed OUTPUT.swift FILE…") }
do {
  var text = "/// What is embedded: bitcode in base64, and scripts.\nenum EmbeddedFiles {\n"
  let files = arguments.dropFirst().map { URL(filePath: $0) }
  let scripts = files.filter { $0.pathExtension == "bt" }
  let tools = scripts.filter { $0.deletingLastPathComponent().lastPathComponent == "tools" }
  for file in files where file.pathExtension == "c" {
    let name = file.lastPathComponent.prefix { $0 != "." }
    text += "\n  /// `\(file.lastPathComponent)`.\n"
    text += "  static let \(name): StaticString = \"\(try compile(file).base64EncodedString())\"\n"
  }
  if !scripts.isEmpty { text += try list(of: scripts.filter { !tools.contains($0) }) }
  if !tools.isEmpty { text += try list(ofTools: tools) }
  text += "\n}\n"
  try text.write(toFile: output, atomically: true, encoding: .utf8)
} catch {
  fail("\(error)")
}
