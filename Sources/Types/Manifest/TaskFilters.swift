/// What tracing is narrowed to besides a process: programs do nothing for a task unless all of it holds.
public struct TaskFilters: Hashable, Codable, Sendable {

  /// The directory of the control group (second version) that tasks are in, or in a descendant of; nil for all (`--cgroup`).
  public var controlGroup: String? = nil

  /// The number of that control group.
  public var controlGroupNumber: UInt64? = nil

  /// The map whose keys are the numbers of control groups that tasks are in, nil for all (`--cgroupmap`).
  public var controlGroupMap: PinnedMap? = nil

  /// The map whose keys are the inodes of mount namespaces that tasks are in, nil for all (`--mntnsmap`).
  public var mountNamespaceMap: PinnedMap? = nil

  /// Creates an instance that lets all tasks pass.
  public init() {}

  /// Returns the map that keys are looked for in for `filter`, nil if there is none.
  public func pinnedMap(of filter: TaskFilter) -> PinnedMap? {
    switch filter {
    case .controlGroup: nil
    case .controlGroupMap: controlGroupMap
    case .mountNamespaceMap: mountNamespaceMap
    }
  }

  /// The filters that are set, in the order in which programs ask them.
  public var all: [TaskFilter] {
    TaskFilter.allCases.filter { $0 == .controlGroup ? controlGroup != nil : pinnedMap(of: $0) != nil }
  }

}

/// One way to narrow tracing.
public enum TaskFilter: String, Hashable, Codable, Sendable, CaseIterable {

  /// By a control group and its descendants.
  case controlGroup = "apus.cgroup"

  /// By a set of control groups.
  case controlGroupMap = "apus.cgroupmap"

  /// By a set of mount namespaces.
  case mountNamespaceMap = "apus.mntnsmap"

  /// The name of its map in the object.
  public var objectName: String { rawValue }

}
