import Kernel
import Types

extension ScriptTypes {

  /// Returns the names of the kernel's types that begin like that of `type`, of which only the name is known.
  func names(like type: Type) -> [String] {
    guard case .structure(let structure) = type else { return [] }
    let name = structure.name
    return kernel.describedNames(
      name.keyword == .struct ? .structure : .union, startingWith: String(name.tag.prefix(2)), in: nil
    ).map { "\(name.keyword) \($0)" }
  }

}
