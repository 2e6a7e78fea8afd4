import CELF
public import Types

/// What debug information tells about a function.
public struct DebugFunction: Sendable {

  /// A parameter.
  public struct Parameter: Sendable {

    /// The name; empty if it has none.
    public let name: String

    /// The type, nil if scripts have none such.
    public let type: Type?

    /// The declaration in C: `const char *path`.
    public let declaration: String

    /// The number of the register for integer arguments that the value is in when the function begins, nil if it is elsewhere.
    public let register: Int?

  }

  /// The name, nil if it has none.
  public let name: String?

  /// The parameters.
  public let parameters: [Parameter]

  /// The declaration of the result in C, without a name: `char *`.
  public let result: String

}

extension DebugInformation {

  /// Returns what is known about the function that begins at `address`, nil if nothing is.
  public func function(at address: UInt64) -> DebugFunction? {
    guard let unit = unit(at: address), let entry = scopes(at: address, in: unit).first,
      entry.firstAddress == address
    else { return nil }
    let declarations = entry.children.filter { $0.tag == DW_TAG_formal_parameter }
    var registers = ArgumentRegisters(returning: unqualified(entry.type), in: self)
    let parameters = declarations.enumerated().map { index, parameter in
      let name = parameter.text(DW_AT_name)
      let type = self.type(of: parameter.type, called: name ?? "arg\(index)")
      let register = registers.take(unqualified(parameter.type), in: self)
      return DebugFunction.Parameter(
        name: name ?? "", type: type == Type.none ? nil : type,
        declaration: declaration(of: parameter.type, named: name ?? ""),
        register: self.register(of: parameter, at: address) ?? register)
    }
    return DebugFunction(
      name: entry.name, parameters: parameters, result: declaration(of: entry.type, named: ""))
  }

  /// Returns the function with the code at `address`, and within it the functions that were inlined there, the innermost last.
  func scopes(at address: UInt64, in unit: DebugEntry) -> [DebugEntry] {
    var result: [DebugEntry] = []
    _ = descend(to: address, in: unit, depth: 0, collecting: &result)
    return result
  }

  /// Looks for the function with the code at `address` within `entry` and adds it to `result`, and within it the functions
  /// that were inlined; returns `true` iff there is one.
  private func descend(
    to address: UInt64, in entry: DebugEntry, depth: Int, collecting result: inout [DebugEntry]
  ) -> Bool {
    if depth > Self.depthLimit { return false }
    for child in entry.children {
      switch child.tag {
      case DW_TAG_subprogram, DW_TAG_inlined_subroutine:
        guard child.hasCode(at: address) else { continue }
        result.append(child)
      case DW_TAG_lexical_block, DW_TAG_try_block, DW_TAG_catch_block:
        guard child.hasCode(at: address) else { continue }
      case DW_TAG_namespace, DW_TAG_module, DW_TAG_structure_type, DW_TAG_class_type:
        // Functions are defined there in some languages, but have no addresses of their own.
        if descend(to: address, in: child, depth: depth + 1, collecting: &result) { return true }
        continue
      default: continue
      }
      _ = descend(to: address, in: child, depth: depth + 1, collecting: &result)
      return true
    }
    return false
  }

  /// Returns the number of the register for integer arguments that `parameter` is in at `address`, nil if it is in none or
  /// that is not told.
  private func register(of parameter: DebugEntry, at address: UInt64) -> Int? {
    guard var attribute = parameter.attribute(DW_AT_location) else { return nil }
    var operations: UnsafeMutablePointer<Dwarf_Op>? = nil
    var count = 0
    guard dwarf_getlocation_addr(&attribute, address, &operations, &count, 1) == 1, count == 1,
      let operation = operations?.pointee
    else { return nil }
    let number = Int(operation.atom) - DW_OP_reg0
    return number < 0 ? nil : ArgumentRegisters.dwarfNumbers.firstIndex(of: number)
  }

}
