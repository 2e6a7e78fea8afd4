import BPF
import Glibc
public import IR
public import Probes
public import Types

/// Loads `object`, whose programs are attached as `plan` says and share `manifest` with the process.
///
/// Nothing is attached yet, and everything is released when the session ends.
public func load(
  _ object: BPFObject, sharing manifest: Manifest, following plan: AttachPlan,
  options: LoadOptions = LoadOptions()
) throws(LoadError) -> Session {
  try checkPermission()
  if options.isInterrupted() { throw .interrupted }
  if let folder = options.pinFolder { try checkPinning(of: manifest, in: folder) }
  // A program and its link are an open file each.
  if plan.programs.count > 100 { Limits.allowOpenFiles(2 * plan.programs.count + manifest.maps.count + 256) }
  var requests: [String: TracingRequest] = [:]
  for program in plan.programs { requests[program.name] = program.tracingRequest(license: object.license) }
  let foreignMaps = try ForeignMaps(of: manifest)
  let loaded: LoadedObject
  do {
    loaded = try LoadedObject(
      loading: object.bytes, name: ObjectNames.object, recordsLogs: options.recordsVerifierLogs,
      tracing: requests, using: foreignMaps.files,
      changes: options.hasNewPlan ? ObjectChanges(for: plan, sharing: manifest) : nil)
  } catch {
    throw loadError(for: error, of: object)
  }
  var programs: [ProgramHandle] = []
  for program in plan.programs {
    guard let handle = loaded.program(named: program.name) else {
      throw foreignObject("there is no program '\(program.name)' in it")
    }
    programs.append(handle)
  }
  guard let section = loaded.sharedMemory(ofSection: ObjectNames.globals), let globals = section.baseAddress,
    section.count >= manifest.globals.size
  else { throw foreignObject("there is no section '\(ObjectNames.globals)' in it that is large enough") }
  return Session(
    loaded, sharing: manifest, following: plan, programs: programs, globals: globals,
    options: options)
}

/// Returns the error of an object that does not fit what is known about it, since it was changed where it was stored.
private func foreignObject(_ reason: String) -> LoadError {
  .objectRefused(SystemError(call: "bpf_object__open", number: EINVAL), details: [reason])
}

extension ObjectChanges {

  /// Creates the changes that make of an object one whose programs are attached as `plan` says and share `manifest`.
  fileprivate init(for plan: AttachPlan, sharing manifest: Manifest) {
    let sections = plan.programs.map { ($0.name, $0.kind.section) }
    let capacities = manifest.maps.flatMap { map in
      [map, map.second].compactMap { $0 }.compactMap { part in
        part.probeCapacity.map { (part.objectName, $0) }
      }
    }
    self.init(
      sections: Dictionary(sections) { first, _ in first },
      capacities: Dictionary(capacities) { first, _ in first })
  }

}

/// Returns what `fault` means for the script that `object` was compiled from.
private func loadError(for fault: ObjectFault, of object: BPFObject) -> LoadError {
  if let program = fault.program, !fault.log.isEmpty {
    return .refusedByVerifier(refusal(of: program, saying: fault.log, in: object))
  }
  if let program = fault.program {
    let (reason, hint) = unexplainedRefusal(fault.error)
    return .refusedByVerifier(
      VerifierRefusal(program: program, summary: reason, hint: hint, position: nil, log: ""))
  }
  if let map = fault.map { return .mapRefused(name: map, fault.error) }
  return .objectRefused(fault.error, details: fault.warnings)
}

/// Returns what the verifier's `log` means for the script that `object` was compiled from.
private func refusal(of program: String, saying log: String, in object: BPFObject) -> VerifierRefusal {
  let summary = VerifierSummary(of: log)
  var position: IRPosition? = nil
  if let lines = ObjectLines(of: object) {
    position = summary.instruction.flatMap { lines.position(ofInstruction: $0, in: program) }
    // Of the functions behind the program, and where the kernel names no instruction, it is the probe.
    position = position ?? lines.position(ofInstruction: 0, in: program)
  }
  return VerifierRefusal(
    program: program, summary: summary.reason, hint: summary.hint, position: position, log: log)
}

/// Returns what it means that the kernel refuses a program with `error` and nothing else, and what to do about it.
private func unexplainedRefusal(_ error: SystemError) -> (reason: String, hint: String?) {
  switch error.number {
  case E2BIG: ("it is longer than the million instructions that the kernel takes", "make it shorter")
  case EPERM: ("it is not permitted", "the kernel may be locked down, or a security module may forbid it")
  case ENOMEM: ("there is not enough memory", nil)
  case EINVAL: ("the kernel does not know this kind of program", "the kernel may be too old")
  default: (error.explanation, nil)
  }
}
