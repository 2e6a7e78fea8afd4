import Glibc

/// What the process is allowed to do.
public enum Capabilities {

  /// Returns the names of the capabilities that tracing needs and that the process lacks.
  ///
  /// `CAP_BPF` and `CAP_PERFMON` suffice since Linux 5.8, see capabilities(7); `CAP_SYS_ADMIN` includes both. What cannot
  /// be found out counts as there.
  public static func missingForTracing() -> [String] {
    guard let effective = effectiveSet() else { return [] }
    return missingForTracing(effective: effective)
  }

  /// Returns the names of the capabilities that tracing needs and that are not in the set `effective` (bit by number).
  static func missingForTracing(effective: UInt64) -> [String] {
    let administration = 21, monitoring = 38, bpf = 39
    if effective & (1 << administration) != 0 { return [] }
    return [("CAP_BPF", bpf), ("CAP_PERFMON", monitoring)].filter { effective & (1 << $0.1) == 0 }.map(\.0)
  }

  /// The effective capabilities, bit by number; nil if they cannot be found out.
  private static func effectiveSet() -> UInt64? {
    guard let text = readSmallFile("/proc/self/status") else { return nil }
    for line in String(decoding: text, as: UTF8.self).split(separator: "\n") where line.hasPrefix("CapEff:") {
      return UInt64(line.dropFirst("CapEff:".count).filter { !$0.isWhitespace }, radix: 16)
    }
    return nil
  }

}
