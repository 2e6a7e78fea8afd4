import Diagnostics
import IR
import Kernel
import Syntax
import Types

/// `kprobe` and `kretprobe`: the entry of a kernel function, a place in it, or its return.
struct KprobeProvider: ProbeProvider {

  /// The name of the kernel itself where a module can be named.
  static let kernelModule = "vmlinux"

  /// `true` iff the probes are on returns.
  let isReturn: Bool

  /// The names in scripts.
  var names: [String] { isReturn ? ["kretprobe", "kr"] : ["kprobe", "k"] }

  /// Returns the attach points that `spec` denotes.
  func resolve(
    _ spec: ProbeSpec, on kernel: any KernelView, settings: Settings
  ) throws(ProbeFault) -> [AttachPoint] {
    guard (2...3).contains(spec.parts.count), spec.parts.dropFirst().allSatisfy({ !$0.text.isEmpty }) else {
      throw .wrongForm(spec, expected: "\(names[0]):function")
    }
    let part = spec.parts[spec.parts.count - 1]
    let place = try place(part)
    if kernel.status(of: .kprobes) == .missing {
      return try resolveWithoutKprobes(spec, place, on: kernel, settings: settings)
    }
    if spec.parts.count == 2, let address = wholeNumber(place.function) {
      guard settings.allowsUnsafe else { throw .addressIsUnsafe(part) }
      let target = KernelFunctionTarget(
        function: "", offset: place.offset, address: address, isReturn: isReturn)
      return [AttachPoint(name: spec.name(of: names[0]), target: .kernelFunction(target), site: spec.site)]
    }
    let module = spec.parts.count == 3 ? spec.parts[1] : nil
    let isPattern = Wildcard.isPattern(place.function) || Wildcard.isPattern(module?.text ?? "")
    let wanted = Wildcard(place.function)
    let functions: [KernelFunction]
    do {
      functions = try kernel.traceableFunctions { wanted.matches($0) }
    } catch {
      // The kernel itself will tell whether it has a function that is given by its name.
      if isPattern { throw .kernelFault(error, at: spec) }
      functions = [KernelFunction(name: place.function, module: module?.text)]
    }
    var matches = functions.matching(
      function: wanted, module: module.map { Wildcard($0.text) })
    if matches.isEmpty {
      if isPattern { throw .noFunction(spec, matching: wanted, on: kernel) }
      try checkStanding(of: place.function, at: part, in: module, on: kernel)
      matches = [KernelFunction(name: place.function, module: module?.text)]
    }
    let suffix = place.offset == 0 ? "" : "+\(place.offset)"
    return matches.map { function in
      let target = KernelFunctionTarget(
        function: function.name, module: module == nil ? nil : function.module, offset: place.offset,
        isReturn: isReturn)
      return AttachPoint(
        name: fullName(of: function.name, in: function.module, showingModule: module != nil) + suffix,
        function: function.name,
        target: .kernelFunction(target), isChosenByWildcard: isPattern, site: spec.site)
    }
  }

  /// Returns the attach points that `spec`, which names `place`, denotes on a kernel that has no kprobes but may have trampolines:
  /// those do at entries and returns of functions whose types are known.
  private func resolveWithoutKprobes(
    _ spec: ProbeSpec, _ place: (function: String, offset: UInt64), on kernel: any KernelView,
    settings: Settings
  ) throws(ProbeFault) -> [AttachPoint] {
    guard place.offset == 0, wholeNumber(place.function) == nil, kernel.status(of: .btf) != .missing,
      kernel.status(of: .fentry) != .missing
    else { throw .kprobesMissing(spec) }
    return try trampolines.resolve(spec, on: kernel, settings: settings).map { point in
      AttachPoint(
        name: names[0] + point.name.dropFirst(trampolines.names[0].count), function: point.function,
        target: point.target, isChosenByWildcard: point.isChosenByWildcard, site: point.site)
    }
  }

