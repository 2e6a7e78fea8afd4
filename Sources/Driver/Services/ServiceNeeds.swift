import BPF
import Kernel
import Probes
import Runtime
import Services
import Storing
import Types
import WebServer

/// What a service must be allowed and shown for its scripts.
struct ServiceNeeds {

  /// What the command line says.
  let options: Options

  /// What the process must be able to do, nil if it may need all.
  private var capabilities: Capabilities? = [.loadPrograms, .monitor, .readFiles]

  /// The files and folders that are read.
  private var readPaths: [String]

  /// The files that are written.
  private var writtenPaths: [String]

  /// The files of maps of others that are opened.
  private var pinnedMaps: [String]

  /// `true` iff scripts read files whose names are not known before.
  private var readsAnyFile = false

  /// Creates an instance for a run of `program` as `options` say.
  init(_ options: Options, program: String) {
    self.options = options
    readPaths = [program] + options.service.given.filter(\.isPath).compactMap(\.value)
    writtenPaths = [options.outputPath].compactMap(\.self)
    pinnedMaps = [options.controlGroupMap, options.mountNamespaceMap].compactMap(\.self)
    if let text = options.metricsAddress, let port = ListeningAddress(text)?.port, (1..<1024).contains(port) {
      capabilities?.insert(.bindPorts)
    }
  }

  /// Adds what `script` needs, for which `files` were read and, iff `hasAddresses`, addresses of the kernel.
  mutating func add(_ script: CompiledScript, files: [String], hasAddresses: Bool) {
    let (manifest, plan) = (script.manifest, script.plan)
    readPaths += files + plan.files
    writtenPaths += manifest.packetFiles
    pinnedMaps += manifest.maps.compactMap(\.pinned?.path)
    for event in manifest.events { if case .cat = event.action { readsAnyFile = true } }
    guard let kept = Capabilities.needed(by: manifest, startedProcess: false) else {
      capabilities = nil
      return
    }
    capabilities?.formUnion(kept)
    // Whoever reads `/proc/kallsyms` sees addresses only with that.
    if hasAddresses { capabilities?.insert(.readAddresses) }
    // Debian's kernels let CAP_PERFMON not suffice for perf events at their usual level.
    if (PerfEvent.paranoia() ?? 0) > 2 && plan.hasPerfEvents { capabilities?.insert(.administer) }
  }

  /// Lets `unit` have all that, and no more.
  func apply(to unit: inout ServiceUnit) {
    unit.capabilities = capabilities?.names
    unit.runsCommands = capabilities == nil
    if readsAnyFile || readPaths.contains(where: { $0.isBelow(["/home", "/root", "/run/user"]) }) {
      unit.homeFolders = .readable
    }
    unit.hasOwnTemporaryFiles = temporaryPath == nil && !readsAnyFile
    unit.writableFolders =
      Set((writtenPaths + [options.pinFolder].compactMap(\.self)).map(\.folder)).sorted()
    unit.usesNetwork = options.metricsAddress != nil || options.zabbix.servers != nil
    if let reasonForRoot { unit.user = .root(reason: reasonForRoot) }
  }

  /// What is read where the service would have temporary files of its own, nil if nothing is.
  private var temporaryPath: String? { readPaths.first { $0.isBelow(["/tmp", "/var/tmp"]) } }

  /// Why the service runs as root, nil if it need not.
  private var reasonForRoot: String? {
    if capabilities == nil { return "a script runs commands" }
    if let path = writtenPaths.first { return "it writes to '\(path)'" }
    if let path = options.pinFolder { return "it leaves maps in '\(path)'" }
    if let path = pinnedMaps.first { return "it uses the map at '\(path)'" }
    if let path = temporaryPath {
      return "a user of its own would have other temporary files than '\(path)'"
    }
    if readsAnyFile { return "a script reads files, perhaps temporary ones" }
    // They are read anew when they change, which is after all capabilities are given up.
    if let path = options.webConfiguration { return "it reads '\(path)' again when that changes" }
    return nil
  }

}

extension AttachPlan {

  /// `true` iff something is attached by perf events.
  fileprivate var hasPerfEvents: Bool {
    programs.contains { program in
      switch program.mechanism {
      case .perfKprobe, .perfUprobe, .perfTracepoint, .perfClock, .perfBreakpoint, .perfCounter: true
      default: false
      }
    }
  }

  /// The programs and libraries that are probed.
  fileprivate var files: [String] {
    programs.flatMap(\.points).compactMap { point in
      if case .userCode(let target) = point.point.target { target.binary.path } else { nil }
    }
  }

}

extension String {

  /// `true` iff the path is in one of `folders`.
  fileprivate func isBelow(_ folders: [String]) -> Bool { folders.contains { hasPrefix($0 + "/") } }

  /// The folder that the path, a full one, is in.
  fileprivate var folder: String { "/" + split(separator: "/").dropLast().joined(separator: "/") }

}
