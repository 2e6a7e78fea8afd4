import Diagnostics
import IR
import Kernel
import Probes
import Types

extension ActionDraft {

  /// Warns if tracing is narrowed to some tasks and the action's iterator goes over something else.
  func checkFilters(of settings: Settings, on kernel: any KernelView, reportingTo found: inout DiagnosticSet)
  {
    guard settings.narrowsProbes, !settings.filters.all.isEmpty, context.programKind == .iterator,
      context.iteratedTaskOffset(on: kernel) == nil
    else { return }
    for point in points { found.insert(.filtersDoNotApply(point)) }
  }

}

extension Diagnostic {

  /// An iterator over something else than tasks, while tracing is narrowed to some of these.
  fileprivate static func filtersDoNotApply(_ point: AttachPoint) -> Diagnostic {
    .warning(
      "'\(point.name)' does not go over tasks, so that '--cgroup', '--cgroupmap' and '--mntnsmap' do not narrow it",
      at: point.site)
  }

}
