import Diagnostics
import Kernel
import Syntax
import Types

/// The types that a script can name: those that it defines, and behind them those of probed programs and of
/// the kernel.
///
/// Layouts are made when they are asked for, so that structures may be defined in any order.
final class ScriptTypes {

  /// The kernel.
  let kernel: any KernelView

  /// The headers that the script includes.
  let headers: ScriptHeaders

  /// What is known about structures and enumerations so far.
  var table = TypeTable()

  /// What of it is the kernel's.
  private(set) var ofKernel = KernelTypeNames()

  /// The structures that the script defines.
  var structures: [StructureName: CStructure] = [:]

  /// The places of the enumerations that the script defines.
  var enumerationSites: [String: SourceSpan] = [:]

  /// The names for types that the script defines.
  var definedNames: [String: DefinedName] = [:]

  /// The constants of the enumerations that the script defines.
  var constants: [String: Constant] = [:]

  /// The structures that cannot be laid out, which has been reported.
  var broken: Set<StructureName> = []

  /// The names for types that are being looked up.
  var namesInProgress: [String] = []

  /// The types that the kernel gives names to, nil for names that it does not know, as far as looked up.
  private var kernelTypes: [String: Type?] = [:]

  /// Names that were looked for among the kernel's enumerations in vain.
  private var unknownEnumerations: Set<String> = []

  /// Names that were looked for among the kernel's constants in vain.
  var unknownConstants: Set<String> = []

  /// The structures whose members have been entered into the table with all that they consist of.
  private var entered: Set<StructureName> = []

  /// The functions that the script imports and calls, nil for names that are none, as far as looked up.
  var functions: [String: CFunction?] = [:]

  /// The structures whose layouts are being made.
  var inProgress: [StructureName] = []

  /// What is wrong with the definitions.
  var diagnostics = DiagnosticSet()

  /// A name that `typedef` gives to a type.
  struct DefinedName {

    /// The place of the name.
    let site: SourceSpan

    /// The type that it is derived from.
    let type: CType

    /// What makes the named type out of it.
    let derivations: [CDerivation]

  }

  /// Creates an instance that knows `definitions`, the types of `kernel` and those in `headers`.
  init(_ definitions: [CDefinition], on kernel: any KernelView, including headers: ScriptHeaders) {
    self.kernel = kernel
    self.headers = headers
    for definition in definitions { enter(definition) }
    for definition in definitions { check(definition.type) }
    for name in definedNames.keys.sorted() { _ = type(named: name) }
  }

  /// Makes the layouts of the structure `type` if it is defined there, so that what is wrong with it is reported.
  private func check(_ type: CType) {
    guard case .structure(let structure) = type, structure.members != nil, let tag = structure.tag else {
      return
    }
    _ = layout(of: structure.name(tag.text))
  }

  /// Returns the layout of the structure `name`, nil if it is not known or incomplete.
  func layout(of name: StructureName) -> StructureLayout? {
    if let known = table.structures[name] { return known }
    let layout: StructureLayout?
    if let defined = structures[name], defined.members != nil {
      layout = broken.contains(name) ? nil : self.layout(of: defined, named: name)
    } else if let known = headers.own?.layout(of: name) ?? kernel.binaries.layout(of: name) {
      layout = known
    } else if let known = kernel.layout(of: name) {
      layout = known
      ofKernel.structures.insert(name)
    } else {
      layout = headers.system?.layout(of: name)
    }
    if let layout { table.structures[name] = layout }
    return layout
  }

  /// Returns the structure `name` as the type of values, or only its name if no more is known.
  func structure(_ name: StructureName) -> Type {
    guard let layout = layout(of: name) else { return .structure(StructureType(name)) }
    return .structure(StructureType(name, size: layout.size, alignment: layout.alignment))
  }

  /// Returns `type` with the sizes of the structures in it as far as they are known; what pointers point to is left alone.
  func completed(_ type: Type) -> Type {
    switch type {
    case .structure(let structure): self.structure(structure.name)
    case .array(let element, let count): .array(of: completed(element), count: count)
    default: type
    }
  }

  /// Enters into the table what is needed to print values of `type`.
  func enter(_ type: Type) {
    switch type {
    case .structure(let structure):
      guard entered.insert(structure.name).inserted, let layout = layout(of: structure.name) else { return }
      for member in layout.members { enter(member.type) }
    case .enumeration(let name, _): _ = enumeration(name)
    case .array(let element, _): enter(element)
    case .tuple(let elements): for element in elements { enter(element) }
    case .record(let fields): for field in fields { enter(field.type) }
    default: break
    }
  }

  /// Returns the enumeration `name`, nil if it is not known.
  func enumeration(_ name: String) -> Type? {
    if let known = table.enumerations[name] { return .enumeration(name: name, known.type) }
    if unknownEnumerations.contains(name) { return nil }
    let layout: EnumerationLayout
    if let known = headers.own?.enumeration(named: name) ?? kernel.binaries.enumeration(named: name) {
      layout = known
    } else if let known = kernel.enumeration(named: name) {
      layout = known
      ofKernel.enumerations.insert(name)
    } else if let known = headers.system?.enumeration(named: name) {
      layout = known
    } else {
      unknownEnumerations.insert(name)
      return nil
    }
    table.enumerations[name] = layout
    return .enumeration(name: name, layout.type)
  }

  /// Returns the type that is called `name`: by the language, by the script, by the kernel; nil if none is.
  func type(named name: String) -> Type? {
    if let defined = definedNames[name] {
      guard !namesInProgress.contains(name), namesInProgress.count < ScriptTypes.depthLimit else {
        diagnostics.insert(.recursiveName(name, at: defined.site))
        return nil
      }
      namesInProgress.append(name)
      defer { namesInProgress.removeLast() }
      return type(of: defined.type, defined.derivations, called: name, at: defined.site)
    }
    if let type = headers.own?.type(named: name) { return completed(type) }
    if let type = TypeName.byName[name] { return type }
    if let type = IntegerType(wordsOfC: name.split(separator: " ").map(String.init)) { return .integer(type) }
    // The kernel has some hundred thousand types, so that none is looked for twice.
    if let known = kernelTypes[name] { return known }
    let found = kernel.binaries.type(named: name) ?? kernel.type(named: name)
    let type = (found ?? headers.system?.type(named: name)).map { completed($0) }
    kernelTypes[name] = .some(type)
    return type
  }

  /// The names of structures and names for types that the script defines, for messages.
  var names: [String] { TypeName.names + definedNames.keys }

}

extension CStructure {

  /// Returns the name of the structure if its tag is `tag`.
  func name(_ tag: String) -> StructureName { StructureName(isUnion ? .union : .struct, tag) }

}
