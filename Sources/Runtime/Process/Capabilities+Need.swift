public import BPF
public import Types

extension Capabilities {

  /// Returns what the rest of a run of a script with `manifest` needs once everything is attached; nil if it may need all.
  ///
  /// Reading maps and events, running programs, reading iterators and detaching need none. Add to this whatever a run comes to do.
  ///
  /// - Parameter startedProcess: `true` iff the run ends a process that it started, which may belong to another user by then.
  public static func needed(by manifest: Manifest, startedProcess: Bool) -> Capabilities? {
    var result = toUseWhatIsLoaded
    if startedProcess { result.insert(.signal) }
    // What is mapped in processes of others, and the files with their symbols.
    if manifest.hasUserAddresses { result.formUnion([.inspectProcesses, .readFiles]) }
    // The paths of control groups are found by handles, see open_by_handle_at(2).
    if manifest.hasControlGroups { result.insert(.readFiles) }
    // Where `/proc` is mounted with `hidepid`, processes of others are hidden.
    if manifest.hasProcessNames { result.insert(.inspectProcesses) }
    for event in manifest.events {
      switch event.action {
      case .cat: result.insert(.readFiles)
      case .system: return nil
      default: break
      }
    }
    return result
  }

}

extension Tracing {

  /// Gives up what the rest of the run does not need of what the process may do.
  ///
  /// - Parameter startedProcess: `true` iff the run ends a process that it started.
  func giveUpCapabilities(startedProcess: Bool) {
    guard let needed = Capabilities.needed(by: manifest, startedProcess: startedProcess) else { return }
    if manifest.hasKernelAddresses { maps.decoder.kernelNames.prepare() }
    needed.keepInThread()
  }

}
