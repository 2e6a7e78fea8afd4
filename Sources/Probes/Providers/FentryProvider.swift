import Diagnostics
import IR
import Kernel
import Syntax
import Types

/// `fentry` and `fexit`: the entry or the return of a kernel function, with typed arguments.
struct FentryProvider: ProbeProvider {

  /// `true` iff the probes are on returns.
  let isReturn: Bool

  /// `true` iff the probes serve in place of kprobes, which the kernel lacks.
  var servesForKprobes = false

  /// The names in scripts.
  var names: [String] { isReturn ? ["fexit", "fr", "kretfunc"] : ["fentry", "f", "kfunc"] }

  /// A function whose type is known.
  private struct TypedFunction {

    /// The function.
    let function: KernelFunction

    /// The type.
    let signature: FunctionSignature

  }

  /// Returns the attach points that `spec` denotes.
  func resolve(
    _ spec: ProbeSpec, on kernel: any KernelView, settings: Settings
  ) throws(ProbeFault) -> [AttachPoint] {
    let namesProgram = spec.parts.count > 2 && spec.parts[1].text == Self.programs
    guard (2...(namesProgram ? 4 : 3)).contains(spec.parts.count),
      spec.parts.dropFirst().allSatisfy({ !$0.text.isEmpty })
    else {
      throw .wrongForm(spec, expected: "\(names[0]):function")
    }
    if kernel.status(of: .btf) == .missing { throw .typesMissing(spec) }
    if kernel.status(of: .fentry) == .missing { throw .trampolinesMissing(spec) }
    if namesProgram { return try resolveProgram(spec, on: kernel) }
    let part = spec.parts[spec.parts.count - 1]
    let module = spec.parts.count == 3 ? spec.parts[1] : nil
    let isPattern = Wildcard.isPattern(part.text) || Wildcard.isPattern(module?.text ?? "")
    let functions: [TypedFunction]
    do {
      functions =
        isPattern
        ? try self.functions(Wildcard(part.text), in: module.map { Wildcard($0.text) }, on: kernel)
        : self.functions(called: part.text, in: module?.text, on: kernel)
    } catch {
      throw .kernelFault(error, at: spec)
    }
    if functions.isEmpty {
      if isPattern { throw .noFunction(spec, matching: Wildcard(part.text), on: kernel) }
      throw unknownFunction(part, in: module, on: kernel)
    }
    return functions.map { found in
      let target = TracedFunctionTarget(
        function: found.function.name, module: found.function.module, typeNumber: found.signature.typeNumber,
        isReturn: isReturn)
      return AttachPoint(
        name: fullName(of: found.function.name, in: found.function.module, showingModule: module != nil),
        function: found.function.name,
        target: .tracedFunction(target), isChosenByWildcard: isPattern, site: spec.site)
    }
  }

  /// Returns what is wrong with a function that has no known type.
  private func unknownFunction(_ part: Name, in module: Name?, on kernel: any KernelView) -> ProbeFault {
    let functions = (try? kernel.traceableFunctions()) ?? []
    if let module, module.text != KprobeProvider.kernelModule,
      !functions.contains(where: { $0.module == module.text })
    {
      return kernel.hasUnloadedModule(named: module.text)
        ? .unloadedModule(module) : .unknownModule(module, among: functions)
    }
    if functions.contains(where: { $0.name == part.text }) {
      return .untypedFunction(part, inPlaceOfKprobe: servesForKprobes)
    }
    let standing = kernel.standing(ofFunction: part.text)
    return standing == .alias || standing == .untold
      ? .untypedFunction(part, inPlaceOfKprobe: servesForKprobes)
      : .untraceable(part.text, standing, at: part, among: functions, on: kernel)
  }

  /// Returns what programs find at `point`.
  func context(of point: AttachPoint, on kernel: any KernelView) throws(ProbeFault) -> ProbeContext {
    guard case .tracedFunction(let target) = point.target else {
      preconditionFailure("an attach point of another provider")
    }
    let hasCookie = kernel.mayHaveCookies && kernel.hasTrampolineCookies
    if target.program != nil {
      return ProbeContext(
        programKind: isReturn ? .fexit : .fentry, provider: names[0], hasFunction: true, hasCookie: hasCookie)
    }
    guard
      let signature = kernel.signatures(ofFunctions: [target.function], in: target.module)[target.function]
    else { preconditionFailure("an attach point of another provider") }
    let layout = TypedArguments(of: signature.parameters)
    return ProbeContext(
      programKind: isReturn ? .fexit : .fentry, provider: names[0], fields: layout.fields,
      returnValue: isReturn ? signature.result.flatMap { layout.result($0) } : nil, hasFunction: true,
      hasCookie: hasCookie)
  }

