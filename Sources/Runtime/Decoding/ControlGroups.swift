import CLinux

/// The control groups of the system.
enum ControlGroups {

  /// Where the second version of control groups is mounted: alone, or beside the first one.
  private static let roots = ["/sys/fs/cgroup", "/sys/fs/cgroup/unified"]

  /// Returns the path of the control group with the given number, as bpftrace shows it (`unified:/user.slice`); empty if there
  /// is none (any more).
  static func path(ofGroup number: UInt64) -> [UInt8] {
    for root in roots {
      let path = [UInt8](unsafeUninitializedCapacity: 4096) { memory, count in
        count = memory.withMemoryRebound(to: CChar.self) {
          Int(max(0, clinux_cgroup_path(root, number, $0.baseAddress, $0.count)))
        }
      }
      guard path.starts(with: root.utf8) else { continue }
      let below = path.dropFirst(root.utf8.count)
      return Array("unified:".utf8) + (below.isEmpty ? [UInt8(ascii: "/")] : below)
    }
    return []
  }

}
