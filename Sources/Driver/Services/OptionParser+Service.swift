import Diagnostics
import Types

extension OptionParser {

  /// Reads what stands behind `service` and in front of the options: what is to be done.
  mutating func takeServiceAction() throws(UsageFault) -> ServiceAction {
    let known = ServiceAction.allCases.map(\.rawValue)
    guard let word = rest.popFirst() else {
      throw UsageFault("'apus service' needs one of the words \(known.joined(separator: ", "))")
    }
    guard let action = ServiceAction(rawValue: word) else {
      let near = suggestion(for: word, among: known)
      throw UsageFault(
        "'apus service' does not know '\(word)'"
          + (near.isEmpty ? "; it knows \(known.joined(separator: ", "))" : near))
    }
    return action
  }

  /// Returns the task to do `action`, unless the options ask for something that explains itself.
  func serviceTask(_ action: ServiceAction?) throws(UsageFault) -> Options.Task {
    switch options.task {
    case .showHelp: return .showServiceHelp
    case .showVersion: return options.task
    case .trace: if let action { return .service(action) } else { return .showServiceHelp }
    default: throw UsageFault("a service runs a script; '-l', '--fmt' and '--info' do something else")
    }
  }

  /// Reads which services are to be uninstalled, if `--name` does not say it.
  mutating func takeServiceNames() throws(UsageFault) {
    try options.checkService()
    if rest.isEmpty && options.service.name == nil {
      throw UsageFault("'apus service uninstall' needs the name of a service or its script")
    }
    if let name = options.service.name, let other = rest.first {
      throw UsageFault("'--name \(name)' says which service is uninstalled; '\(other)' is one too many")
    }
  }

}

extension Options {

  /// Throws iff the options make no sense for a service, or are for services and there is none.
  func checkService() throws(UsageFault) {
    guard case .service(let action) = task else {
      if service.startsNow {
        throw UsageFault("'--now' is for 'apus service install' and stands behind that")
      }
      if service.name != nil { throw UsageFault("'--name' is for 'apus service' and stands behind that") }
      return
    }
    if service.startsNow && action != .install {
      throw UsageFault(
        "'--now' is for 'apus service install'; 'apus service \(action.rawValue)' starts nothing")
    }
    if action != .uninstall { try checkServedScript() }
  }

  /// Throws iff what is asked for cannot be done by a service.
  private func checkServedScript() throws(UsageFault) {
    if script == .standardInput {
      throw UsageFault("a service reads its script whenever it starts, but standard input only now")
    }
    if let name = targetPID != nil ? "-p" : command != nil ? "-c" : nil {
      throw UsageFault("'\(name)' names a process of this moment, which a service outlives")
    }
    if mode != .trace { throw UsageFault("a service traces; '--test' and '--bench' do something else") }
    if !stages.isEmpty || isDryRun {
      throw UsageFault("'apus service' shows no stages; leave out 'service' to see them")
    }
    if case .argument? = script, service.name == nil {
      throw UsageFault("a service for '-e' needs a name; give it '--name NAME'")
    }
  }

}
