import IR
public import Kernel
import Types

extension HeaderReader {

  /// Returns the bitcode of functions by which programs call `functions`, compiled by clang.
  ///
  /// Each takes and returns words of 64 bits, whatever the function behind it has.
  public func compile(_ functions: [String: CFunction]) throws(CompilerFault) -> [UInt8] {
    var text = programText
    for (name, signature) in functions.sorted(by: { $0.key < $1.key }) {
      let indices = signature.parameters.indices
      let parameters = indices.map { "unsigned long long a\($0)" }.joined(separator: ", ")
      let callable = ImportedFunctions.name(ofCallable: name)
      // Numbers are converted as C does, addresses as they are.
      let arguments = indices.map { signature.parameters[$0].isAddress ? "(void *)a\($0)" : "a\($0)" }
      let call = "\(name)(\(arguments.joined(separator: ", ")))"
      let body = signature.result == .none ? "\(call); return 0;" : "return (unsigned long long)\(call);"
      text += "unsigned long long \(callable)(\(parameters.isEmpty ? "void" : parameters)) { \(body) }\n"
    }
    return try ClangCompiler.compile(text, folders: programFolders)
  }

}

extension Type {

  /// `true` iff the type is that of addresses.
  fileprivate var isAddress: Bool { if case .pointer = self { true } else { false } }

}