  /// Returns what programs find at `point` if they are to find what kprobes do: arguments and result are numbers.
  func untypedContext(of point: AttachPoint, on kernel: any KernelView) throws(ProbeFault) -> ProbeContext {
    guard case .tracedFunction(let target) = point.target,
      let signature = kernel.signatures(ofFunctions: [target.function], in: target.module)[target.function]
    else { preconditionFailure("an attach point of another provider") }
    let layout = TypedArguments(of: signature.parameters)
    var result = try context(of: point, on: kernel)
    result.fields = nil
    result.arguments = isReturn ? [] : layout.words
    result.returnValue = result.returnValue.map {
      ContextValue(type: .uint64, offset: $0.offset, isTracked: $0.isTracked)
    }
    return result
  }

  /// Returns how programs are attached to `point`.
  func mechanism(for point: AttachPoint, on kernel: any KernelView) -> AttachMechanism { .trampoline }

  /// Returns the full names that match `parts`.
  func names(matching parts: [Wildcard], on kernel: any KernelView) throws(KernelFault) -> [String] {
    guard parts.count <= 3, kernel.status(of: .fentry) != .missing else { return [] }
    if parts.count > 1, parts[0].text == Self.programs {
      return programs(
        parts[parts.count - 1], numbered: parts.count == 3 ? parts[1] : nil, on: kernel
      ).map { name(of: $0) }
    }
    guard parts.count <= 2 else { return [] }
    let module = parts.count == 2 ? parts[0] : nil
    return try functions(parts.last ?? Wildcard("*"), in: module, on: kernel)
      .map { fullName(of: $0.function.name, in: $0.function.module, showingModule: module != nil) }
  }

  /// Returns the declarations of the arguments of the probe `name`, and of the result.
  func arguments(ofProbe name: String, on kernel: any KernelView) throws(KernelFault) -> [String] {
    let parts = name.split(separator: ":").map(String.init)
    guard parts.count >= 2, let function = parts.last else { return [] }
    let found = functions(called: function, in: parts.count == 3 ? parts[1] : nil, on: kernel)
    guard let signature = found.first?.signature else { return [] }
    let result = isReturn ? [signature.result].compactMap { $0 } : []
    return (signature.parameters + result).map(\.declaration)
  }

  /// Returns the function `name`, of `module` if that is given, if its type is known.
  ///
  /// The list of the functions that can be traced is long: it is read only if the kernel itself has no such function.
  private func functions(
    called name: String, in module: String?, on kernel: any KernelView
  ) -> [TypedFunction] {
    let known = module == KprobeProvider.kernelModule ? nil : module
    if let signature = kernel.signatures(ofFunctions: [name], in: known)[name] {
      return [TypedFunction(function: KernelFunction(name: name, module: known), signature: signature)]
    }
    if module != nil { return [] }
    let functions = (try? kernel.traceableFunctions { $0.elementsEqual(name.utf8) }) ?? []
    for function in functions {
      guard let module = function.module else { continue }
      if let signature = kernel.signatures(ofFunctions: [name], in: module)[name] {
        return [TypedFunction(function: function, signature: signature)]
      }
    }
    return []
  }

  /// Returns the functions that match and whose types are known, each name once; with `module`, once in each module.
  private func functions(
    _ wanted: Wildcard, in module: Wildcard?, on kernel: any KernelView
  ) throws(KernelFault) -> [TypedFunction] {
    let functions = try kernel.traceableFunctions { wanted.matches($0) }
      .matching(function: wanted, module: module)
    var namesByModule: [String?: [String]] = [:]
    for function in functions { namesByModule[function.module, default: []].append(function.name) }
    var signatures: [String?: [String: FunctionSignature]] = [:]
    for (module, names) in namesByModule {
      signatures[module] = kernel.signatures(ofFunctions: names, in: module)
    }
    return functions.compactMap { function in
      signatures[function.module]?[function.name].map { TypedFunction(function: function, signature: $0) }
    }
  }

}

extension KernelView {

  /// `false` iff trampolines have no cookies, as before Linux 5.19 (commit 2fcc82411e74).
  var hasTrampolineCookies: Bool { isAtLeast(5, 19) }

}
