import Types

extension Options {

  /// `true` iff what scripts hold or print is shown to others, so that several can be run at once.
  var isExporting: Bool { metricsAddress != nil || zabbix.servers != nil }

  /// `true` iff a script is run, now or by a service.
  var runsScript: Bool { otherTask == nil }

  /// The option that shows it to them, for messages.
  private var exportingOption: String { metricsAddress != nil ? "--metrics" : "--zabbix" }

  /// Throws iff the options ask to show to others what there is not, or not to others what is shown to them.
  func checkExporting() throws(UsageFault) {
    if metricsAddress == nil,
      let option = webConfiguration != nil ? "--web-config" : countsRuns ? nil : "--no-statistics"
    {
      throw UsageFault("'\(option)' says how metrics are served; '--metrics PORT' serves them")
    }
    guard isExporting else { return }
    if let option = otherTask {
      throw UsageFault("'\(exportingOption)' shows what scripts hold that run, and '\(option)' runs none")
    }
    if mode != .trace {
      let option = mode == .test ? "--test" : "--bench"
      throw UsageFault(
        "'\(exportingOption)' shows what scripts hold that run on, which they do not with '\(option)'")
    }
    if command != nil && !furtherScripts.isEmpty {
      throw UsageFault(
        "'-c' starts a command that one script traces, but there are \(furtherScripts.count + 1)")
    }
    let scripts = (script.map { [$0] } ?? []) + furtherScripts
    for (index, script) in scripts.enumerated() where scripts[..<index].contains(script) {
      throw UsageFault("\(script.description) is given twice")
    }
  }

  /// What is done in place of running a script, as it stands on the command line; nil if one is run.
  private var otherTask: String? {
    switch task {
    case .trace, .service(.install), .service(.show): nil
    case .service(.uninstall): "apus service uninstall"
    case .list: "-l"
    case .build: "apus build"
    case .format: "--fmt"
    case .listTools, .showTool, .showManual, .showToolsHelp: "apus tools"
    case .showServiceHelp: "--help"
    case .showInfo: "--info"
    case .showVersion: "--version"
    case .showHelp: "--help"
    }
  }

}

extension Options.ScriptOrigin {

  /// The script as messages name it.
  fileprivate var description: String {
    switch self {
    case .argument: "'-e'"
    case .file(let path): "'\(path)'"
    case .tool(let name): "the tool '\(name)'"
    case .standardInput: "standard input"
    }
  }

}

extension OptionParser {

  /// Reads the scripts that are run at once, up to what looks like an option, which begins what is for them all, or `--`, behind
  /// which that begins.
  mutating func takeScripts() throws(UsageFault) {
    var origins = options.script.map { [$0] } ?? []
    if !options.scriptArgumentsFollowSeparator {
      while let operand = rest.first, operand == "-" || !operand.hasPrefix("-") {
        rest.removeFirst()
        origins.append(Options.ScriptOrigin(operand: operand))
      }
      options.scriptArgumentsFollowSeparator = origins.count > 1
      if rest.first == "--" {
        rest.removeFirst()
        options.scriptArgumentsFollowSeparator = true
      } else {
        try refuseOptionsOfApus(behind: origins)
      }
    }
    options.script = origins.first
    options.furtherScripts = Array(origins.dropFirst())
  }

  /// Throws iff options of apus stand behind scripts, which would take them for their own: passwords that nobody is asked for would
  /// go unnoticed. A tool alone tells them from its own.
  private func refuseOptionsOfApus(behind origins: [Options.ScriptOrigin]) throws(UsageFault) {
    if origins.count == 1, case .tool = origins[0] { return }
    for word in rest.prefix(while: { $0 != "--" }) {
      let name = word.split(separator: "=", maxSplits: 1).first.map(String.init) ?? word
      if OptionRow.all.contains(where: { $0.names.contains(name) }) {
        throw UsageFault(
          "'\(name)' stands behind a script; options of apus stand in front of all scripts, and those of scripts behind '--'"
        )
      }
    }
  }

}
