import Storing
import Types

extension Options {

  /// Throws iff the options make no sense for a script that is compiled into a file.
  func checkBuilding() throws(UsageFault) {
    if outputPath == nil {
      throw UsageFault("'apus build' needs '-o FILE', the file that the script is compiled into")
    }
    if let name = processOption {
      throw UsageFault("'\(name)' names a process of this moment, for which nothing can be built")
    }
    if !stages.isEmpty || isDryRun {
      throw UsageFault("'apus build' shows no stages; leave out 'build' to see them")
    }
  }

  /// The option that narrows tracing to a process, nil if none does.
  private var processOption: String? { targetPID != nil ? "-p" : command != nil ? "-c" : nil }

  /// Throws iff the options ask for what was decided when `script` was built from the file called `name`.
  func checkRunning(_ script: CompiledScript, named name: String) throws(Stop) {
    if let option = processOption {
      throw Stop("'\(option)' cannot narrow '\(name)', whose programs were compiled for all processes")
    }
    let decided: [(name: String, isGiven: Bool)] = [
      ("--cgroup", controlGroup != nil),
      ("--cgroupmap", controlGroupMap != nil), ("--mntnsmap", mountNamespaceMap != nil),
      ("-I", !headerFolders.isEmpty), ("--include", !headers.isEmpty),
      ("-k", reportsHelperErrors && !script.settings.reportsHelperErrors),
      ("--pin", pinFolder != nil && !script.settings.pinsMaps),
      ("--test", mode == .test && script.settings.mode != .test),
      ("--bench", mode == .bench && script.settings.mode != .bench),
    ]
    if let option = decided.first(where: \.isGiven)?.name {
      throw Stop(
        "'\(option)' must be given to 'apus build': the programs in '\(name)' were compiled without it")
    }
    if !scriptArguments.isEmpty {
      throw Stop("'\(name)' takes no parameters: those that 'apus build' was given are in it")
    }
    if script.settings.allowsUnsafe && !allowsUnsafe {
      throw Stop(
        "'\(name)' was built with '--unsafe' and may change the system",
        hint: "it is run with '--unsafe' only")
    }
    let shown = stages.subtracting([.plan, .libbpf, .verifier])
    if let stage = shown.map(\.rawValue).sorted().first {
      throw Stop("'-d \(stage)' shows nothing of '\(name)', which is compiled")
    }
  }

}
