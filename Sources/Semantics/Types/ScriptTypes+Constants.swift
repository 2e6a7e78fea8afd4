import Diagnostics
import Kernel
import Types

/// Constants that the script does not define with `#define`.
extension ScriptTypes {

  /// A constant of an enumeration, or a macro that is a number.
  struct Constant {

    /// The name of the enumeration, empty if it has none.
    let enumeration: String

    /// The integers that represent the enumeration.
    let type: IntegerType

    /// The value.
    let value: Int64

    /// The place of its definition, nil if that is not in the script.
    let site: SourceSpan?

    /// `true` iff the kernel's type information has it.
    var isKernels = false

    /// The type of the constant as a value: an integer if the enumeration has no name.
    var valueType: Type {
      enumeration.isEmpty ? .integer(type) : .enumeration(name: enumeration, type)
    }

  }

  /// Returns the constant `name`, nil if it is not known.
  ///
  /// Macros of the usual headers are looked for first, because the kernel's type information is long.
  func constant(named name: String) -> Constant? {
    if let known = constants[name] { return known }
    if unknownConstants.contains(name) { return nil }
    let constant: Constant
    if let value = headers.own?.value(named: name), let own = Constant(value) {
      constant = own
    } else if let value = HeaderConstants.macro(named: name) {
      constant = Constant(ofMacro: name, value)
    } else if let found = kernel.binaries.constant(named: name) {
      constant = Constant(enumeration: found.enumeration, type: found.type, value: found.value, site: nil)
    } else if let found = kernel.constant(named: name) {
      constant = Constant(
        enumeration: found.enumeration, type: found.type, value: found.value, site: nil, isKernels: true)
    } else if let value = HeaderConstants.enumerationConstant(named: name) {
      constant = Constant(ofMacro: name, value)
    } else if let value = headers.system?.value(named: name), let found = Constant(value) {
      constant = found
    } else {
      unknownConstants.insert(name)
      return nil
    }
    constants[name] = constant
    if !constant.enumeration.isEmpty { _ = enumeration(constant.enumeration) }
    return constant
  }

}

extension ScriptTypes.Constant {

  /// Creates what a name in a header stands for, nil for texts.
  fileprivate init?(_ value: HeaderValue) {
    guard case .number(let number, let type, let enumeration) = value else { return nil }
    self.init(enumeration: enumeration, type: type, value: number, site: nil)
  }

  /// Creates what the macro `name` is, a number that is read as if it stood in the script.
  init(ofMacro name: String, _ value: Int64) {
    // The greatest numbers without a sign are the only ones that are kept as negative ones and meant without.
    let isUnsigned = value == -1 && name.hasSuffix("_MAX")
    let narrow: Int? = [8, 16, 32].first { width in value.magnitude < UInt64(1) << UInt64(width - 1) }
    self.init(
      enumeration: "", type: isUnsigned ? .uint64 : IntegerType(width: narrow ?? 64, isSigned: true),
      value: value,
      site: nil)
  }

}
