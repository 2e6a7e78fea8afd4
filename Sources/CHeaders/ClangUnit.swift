internal import CClang
import Glibc

/// A text in C that libclang has read, with the headers that it includes.
final class ClangUnit {

  /// The library.
  let library: ClangLibrary

  /// libclang's index.
  private let index: UnsafeMutableRawPointer

  /// libclang's translation unit.
  private let unit: UnsafeMutableRawPointer

  /// What is defined, by `struct x`, `enum x`, `typedef x`, `constant x`, `variable x` and `function x`.
  private(set) var declarations: [String: CClangCursor] = [:]

  /// The structures without a tag that members of others consist of, by the names that they were given.
  var invented: [String: CClangCursor] = [:]

  /// The name of the text, which is no file.
  private static let name = "/apus/script.c"

  /// Reads `text` as a compiler does that is called with `arguments`, nil if that fails altogether.
  ///
  /// Bodies of functions are read iff `hasBodies`.
  init?(_ text: String, arguments: [String], hasBodies: Bool, with library: ClangLibrary) {
    self.library = library
    let functions = library.functions
    guard let index = functions.createIndex(0, 0) else { return nil }
    var unit: UnsafeMutableRawPointer?
    let words = arguments.map { strdup($0) }
    defer { for word in words { free(word) } }
    var text = text
    let status = text.withUTF8 { bytes in
      ClangUnit.name.withCString { name in
        var file = CClangFile(
          name: name, contents: UnsafeRawPointer(bytes.baseAddress)?.assumingMemoryBound(to: CChar.self),
          length: UInt(bytes.count))
        let pointers = words.map { UnsafePointer($0) }
        // What is wrong in one header does not end the reading.
        let options: UInt32 = hasBodies ? 0x200 : 0x200 | 0x40
        return functions.parseTranslationUnit2(
          index, name, pointers, Int32(pointers.count), &file, 1, options, &unit)
      }
    }
    guard status == 0, let unit else {
      functions.disposeIndex(index)
      return nil
    }
    self.index = index
    self.unit = unit
    collect()
  }

  /// Gives back what libclang holds.
  deinit {
    library.functions.disposeTranslationUnit(unit)
    library.functions.disposeIndex(index)
  }

  /// Calls `body` for each node in `node`, one level deep.
  func forEachChild(of node: CClangCursor, _ body: (CClangCursor) -> Void) {
    withoutActuallyEscaping(body) { body in
      var context = body
      withUnsafeMutablePointer(to: &context) { pointer in
        _ = library.functions.visitChildren(
          node,
          { child, _, context in
            context!.assumingMemoryBound(to: ((CClangCursor) -> Void).self).pointee(child)
            return 1
          }, pointer)
      }
    }
  }

  /// Enters what is defined at the top.
  private func collect() {
    let root = library.functions.getTranslationUnitCursor(unit)
    forEachChild(of: root) { enter($0) }
  }

  /// Enters `node` if it defines something.
  private func enter(_ node: CClangCursor) {
    guard let kind = NodeKind(rawValue: node.kind) else { return }
    let name = name(of: node)
    switch kind {
    case .structure, .union, .enumeration:
      guard library.functions.isCursorDefinition(node) != 0 else { return }
      if !name.isEmpty { declarations["\(kind.prefix) \(name)"] = node }
      if kind == .enumeration {
        forEachChild(of: node) { constant in
          declarations["constant \(self.name(of: constant))"] = constant
          enumerations[self.name(of: constant)] = node
        }
      }
    case .typedef, .function, .variable: declarations["\(kind.prefix) \(name)"] = node
    case .field, .constant: break
    }
  }

  /// The enumerations of constants.
  private(set) var enumerations: [String: CClangCursor] = [:]

  /// Returns the name of `node`, empty if it has none.
  func name(of node: CClangCursor) -> String {
    if node.kind == NodeKind.structure.rawValue || node.kind == NodeKind.union.rawValue
      || node.kind == NodeKind.enumeration.rawValue, library.functions.Cursor_isAnonymous(node) != 0
    {
      return ""
    }
    let text = library.text(library.functions.getCursorSpelling(node))
    // Versions differ in what they call things without a name.
    return text.contains("(") ? "" : text
  }

  /// The errors that libclang found, each with its place: `x.h:3:5: expected ';'`; those in the text itself are left out.
  var errors: [String] {
    let functions = library.functions
    var result: [String] = []
    for number in 0..<functions.getNumDiagnostics(unit) {
      guard let diagnostic = functions.getDiagnostic(unit, number) else { continue }
      defer { functions.disposeDiagnostic(diagnostic) }
      // Errors and fatal errors.
      guard functions.getDiagnosticSeverity(diagnostic) >= 3 else { continue }
      var file: UnsafeMutableRawPointer?
      var (line, column): (UInt32, UInt32) = (0, 0)
      functions.getSpellingLocation(functions.getDiagnosticLocation(diagnostic), &file, &line, &column, nil)
      let path = library.text(functions.getFileName(file))
      guard file != nil, path != ClangUnit.name else { continue }
      result.append("\(path):\(line):\(column): \(library.text(functions.getDiagnosticSpelling(diagnostic)))")
    }
    return result
  }

}

/// The kinds of nodes of libclang that matter here (`CXCursorKind`).
enum NodeKind: Int32 {
  case structure = 2
  case union = 3
  case enumeration = 5
  case field = 6
  case constant = 7
  case function = 8
  case variable = 9
  case typedef = 20

  /// The word in front of names in `declarations`.
  var prefix: String {
    switch self {
    case .structure: "struct"
    case .union: "union"
    case .enumeration: "enum"
    case .field: "field"
    case .constant: "constant"
    case .function: "function"
    case .variable: "variable"
    case .typedef: "typedef"
    }
  }
}
