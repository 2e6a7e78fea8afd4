import BPF
import Kernel
import Probes
import Runtime
import Services
import Storing
import Types

/// What a service must be allowed and shown for its scripts.
struct ServiceNeeds {

  /// What the command line says.
  private let options: Options

  /// The files that are read to compile the script.
  private let files: [String]

  /// `true` iff addresses of the kernel are asked for.
  private let addresses: Bool

  /// Creates an instance for a script run as `options` say, which `files` are read for, and `addresses` of the kernel.
  init(_ options: Options, files: [String], addresses: Bool) {
    self.options = options
    self.files = files
    self.addresses = addresses
  }

  /// Lets `unit` have what it needs to run `script` by the programs in `programs`, and no more.
  func apply(of script: CompiledScript, reading programs: [String], to unit: inout ServiceUnit) {
    unit.capabilities = capabilities(for: script)?.names
    unit.runsCommands = unit.capabilities == nil
    let files =
      files + script.plan.files + programs + options.service.given.filter(\.isPath).compactMap(\.value)
    let readsAnything = script.manifest.events.contains { if case .cat = $0.action { true } else { false } }
    if readsAnything || files.contains(where: { $0.isBelow(["/home", "/root", "/run/user"]) }) {
      unit.homeFolders = .readable
    }
    let temporary = files.first { $0.isBelow(["/tmp", "/var/tmp"]) }
    unit.hasOwnTemporaryFiles = temporary == nil && !readsAnything
    let written = [options.outputPath].compactMap(\.self) + script.manifest.packetFiles
    unit.writableFolders = Set((written + [options.pinFolder].compactMap(\.self)).map(\.folder)).sorted()
    if let reason = reasonForRoot(script, writing: written, temporary: temporary) {
      unit.user = .root(reason: reason)
    }
  }

  /// Returns why the service runs as root, nil if it need not.
  private func reasonForRoot(
    _ script: CompiledScript, writing written: [String], temporary: String?
  ) -> String? {
    if capabilities(for: script) == nil { return "the script runs commands" }
    if let path = written.first { return "it writes to '\(path)'" }
    if let path = options.pinFolder { return "it leaves maps in '\(path)'" }
    let pinned =
      script.manifest.maps.compactMap(\.pinned?.path)
      + [options.controlGroupMap, options.mountNamespaceMap].compactMap(\.self)
    if let path = pinned.first { return "it uses the map at '\(path)'" }
    if let path = temporary { return "a user of its own would have other temporary files than '\(path)'" }
    return nil
  }

  /// Returns what loading `script`, attaching it and its run need; nil if it may need all.
  private func capabilities(for script: CompiledScript) -> Capabilities? {
    guard var result = Capabilities.needed(by: script.manifest, startedProcess: false) else { return nil }
    // What tracefs has is for root to read.
    result.formUnion([.loadPrograms, .monitor, .readFiles])
    // Whoever reads `/proc/kallsyms` sees addresses only with that.
    if addresses { result.insert(.readAddresses) }
    // Debian's kernels let CAP_PERFMON not suffice for perf events at their usual level.
    if (PerfEvent.paranoia() ?? 0) > 2 && script.plan.hasPerfEvents { result.insert(.administer) }
    return result
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
    Set(
      programs.flatMap(\.points).compactMap { point in
        if case .userCode(let target) = point.point.target { target.binary.path } else { nil }
      }
    ).sorted()
  }

}

extension String {

  /// `true` iff the path is in one of `folders`.
  fileprivate func isBelow(_ folders: [String]) -> Bool { folders.contains { hasPrefix($0 + "/") } }

  /// The folder that the path, a full one, is in.
  fileprivate var folder: String {
    let parts = split(separator: "/").dropLast()
    return "/" + parts.joined(separator: "/")
  }

}
