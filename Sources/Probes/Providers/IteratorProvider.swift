import Diagnostics
import IR
import Kernel
import Syntax
import Types

/// `iter`: objects of the kernel, one after the other.
struct IteratorProvider: ProbeProvider {

  /// The names in scripts.
  let names = ["iter", "it"]

  /// The directory that pins are relative to.
  private static let pinDirectory = "/sys/fs/bpf"

  /// What the names of iterators' functions start with.
  private static let prefix = "bpf_iter_"

  /// Returns the attach point that `spec` denotes.
  func resolve(
    _ spec: ProbeSpec, on kernel: any KernelView, settings: Settings
  ) throws(ProbeFault) -> [AttachPoint] {
    guard (2...3).contains(spec.parts.count), spec.parts.dropFirst().allSatisfy({ !$0.text.isEmpty }) else {
      throw .wrongForm(spec, expected: "iter:task")
    }
    if kernel.status(of: .btf) == .missing { throw .typesMissing(spec) }
    let part = spec.parts[1]
    guard let (module, signature) = find(part.text, on: kernel) else {
      throw .unknownIterator(part, among: iterators(on: kernel).map(\.name))
    }
    var pin = spec.parts.count == 3 ? spec.parts[2].text : nil
    if let path = pin, !path.hasPrefix("/") { pin = "\(Self.pinDirectory)/\(path)" }
    let target = IteratorTarget(
      name: part.text, module: module, typeNumber: signature.typeNumber, pin: pin,
      process: settings.targetPID)
    return [AttachPoint(name: spec.name(of: names[0]), target: .iterator(target), site: spec.site)]
  }

  /// Returns what programs find at `point`.
  func context(of point: AttachPoint, on kernel: any KernelView) throws(ProbeFault) -> ProbeContext {
    guard case .iterator(let target) = point.target else {
      preconditionFailure("an attach point of another provider")
    }
    return ProbeContext(
      programKind: .iterator, provider: names[0],
      contextType: .structure(StructureType(Self.structure(of: target.name))), isPinned: target.pin != nil,
      belongsToProcess: false)
  }

  /// Returns how programs are attached to `point`.
  func mechanism(for point: AttachPoint, on kernel: any KernelView) -> AttachMechanism { .iterator }

  /// Returns the full names that match `parts`.
  func names(matching parts: [Wildcard], on kernel: any KernelView) throws(KernelFault) -> [String] {
    guard parts.count <= 1 else { return [] }
    return iterators(on: kernel).filter { parts.first?.matches($0.name) ?? true }.map { "iter:\($0.name)" }
  }

  /// Returns the declarations of the members of what `ctx` points to.
  func arguments(ofProbe name: String, on kernel: any KernelView) throws(KernelFault) -> [String] {
    guard let name = name.split(separator: ":").last else { return [] }
    return find(String(name), on: kernel)?.signature.parameters.map(\.declaration) ?? []
  }

  /// Returns the structure that describes the context of the iterator `name`.
  private static func structure(of name: String) -> StructureName {
    StructureName(.struct, "bpf_iter__\(name)")
  }

  /// Returns the module and the function of the iterator `name`, nil if the kernel has no such iterator.
  private func find(
    _ name: String, on kernel: any KernelView
  ) -> (module: String?, signature: FunctionSignature)? {
    guard kernel.layout(of: Self.structure(of: name)) != nil else { return nil }
    let function = Self.prefix + name
    for module in [nil] + kernel.describedModules.map({ $0 }) {
      if let signature = kernel.signatures(ofFunctions: [function], in: module)[function] {
        return (module, signature)
      }
    }
    return nil
  }

  /// Returns the names of the iterators, sorted: there is a structure and a function for each.
  private func iterators(on kernel: any KernelView) -> [KernelFunction] {
    var result: [KernelFunction] = []
    for module in [nil] + kernel.describedModules.map({ $0 }) {
      let functions = Set(kernel.describedNames(.function, startingWith: Self.prefix, in: module))
      for structure in kernel.describedNames(.structure, startingWith: Self.prefix + "_", in: module) {
        let name = String(structure.dropFirst(Self.prefix.count + 1))
        if functions.contains(Self.prefix + name) {
          result.append(KernelFunction(name: name, module: module))
        }
      }
    }
    return result.sorted { $0.name < $1.name }
  }

}
