import CBPF
import Glibc

/// Capabilities of Linux, see capabilities(7): what a process may do that others may not.
public struct Capabilities: OptionSet, Hashable, Sendable {

  /// A bit for each capability, by its number in `linux/capability.h`.
  public let rawValue: UInt64

  /// Creates an instance with the given bits.
  public init(rawValue: UInt64) { self.rawValue = rawValue }

  /// To read each file and folder, whoever owns it: `CAP_DAC_READ_SEARCH`.
  public static let readFiles = Capabilities(rawValue: 1 << 2)

  /// To signal each process: `CAP_KILL`.
  public static let signal = Capabilities(rawValue: 1 << 5)

  /// To read addresses of the kernel: `CAP_SYSLOG`.
  public static let readAddresses = Capabilities(rawValue: 1 << 34)

  /// To listen at ports below 1024: `CAP_NET_BIND_SERVICE`.
  public static let bindPorts = Capabilities(rawValue: 1 << 10)

  /// To look into each process, at what is mapped there and at its root folder: `CAP_SYS_PTRACE`.
  public static let inspectProcesses = Capabilities(rawValue: 1 << 19)

  /// What includes tracing and much else: `CAP_SYS_ADMIN`.
  public static let administer = Capabilities(rawValue: 1 << 21)

  /// To observe what the kernel does: `CAP_PERFMON`.
  public static let monitor = Capabilities(rawValue: 1 << 38)

  /// To load programs into the kernel: `CAP_BPF`.
  public static let loadPrograms = Capabilities(rawValue: 1 << 39)

  /// The names of those that are spelled out here, as capabilities(7) has them.
  public var names: [String] {
    let known: [(name: String, set: Capabilities)] = [
      ("CAP_BPF", .loadPrograms), ("CAP_PERFMON", .monitor), ("CAP_DAC_READ_SEARCH", .readFiles),
      ("CAP_SYS_PTRACE", .inspectProcesses), ("CAP_SYSLOG", .readAddresses), ("CAP_KILL", .signal),
      ("CAP_NET_BIND_SERVICE", .bindPorts), ("CAP_SYS_ADMIN", .administer),
    ]
    return known.filter { contains($0.set) }.map(\.name)
  }

  /// Returns the names of the capabilities that tracing needs and that the process lacks.
  ///
  /// `CAP_BPF` and `CAP_PERFMON` suffice since Linux 5.8, see capabilities(7); `CAP_SYS_ADMIN` includes both. What cannot
  /// be found out counts as there.
  public static func missingForTracing() -> [String] {
    guard let effective = sets()?.effective else { return [] }
    return missingForTracing(effective: effective)
  }

  /// Returns the names of the capabilities that tracing needs and that are not in the set `effective`.
  static func missingForTracing(effective: Capabilities) -> [String] {
    if effective.contains(.administer) { return [] }
    return [("CAP_BPF", Capabilities.loadPrograms), ("CAP_PERFMON", .monitor)]
      .filter { !effective.contains($0.1) }.map(\.0)
  }

  /// Gives up all capabilities of the calling thread but these, for good, and lets no program that it starts get others.
  ///
  /// The threads that it starts have what it has. What the kernel refuses to take away stays: without `CAP_SETPCAP` that is the
  /// limit of what programs may get, which that nothing new can be got makes up for.
  public func keepInThread() {
    cbpf_forbid_new_capabilities()
    for number in 0..<UInt64.bitWidth where rawValue & (1 << UInt64(number)) == 0 {
      if cbpf_lower_capability_limit(Int32(number)) == -EINVAL { break }
    }
    guard let sets = Capabilities.sets() else { return }
    let permitted = sets.permitted.intersection(self)
    _ = cbpf_set_capabilities(sets.effective.intersection(self).rawValue, permitted.rawValue, 0)
  }

  /// Gives up all capabilities of the calling thread.
  public static func giveUpInThread() { _ = cbpf_set_capabilities(0, 0, 0) }

  /// `true` iff a kernel of the given release lets a process use what it has loaded before without `CAP_BPF`.
  ///
  /// Up to Linux 5.18 `kernel.unprivileged_bpf_disabled` forbids every call of `bpf`, since commit c8644cd0efe7 of 5.19 only
  /// those that make something.
  static func areNeededToLoadOnly(inRelease release: String) -> Bool {
    let numbers = release.split(separator: ".", maxSplits: 2).prefix(2).compactMap {
      Int($0.prefix { $0.isNumber })
    }
    return numbers.count == 2 && (numbers[0], numbers[1]) >= (5, 19)
  }

  /// What a process needs for calls of `bpf` about what it has loaded before.
  public static var toUseWhatIsLoaded: Capabilities {
    var name = utsname()
    guard uname(&name) == 0 else { return .loadPrograms }
    let release = withUnsafeBytes(of: &name.release) {
      String(decoding: $0.prefix { $0 != 0 }, as: UTF8.self)
    }
    return areNeededToLoadOnly(inRelease: release) ? [] : .loadPrograms
  }

  /// The capabilities of the calling thread, nil if they cannot be found out.
  private static func sets() -> (effective: Capabilities, permitted: Capabilities)? {
    var effective: UInt64 = 0
    var permitted: UInt64 = 0
    guard cbpf_get_capabilities(&effective, &permitted) == 0 else { return nil }
    return (Capabilities(rawValue: effective), Capabilities(rawValue: permitted))
  }

}
