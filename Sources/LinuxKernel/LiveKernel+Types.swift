import BPF
import Glibc
public import Kernel

/// Type information of the kernel and of its modules.
extension LiveKernel {

  /// The directory of the files of type information.
  private static let directory = "/sys/kernel/btf"

  /// Returns the names of the modules that have type information, sorted.
  func modulesWithTypes() -> [String] {
    ((try? listFiles(Self.directory)) ?? []).filter { $0 != "vmlinux" }
  }

  /// Returns the functions of the BPF programs that are there and have type information.
  func functionsOfPrograms() -> [ProgramFunction] {
    RunningProgram.all().flatMap { program -> [ProgramFunction] in
      guard let file = LazyFile(program.types), let types = TypeInformation(file) else { return [] }
      return program.functions.compactMap { number in
        guard let record = types.record(number), record.kind == .function else { return nil }
        return ProgramFunction(
          program: program.identifier, name: types.name(at: record.name), typeNumber: number)
      }
    }
  }

  /// Returns the type information of the kernel, or of `module`; nil if there is none.
  func types(of module: String?) -> TypeInformation? {
    guard let module else { return knownTypes }
    if let known = moduleTypes[module] { return known }
    // What is no name of a module must not lead elsewhere.
    let isName = !module.isEmpty && !module.utf8.contains(UInt8(ascii: "/")) && module != ".."
    let found =
      isName ? knownTypes.flatMap { TypeInformation(ofFile: "\(Self.directory)/\(module)", behind: $0) } : nil
    moduleTypes[module] = .some(found)
    return found
  }

  /// Returns what `body` finds first: in the type information of the kernel, in that of the modules that were asked for,
  /// in that of the others.
  func firstDescription<Result>(_ body: (TypeInformation) -> Result?) -> Result? {
    guard let knownTypes else { return nil }
    if let found = body(knownTypes) { return found }
    let asked = moduleTypes.keys.sorted()
    for module in asked + describedModules.filter({ !asked.contains($0) }) {
      if let types = types(of: module), let found = body(types) { return found }
    }
    return nil
  }

  /// Returns what type information tells about those of the functions `names` that it describes, by name.
  public func signatures(
    ofFunctions names: [String], in module: String?
  ) -> [String: FunctionSignature] {
    guard let types = types(of: module) else { return [:] }
    let unknown = names.filter { signatures[module ?? ""]?[$0] == nil }
    if !unknown.isEmpty {
      let numbers = types.numbers(ofFunctions: unknown)
      for name in unknown {
        let signature = numbers[name].flatMap { types.signature(ofFunction: $0) }
        signatures[module ?? "", default: [:]][name] = .some(signature)
      }
    }
    var result: [String: FunctionSignature] = [:]
    for name in names { if let known = signatures[module ?? ""]?[name] { result[name] = known } }
    return result
  }

  /// Returns what type information tells about what the tracepoint `event` hands to programs.
  public func signature(ofTracepoint event: String, in module: String?) -> FunctionSignature? {
    types(of: module)?.signature(ofTracepoint: event)
  }

  /// Returns the names of things of the given kind that start with `prefix`, sorted.
  public func describedNames(
    _ kind: DescribedKind, startingWith prefix: String, in module: String?
  ) -> [String] {
    var result: Set<String> = []
    for kind in kind.kinds {
      types(of: module)?.forEachName(of: kind) { _, _, name in
        if name.starts(with: prefix.utf8) { result.insert(String(decoding: name, as: UTF8.self)) }
      }
    }
    return result.sorted()
  }

  /// Returns the definition in C of the structure, the union or the enumeration `name`, nil if there is no such thing.
  public func definition(_ kind: DescribedKind, named name: String) -> String? {
    firstDescription { types in
      for kind in kind.kinds {
        if let number = types.number(of: kind, named: name) { return types.definition(of: number) }
      }
      return nil
    }
  }

}

extension DescribedKind {

  /// The kinds of types in the kernel's format.
  fileprivate var kinds: [TypeInformation.Kind] {
    switch self {
    case .function: [.function]
    case .typedef: [.typedef]
    case .structure: [.structure]
    case .union: [.union]
    case .enumeration: [.enumeration, .enumeration64]
    }
  }

}
