import Diagnostics
import IR
import Kernel
import Syntax
import Types

/// `usdt`: a place in a program or library that its programmers marked.
struct UsdtProvider: ProbeProvider {

  /// The names in scripts.
  let names = ["usdt", "U"]

  /// A marked place that was found.
  private struct Found {

    /// The program or library.
    let binary: TargetBinary

    /// The place.
    let probe: StaticProbe

  }

  /// Returns the attach points that `spec` denotes, one for each place: a probe can be marked several times.
  func resolve(
    _ spec: ProbeSpec, on kernel: any KernelView, settings: Settings
  ) throws(ProbeFault) -> [AttachPoint] {
    let parts = spec.parts
    let hasFile = parts.count > 2 && !parts[1].text.isEmpty
    guard (2...4).contains(parts.count), let name = parts.last, !name.text.isEmpty,
      hasFile || kernel.binaries.hasProcess
    else { throw .wrongForm(spec, expected: "usdt:path:name") }
    if kernel.status(of: .uprobes) == .missing { throw .uprobesMissing(spec) }
    let file = hasFile ? parts[1] : nil
    let namespace = parts.count == 4 && !parts[2].text.isEmpty ? parts[2] : nil
    let isPattern = [file, namespace, name].contains { Wildcard.isPattern($0?.text ?? "") }
    let (wantedName, wantedNamespace) = (Wildcard(name.text), namespace.map { Wildcard($0.text) })
    var found: [Found] = []
    var others: [StaticProbe] = []
    let files: [TargetBinary]
    do {
      files = try binaries(named: file?.text, on: kernel)
      for binary in files {
        for probe in try kernel.binaries.staticProbes(of: binary) {
          if wantedName.matches(probe.name), wantedNamespace?.matches(probe.namespace) ?? true {
            found.append(Found(binary: binary, probe: probe))
          } else {
            others.append(probe)
          }
        }
      }
    } catch {
      throw ProbeFault(error, at: file?.site ?? spec.site)
    }
    if found.isEmpty {
      throw isPattern ? .noMatch(spec) : missing(name, namespace, in: files[0], among: others)
    }
    found.sort { fullName(of: $0.probe, in: $0.binary) < fullName(of: $1.probe, in: $1.binary) }
    return found.map { found in
      let target = UserCodeTarget(
        binary: found.binary, offset: found.probe.offset, semaphoreOffset: found.probe.semaphoreOffset,
        process: settings.targetPID)
      return AttachPoint(
        name: fullName(of: found.probe, in: found.binary), target: .userCode(target),
        isChosenByWildcard: isPattern, site: spec.site)
    }
  }

  /// Returns why `binary`, whose places are `probes`, has none that is called `name`.
  private func missing(
    _ name: Name, _ namespace: Name?, in binary: TargetBinary, among probes: [StaticProbe]
  ) -> ProbeFault {
    if probes.isEmpty { return .noStaticProbes(in: binary, at: name) }
    if let namespace, !probes.contains(where: { $0.namespace == namespace.text }) {
      return .unknownNamespace(namespace, in: binary, among: Set(probes.map(\.namespace)).sorted())
    }
    return .unknownStaticProbe(
      name, in: binary,
      among: Set(probes.filter { namespace.map(\.text) ?? $0.namespace == $0.namespace }.map(\.name)).sorted()
    )
  }

  /// Returns the programs and libraries that `name` denotes. `*`, and no name, mean those that the traced process has in memory
  /// or, where none is traced, those that any process has.
  private func binaries(
    named name: String?, on kernel: any KernelView
  ) throws(BinaryLookupFault) -> [TargetBinary] {
    if let name, name != "*" { return try kernel.binaries.binaries(named: name) }
    if !kernel.binaries.hasProcess { return kernel.binaries.runningBinaries() }
    var result = [try kernel.binaries.binaries(named: nil)[0]]
    for binary in (try? kernel.binaries.binaries(named: "*")) ?? [] where binary != result[0] {
      result.append(binary)
    }
    return result
  }

  /// Returns the full name of `probe`.
  private func fullName(of probe: StaticProbe, in binary: TargetBinary) -> String {
    "\(names[0]):\(binary.path):\(probe.namespace):\(probe.name)"
  }

  /// Returns what programs find at `point`.
  func context(of point: AttachPoint, on kernel: any KernelView) throws(ProbeFault) -> ProbeContext {
    guard case .userCode(let target) = point.target else {
      preconditionFailure("an attach point of another provider")
    }
    let probe: StaticProbe?
    do {
      probe = try kernel.binaries.staticProbes(of: target.binary).first {
        $0.offset == target.offset && fullName(of: $0, in: target.binary) == point.name
      }
    } catch {
      throw ProbeFault(error, at: point.site)
    }
    var context = ProbeContext(
      programKind: kernel.userCodeMechanism == .uprobeMulti ? .uprobeMulti : .kprobe, provider: names[0],
      arguments: probe.map { arguments(of: $0, in: target.binary, on: kernel) } ?? [],
      addressSpace: .user, hasCookie: kernel.mayHaveCookies)
    context.knowsAllArguments = true
    return context
  }

  /// Returns the arguments of `probe` as programs find them.
  private func arguments(
    of probe: StaticProbe, in binary: TargetBinary, on kernel: any KernelView
  ) -> [ContextValue] {
    StaticProbeArgument.list(probe.arguments, for: .native).map {
      $0.value(in: probe, of: binary, on: kernel)
    }
  }

  /// Returns how programs are attached to `point`.
  func mechanism(for point: AttachPoint, on kernel: any KernelView) -> AttachMechanism {
    kernel.userCodeMechanism
  }

  /// Returns the full names that match `parts`: a file, perhaps a namespace, and a name; of the traced process the name
  /// suffices.
  func names(matching parts: [Wildcard], on kernel: any KernelView) throws(KernelFault) -> [String] {
    guard parts.count <= 3, parts.count > 1 || kernel.binaries.hasProcess,
      kernel.status(of: .uprobes) != .missing
    else { return [] }
    let file = parts.count > 1 && !parts[0].text.isEmpty ? parts[0].text : nil
    var result: Set<String> = []
    do {
      for binary in try binaries(named: file, on: kernel) {
        for probe in try kernel.binaries.staticProbes(of: binary)
        where parts.last?.matches(probe.name) ?? true
          && (parts.count < 3 || parts[1].matches(probe.namespace))
        {
          result.insert(fullName(of: probe, in: binary))
        }
      }
    } catch {
      // What matches nothing is an empty list.
      if error.isMissing { return [] }
      throw KernelFault(error.message, hint: error.hint)
    }
    return result.sorted()
  }

  /// Returns the types of the arguments of the probe with the given full name.
  func arguments(ofProbe name: String, on kernel: any KernelView) throws(KernelFault) -> [String] {
    let parts = name.split(separator: ":", omittingEmptySubsequences: false)
    guard parts.count > 3 else { return [] }
    let path = parts[1..<parts.count - 2].joined(separator: ":")
    guard let binary = try? kernel.binaries.binaries(named: path).first,
      let probe = try? kernel.binaries.staticProbes(of: binary).first(where: {
        fullName(of: $0, in: binary) == name
      })
    else { return [] }
    return arguments(of: probe, in: binary, on: kernel).enumerated().map { "\($1.type.description) arg\($0)" }
  }

}
