/// A compiled script in a file of its own, which can be run on other machines: a line that makes it executable, one that tells
/// what it is, a byte of zero, and the script.
public enum BuiltFile {

  /// The number of the format, which changes with what is stored.
  static let format = 2

  /// The line that makes a file executable that apus is to run.
  private static let interpreter = "#!/usr/bin/env apus\n"

  /// What the line that tells what the file is begins with.
  private static let mark = "// compiled by apus "

  /// Why a file cannot be run.
  public enum Fault: Error, Hashable, Sendable {

    /// It was built by an apus with another format; the version of that.
    case otherFormat(version: String)

    /// It is not what was written.
    case damaged

  }

  /// Returns the file with `script`, made by the given version of apus.
  public static func bytes(of script: CompiledScript, version: String) throws -> [UInt8] {
    Array("\(interpreter)\(mark)\(version), format \(format)\n\0".utf8) + Seal.sealed(try script.bytes())
  }

  /// Returns `true` iff `contents` are those of a file with a compiled script and not the text of one.
  public static func isBuilt(_ contents: [UInt8]) -> Bool { contents.starts(with: (interpreter + mark).utf8) }

  /// Returns the script in the file with `contents`, for which `isBuilt` is true.
  public static func script(in contents: [UInt8]) throws(Fault) -> CompiledScript {
    let line = contents.dropFirst(interpreter.utf8.count + mark.utf8.count).prefix {
      $0 != UInt8(ascii: "\n")
    }
    let words = String(decoding: line.prefix(80), as: UTF8.self).split(separator: ",", maxSplits: 1)
    guard words.count == 2 else { throw .damaged }
    guard words[1] == " format \(format)" else { throw .otherFormat(version: String(words[0])) }
    let start = line.endIndex + 2
    guard start <= contents.count, contents[start - 1] == 0,
      let bytes = Seal.contents(of: Array(contents[start...])),
      let script = try? CompiledScript(reading: bytes), script.recipe != nil
    else { throw .damaged }
    return script
  }

}
