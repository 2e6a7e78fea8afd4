import BPF
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
  let loaded: LoadedObject
  do {
    loaded = try LoadedObject(
      loading: object.bytes, name: "apus", recordsLogs: options.recordsVerifierLogs)
  } catch {
    throw loadError(for: error, of: object)
  }
  var programs: [ProgramHandle] = []
  for program in plan.programs {
    guard let handle = loaded.program(named: program.name) else {
      preconditionFailure("the object has no program '\(program.name)'")
    }
    programs.append(handle)
  }
  guard let globals = loaded.sharedMemory(ofSection: ObjectNames.globals)?.baseAddress else {
    preconditionFailure("the object has no section '\(ObjectNames.globals)'")
  }
  return Session(
    loaded, sharing: manifest, following: plan, programs: programs, globals: globals,
    options: options)
}

/// Returns what `fault` means for the script that `object` was compiled from.
private func loadError(for fault: ObjectFault, of object: BPFObject) -> LoadError {
  if let program = fault.program, !fault.log.isEmpty {
    return .refusedByVerifier(
      VerifierRefusal(program: program, summary: fault.log, hint: nil, position: nil, log: fault.log))
  }
  if let map = fault.map { return .mapRefused(name: map, fault.error) }
  return .objectRefused(fault.error, details: fault.warnings)
}