  /// What serves in place of kprobes.
  private var trampolines: FentryProvider { FentryProvider(isReturn: isReturn, servesForKprobes: true) }

  /// Throws why the function `name`, which is not among those that can be traced, is not, unless it may be one after all.
  private func checkStanding(
    of name: String, at part: Name, in module: Name?, on kernel: any KernelView
  ) throws(ProbeFault) {
    let functions = (try? kernel.traceableFunctions()) ?? []
    if let module, !functions.contains(where: { ($0.module ?? Self.kernelModule) == module.text }) {
      if kernel.hasUnloadedModule(named: module.text) { throw .unloadedModule(module) }
      throw .unknownModule(module, among: functions)
    }
    let standing = kernel.standing(ofFunction: name)
    if standing == .alias || standing == .untold { return }
    throw .untraceable(name, standing, at: part, among: functions, on: kernel)
  }

  /// Returns what programs find at `point`.
  func context(of point: AttachPoint, on kernel: any KernelView) throws(ProbeFault) -> ProbeContext {
    if case .tracedFunction = point.target {
      var context = try trampolines.untypedContext(of: point, on: kernel)
      context.provider = names[0]
      return context
    }
    return ProbeContext(
      programKind: mechanism(for: point, on: kernel) == .kprobeMulti ? .kprobeMulti : .kprobe,
      provider: names[0], arguments: isReturn ? [] : Registers.arguments,
      returnValue: isReturn ? Registers.returnValue : nil, hasFunction: true,
      hasCookie: kernel.mayHaveCookies)
  }

  /// Returns how programs are attached to `point`.
  func mechanism(for point: AttachPoint, on kernel: any KernelView) -> AttachMechanism {
    // kprobe_multi attaches by name to the entry of a function that ftrace knows, in whatever module it is.
    if case .kernelFunction(let target) = point.target, target.offset == 0, target.address == nil,
      target.module == nil, kernel.status(of: .kprobeMulti).isAvailable
    {
      return .kprobeMulti
    }
    if case .tracedFunction = point.target { return trampolines.mechanism(for: point, on: kernel) }
    return .perfKprobe
  }

  /// Returns the full names that match `parts`.
  func names(matching parts: [Wildcard], on kernel: any KernelView) throws(KernelFault) -> [String] {
    guard parts.count <= 2 else { return [] }
    // Who asks for everything need not be told what a kernel does not have.
    if parts.isEmpty, kernel.status(of: .kprobes) == .missing { return [] }
    let module = parts.count == 2 ? parts[0] : nil
    let wanted = parts.last ?? Wildcard("*")
    return try kernel.traceableFunctions { wanted.matches($0) }
      .matching(function: wanted, module: module)
      .map { fullName(of: $0.name, in: $0.module, showingModule: module != nil) }
  }

  /// Returns the function and the offset in bytes that `part` names: `tcp_ack+8`.
  private func place(_ part: Name) throws(ProbeFault) -> (function: String, offset: UInt64) {
    guard let plus = part.text.lastIndex(of: "+") else { return (part.text, 0) }
    let text = String(part.text[part.text.index(after: plus)...])
    guard let offset = wholeNumber(text) else { throw .invalidOffset(text, at: part) }
    if isReturn { throw .offsetOfReturn(part) }
    return (String(part.text[..<plus]), offset)
  }

}

extension Array where Element == KernelFunction {

  /// Returns the functions that match, each name once; with `module`, each name once in each module.
  func matching(function: Wildcard, module: Wildcard?) -> [KernelFunction] {
    var result: [KernelFunction] = []
    for candidate in self where function.matches(candidate.name) {
      if let module, !module.matches(candidate.module ?? KprobeProvider.kernelModule) { continue }
      if let last = result.last, last.name == candidate.name, module == nil || last.module == candidate.module
      {
        continue
      }
      result.append(candidate)
    }
    return result
  }

}

extension KernelView {

  /// `false` iff the kernel is known to lack cookies.
  var mayHaveCookies: Bool { status(of: .attachCookie) != .missing }

}
