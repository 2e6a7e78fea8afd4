internal import CClang
import Kernel
import Types

/// The values of constants and macros.
extension ClangUnit {

  /// The prefix of the variables whose values are those of macros.
  static let macroPrefix = "apus_value_of_"

  /// Returns what is to stand behind a text so that the values of the macros among `names` are known.
  static func questions(about names: [String]) -> String {
    names.map { "#ifdef \($0)\nstatic __auto_type \(macroPrefix)\($0) = (\($0));\n#endif\n" }.joined()
  }

  /// Returns the value of the constant or macro `name`, nil if there is none.
  func value(named name: String) -> HeaderValue? {
    let functions = library.functions
    if let node = declarations["constant \(name)"], let owner = enumerations[name],
      let type = integer(ofEnumeration: owner)
    {
      return .number(functions.getEnumConstantDeclValue(node), type, enumeration: self.name(of: owner))
    }
    guard let node = declarations["variable \(ClangUnit.macroPrefix)\(name)"],
      let result = functions.Cursor_Evaluate(node)
    else { return nil }
    defer { functions.EvalResult_dispose(result) }
    // The numbers of `CXEvalResultKind`: an integer, a text.
    switch functions.EvalResult_getKind(result) {
    case 1:
      let value = functions.EvalResult_getAsLongLong(result)
      let type = type(functions.getCursorType(node), called: "")?.asInteger ?? .int64
      return .number(value, type, enumeration: "")
    case 4: return functions.EvalResult_getAsStr(result).map { .text(Array(String(cString: $0).utf8)) }
    default: return nil
    }
  }

}
