// embed OUTPUT.swift FILE.bpf.c…
//
// Compiles each file with clang to bitcode for the BPF machine, and writes a Swift file in which each is a string in
// base64: compilers take such a string as it is, but minutes for an array of as many numbers. clang must be of the same
// release as the LLVM library that reads the bitcode, so it is that of `$LLVM_PREFIX`.

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

let arguments = CommandLine.arguments.dropFirst()
guard let output = arguments.first else { fail("usage: embed OUTPUT.swift FILE.bpf.c…") }
do {
  var text = "/// The bitcode of the files, in base64.\nenum EmbeddedFiles {\n"
  for path in arguments.dropFirst() {
    let file = URL(filePath: path)
    let name = file.lastPathComponent.prefix { $0 != "." }
    text += "\n  /// `\(file.lastPathComponent)`.\n"
    text += "  static let \(name): StaticString = \"\(try compile(file).base64EncodedString())\"\n"
  }
  text += "\n}\n"
  try text.write(toFile: output, atomically: true, encoding: .utf8)
} catch {
  fail("\(error)")
}
