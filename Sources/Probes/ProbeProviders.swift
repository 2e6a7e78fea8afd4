import Diagnostics
public import Kernel
public import Syntax
import Types

/// All families of attach points.
public enum ProbeProviders {

  /// The providers in the order in which they are listed.
  public static let all: [any ProbeProvider] =
    [
      BeginProvider(), EndProvider(), IntervalProvider(), ProfileProvider(), KprobeProvider(isReturn: false),
      KprobeProvider(isReturn: true), TracepointProvider(), FentryProvider(isReturn: false),
      FentryProvider(isReturn: true), RawTracepointProvider(), IteratorProvider(),
      UprobeProvider(isReturn: false), UprobeProvider(isReturn: true), UsdtProvider(),
      CounterProvider(source: .software),
      CounterProvider(source: .hardware), SelfProvider(), WatchpointProvider(isAsynchronous: false),
      WatchpointProvider(isAsynchronous: true), TrialProvider(mode: .test), TrialProvider(mode: .bench),
    ]

  /// The providers by each of their names.
  private static let byName: [String: any ProbeProvider] = {
    var result: [String: any ProbeProvider] = [:]
    for provider in all { for name in provider.names { result[name] = provider } }
    return result
  }()

  /// Returns the provider with the given name.
  public static func provider(named name: String) -> (any ProbeProvider)? { byName[name] }

  /// Returns the provider that `spec` names.
  public static func provider(of spec: ProbeSpec) throws(ProbeFault) -> any ProbeProvider {
    guard let provider = byName[spec.parts[0].text] else { throw .unknownProvider(spec.parts[0]) }
    return provider
  }

}

/// What is found for `-l`.
public struct ProbeListing: Hashable, Sendable {

  /// A probe.
  public struct Entry: Hashable, Sendable {

    /// The full name.
    public let name: String

    /// The declarations of the arguments, if they were asked for.
    public let arguments: [String]

  }

  /// The probes, sorted by provider and name.
  public var entries: [Entry] = []

  /// Why some could not be listed.
  public var faults: [KernelFault] = []

}

/// Returns the probes on `kernel` that `pattern` denotes: `kprobe:tcp_*`, `t:syscalls:*open*`, `tracepoint`, `*`.
///
/// A pattern without a colon that names no provider is compared with full names.
public func listProbes(
  matching pattern: String, withArguments: Bool = false, on kernel: any KernelView
) -> ProbeListing {
  if let types = listTypes(matching: pattern, withDefinitions: withArguments, on: kernel) { return types }
  let parts = pattern.split(separator: ":", omittingEmptySubsequences: false).map(String.init)
  var listing = ProbeListing()
  let named = ProbeProviders.provider(named: parts[0])
  let family = Wildcard(parts[0])
  for provider in ProbeProviders.all {
    var wildcards = parts.dropFirst().map(Wildcard.init)
    var whole: Wildcard?
    if let named {
      guard provider.names == named.names else { continue }
    } else if parts.count > 1 {
      guard provider.names.contains(where: family.matches) else { continue }
    } else {
      whole = family
      wildcards = []
    }
    // Returns are the same functions again: they are listed on request only.
    if named == nil && ["kretprobe", "fexit", "uretprobe"].contains(provider.names[0]) { continue }
    do {
      for name in try provider.names(matching: wildcards, on: kernel)
      where whole?.matches(name) ?? true {
        let arguments = withArguments ? try provider.arguments(ofProbe: name, on: kernel) : []
        listing.entries.append(.init(name: name, arguments: arguments))
      }
    } catch {
      if !listing.faults.contains(error) { listing.faults.append(error) }
    }
  }
  return listing
}
