public import Diagnostics
public import Kernel
import Probes
public import Syntax
public import Types

/// Returns `script` with names resolved, types inferred and probes found on `kernel`, nil iff errors were reported.
///
/// The script's `config` block is applied on top of `settings`, and `overrides`,
/// settings by key that have been found to be valid, on top of that. `parameters` are those that `getopt` asks for.
/// What neither the script nor the kernel defines is looked for in `headers`.
/// If `isWanted` is given, attach points are left out whose names it does not want, but for those of the script itself.
public func analyze(
  _ script: Script, on kernel: any KernelView, including headers: ScriptHeaders = ScriptHeaders(),
  settings: Settings, overrides: [String: String] = [:],
  parameters: [NamedParameter] = [], keeping isWanted: ((String) -> Bool)? = nil,
  reportingTo diagnostics: inout DiagnosticSet
) -> Program? {
  var found = DiagnosticSet()
  defer { diagnostics.formUnion(found) }
  var settings = settings
  settings.apply(script.configuration, reportingTo: &found)
  for (key, value) in overrides { _ = settings.apply(key: key, variable: value) }
  script.checkUnstableFeatures(settings, reportingTo: &found)
  let script = script.expandingMacros(reportingTo: &found)

  let types = ScriptTypes(script.definitions, on: kernel, including: headers)
  script.rejectFaultyHeaders(headers, reportingTo: &found)
  found.formUnion(types.diagnostics)

  let options = ScriptOptions(ofExpanded: script, parameters, reportingTo: &found)
  var resolution = ProbeResolution(
    on: kernel, settings: settings, options: options, isWanted: isWanted)
  for block in script.actions { resolution.resolve(block) }
  if resolution.diagnostics.containsError, !found.containsError {
    script.rejectUnknownNames(knowing: types, reportingTo: &found)
  }
  found.formUnion(resolution.diagnostics)
  if resolution.actions.isEmpty, !found.containsError, let spec = script.actions.first?.probes.first {
    found.insert(.nothingToAttach(spec, in: settings.mode))
  }
  // Types of what is not understood cannot be told, so that messages about them would only repeat the cause.
  if found.containsError { return nil }

  var actions = resolution.actions
  actions.remarkOnBypassedFunctions(of: kernel, reportingTo: &found)
  for index in actions.indices {
    found.formUnion(VariableResolution(of: &actions[index]).diagnostics)
    found.formUnion(FlowCheck(of: actions[index]).diagnostics)
    actions[index].checkFilters(of: settings, on: kernel, reportingTo: &found)
  }
  var inference = Inference(
    of: actions, macros: script.macros, nodeCount: resolution.copier.nodeCount, types: types,
    settings: settings
  )
  inference.declare(script.mapDeclarations.map { resolution.withLiterals($0) })
  inference.run()
  inference.checkDeclaredMaps(except: resolution.mapsLeftOut)
  inference.checkPinnedMaps()
  if !found.containsError { inference.reportUnknownTypes() }
  found.formUnion(inference.diagnostics)
  if found.containsError { return nil }
  var program = inference.program(of: script.source, help: script.mapHelp)
  program.blocks = resolution.blocks
  if program.actions.isEmpty, let spec = script.actions.first?.probes.first {
    found.insert(.nothingToAttach(spec, in: settings.mode))
    return nil
  }
  return program
}
