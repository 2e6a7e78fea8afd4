extension Manifest {

  /// `true` iff something that is printed, or is in a map, is an address in a process.
  public var hasUserAddresses: Bool { hasValues { $0.isUserAddress } }

  /// `true` iff something that is printed, or is in a map, is an address in the kernel that is printed as a name.
  public var hasKernelAddresses: Bool { hasValues { $0.isKernelAddress } }

  /// `true` iff something that is printed, or is in a map, is a control group that is printed as its path.
  public var hasControlGroups: Bool { hasValues { $0 == .cgroupPath } }

  /// `true` iff something that is printed, or is in a map, is the number of a process that is printed as its name.
  public var hasProcessNames: Bool { hasValues { $0 == .processName } }

  /// Returns `true` iff something that is printed, or is in a map, consists of values whose type has the given property.
  private func hasValues(_ isWanted: (Type) -> Bool) -> Bool {
    events.contains { $0.fields.contains { $0.type.hasPart(isWanted) } }
      || maps.contains { map in
        if map.key.contains(where: { $0.hasPart(isWanted) }) { return true }
        return if case .plain(let type) = map.value { type.hasPart(isWanted) } else { false }
      }
  }

}

extension Type {

  /// `true` iff values are addresses in a process that are printed as names.
  fileprivate var isUserAddress: Bool {
    switch self {
    case .userSymbol, .userStack(.bpftrace), .userStack(.perf), .userStack(.folded): true
    default: false
    }
  }

  /// `true` iff values are addresses in the kernel that are printed as names.
  fileprivate var isKernelAddress: Bool {
    switch self {
    case .kernelSymbol, .kernelStack(.bpftrace), .kernelStack(.perf), .kernelStack(.folded): true
    default: false
    }
  }

  /// Returns `true` iff the type, or that of a part of its values, has the given property; those of members of structures
  /// are not looked at.
  func hasPart(_ isWanted: (Type) -> Bool) -> Bool {
    if isWanted(self) { return true }
    return switch self {
    case .array(let element, _): element.hasPart(isWanted)
    case .tuple(let elements): elements.contains { $0.hasPart(isWanted) }
    case .record(let fields): fields.contains { $0.type.hasPart(isWanted) }
    default: false
    }
  }

}
