import Diagnostics
import IR
import Kernel
import Syntax
import Types

/// `uprobe` and `uretprobe`: the entry of a function of a program or library, a place in it, or its return.
struct UprobeProvider: ProbeProvider {

  /// `true` iff the probes are on returns.
  let isReturn: Bool

  /// The names in scripts.
  var names: [String] { isReturn ? ["uretprobe", "ur"] : ["uprobe", "u"] }

  /// Returns the attach points that `spec` denotes.
  func resolve(
    _ spec: ProbeSpec, on kernel: any KernelView, settings: Settings
  ) throws(ProbeFault) -> [AttachPoint] {
    let request = try UserFunctionRequest(spec, of: self, on: kernel)
    if kernel.status(of: .uprobes) == .missing { throw .uprobesMissing(spec) }
    let binaries: [TargetBinary]
    do {
      binaries = try kernel.binaries.binaries(named: request.binary?.text)
    } catch {
      throw ProbeFault(error, at: request.binary?.site ?? spec.site)
    }
    var points: [AttachPoint] = []
    let search = UserFunctionSearch(request, on: kernel, settings: settings)
    for binary in binaries {
      let places: [UserFunctionSearch.Place]
      do {
        places = try search.places(in: binary)
      } catch {
        // A pattern may denote some files that can have such a function and others that cannot.
        if binaries.count > 1, error.isMissing { continue }
        throw error
      }
      for place in places {
        let target = UserCodeTarget(
          binary: binary, offset: place.offset, process: settings.targetPID, isReturn: isReturn,
          isEntry: place.isEntry)
        points.append(
          AttachPoint(
            name: "\(names[0]):\(binary.path)\(request.line.map { "@\($0.file)" } ?? ""):\(place.name)",
            function: place.function,
            target: .userCode(target), isChosenByWildcard: request.isPattern, site: spec.site))
      }
    }
    if points.isEmpty { throw .noMatch(spec) }
    return points
  }

  /// Returns what programs find at `point`.
  func context(of point: AttachPoint, on kernel: any KernelView) throws(ProbeFault) -> ProbeContext {
    var context = ProbeContext(
      programKind: mechanism(for: point, on: kernel) == .uprobeMulti ? .uprobeMulti : .uprobe,
      provider: names[0], arguments: isReturn ? [] : Registers.arguments,
      returnValue: isReturn ? Registers.returnValue : nil, hasFunction: true, addressSpace: .user,
      hasCookie: kernel.mayHaveCookies)
    if case .userCode(let target) = point.target { context.isUserFunctionEntry = target.isEntry && !isReturn }
    return context
  }

  /// Returns `context`, that of `point`, with the arguments that debug information tells of if `args` is used, and with the
  /// place if `uaddr` is.
  func completed(
    _ context: ProbeContext, of point: AttachPoint, using names: Set<String>, on kernel: any KernelView
  ) throws(ProbeFault) -> ProbeContext {
    var result = context.placed(at: point, using: names, on: kernel)
    guard names.contains("args"), !isReturn, case .userCode(let target) = point.target else { return result }
    guard let signature = kernel.binaries.signature(ofFunctionAt: target.offset, in: target.binary) else {
      throw .noSignature(of: point, in: target.binary, on: kernel)
    }
    result.fields = signature.fields
    result.unreadableArguments = signature.unreadable
    return result
  }

  /// Returns how programs are attached to `point`.
  func mechanism(for point: AttachPoint, on kernel: any KernelView) -> AttachMechanism {
    kernel.userCodeMechanism
  }

  /// Returns the full names that match `parts`: a file and a function, between them perhaps a language; of the traced process
  /// the function suffices.
  func names(matching parts: [Wildcard], on kernel: any KernelView) throws(KernelFault) -> [String] {
    guard (1...3).contains(parts.count), parts.count > 1 || kernel.binaries.hasProcess else { return [] }
    if kernel.status(of: .uprobes) == .missing { return [] }
    var language: FunctionLanguage? = nil
    if parts.count == 3 {
      guard let known = FunctionLanguage(rawValue: parts[1].text) else { return [] }
      language = known
    }
    let file = parts.count > 1 && !parts[0].text.isEmpty ? parts[0].text : nil
    var result: [String] = []
    do {
      for binary in try kernel.binaries.binaries(named: file) {
        let functions = try kernel.binaries.functions(of: binary, in: language) {
          parts[parts.count - 1].matches($0)
        }
        let found = Set(functions.lazy.filter { !$0.isChooser }.map { $0.name(in: language) })
        result += found.sorted().map { "\(names[0]):\(binary.path):\($0)" }
      }
    } catch {
      // What matches nothing is an empty list.
      if error.isMissing { return [] }
      throw KernelFault(error.message, hint: error.hint)
    }
    return result
  }

  /// Returns the declarations of the arguments of the probe `name` as far as debug information tells them.
  func arguments(ofProbe name: String, on kernel: any KernelView) throws(KernelFault) -> [String] {
    let parts = name.split(separator: ":", maxSplits: 2).map(String.init)
    guard parts.count == 3, !isReturn, let binary = try? kernel.binaries.binaries(named: parts[1]).first,
      let function = try? kernel.binaries.functions(
        of: binary, in: nil, where: { $0.elementsEqual(parts[2].utf8) }
      ).first,
      let signature = kernel.binaries.signature(ofFunctionAt: function.offset, in: binary)
    else { return [] }
    return signature.parameters.map(\.declaration)
  }

}

extension UserFunctionSignature {

  /// The arguments that are in registers, and that scripts have types for.
  var fields: [ContextField] {
    parameters.compactMap { parameter in
      guard let type = parameter.type, type.isScalar, let register = parameter.register,
        !parameter.name.isEmpty,
        register < Registers.argumentOffsets.count
      else { return nil }
      let value = ContextValue(type: type, offset: Registers.argumentOffsets[register])
      return ContextField(name: parameter.name, value: value, declaration: parameter.declaration)
    }
  }

  /// The declarations of all other arguments, by name.
  var unreadable: [String: String] {
    let readable = Set(fields.map(\.name))
    let others = parameters.filter { !readable.contains($0.name) && !$0.name.isEmpty }
    return Dictionary(others.map { ($0.name, $0.declaration) }, uniquingKeysWith: { first, _ in first })
  }

}

extension KernelView {

  /// How programs are attached to places in programs and libraries.
  var userCodeMechanism: AttachMechanism {
    status(of: .uprobeMulti).isAvailable ? .uprobeMulti : .perfUprobe
  }

}
