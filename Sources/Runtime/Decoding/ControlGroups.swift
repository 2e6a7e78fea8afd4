import CLinux

/// The control groups of the system.
final class ControlGroups {

  /// Where the second version of control groups is mounted: alone, or beside the first one.
  private static let roots = ["/sys/fs/cgroup", "/sys/fs/cgroup/unified"]

  /// What is found by looking through all groups.
  private let search = ControlGroupSearch(in: roots)

  /// Returns the path of the control group with the given number, as bpftrace shows it (`unified:/user.slice`); empty if there
  /// is none (any more).
  func path(ofGroup number: UInt64) -> [UInt8] {
    for root in Self.roots {
      let path = [UInt8](unsafeUninitializedCapacity: 4096) { memory, count in
        count = memory.withMemoryRebound(to: CChar.self) {
          Int(max(0, clinux_cgroup_path(root, number, $0.baseAddress, $0.count)))
        }
      }
      guard path.starts(with: root.utf8) else { continue }
      let below = path.dropFirst(root.utf8.count)
      return Array("unified:".utf8) + (below.isEmpty ? [UInt8(ascii: "/")] : below)
    }
    // To open files by their handles takes CAP_DAC_READ_SEARCH.
    return search.path(ofGroup: number).map { Array("unified:\($0)".utf8) } ?? []
  }

}
