internal import CClang
import Kernel
import Types

/// The functions in C that scripts can call.
extension ClangUnit {

  /// Returns what the function `name` takes and gives, nil if there is none with a body, or if scripts have no values of one of
  /// the types.
  func function(named name: String) -> CFunction? {
    let functions = library.functions
    guard let node = declarations["function \(name)"] else { return nil }
    let definition = functions.getCursorDefinition(node)
    guard definition.kind == NodeKind.function.rawValue else { return nil }
    let type = functions.getCursorType(definition)
    // Calls of helpers take five arguments, and so do those that scripts make.
    guard let result = self.type(functions.getResultType(type), called: ""),
      isPassed(result) || result == .none
    else { return nil }
    var parameters: [Type] = []
    for index in 0..<max(0, functions.getNumArgTypes(type)) {
      guard let parameter = self.type(functions.getArgType(type, UInt32(index)), called: ""),
        isPassed(parameter)
      else { return nil }
      parameters.append(parameter)
    }
    return CFunction(parameters: parameters, result: result)
  }

  /// Returns `true` iff values of `type` fit into a register.
  private func isPassed(_ type: Type) -> Bool {
    if case .pointer = type { return true }
    return type.asInteger != nil && type.isScalar
  }

}
