import IR

/// Returns what `plan` would load and attach, as people and tests read it: a line for each program, below it one for
/// each attach point, which begins with the probe's index.
public func describe(_ plan: AttachPlan) -> String {
  var result = ""
  for program in plan.programs {
    let count = program.points.count
    result += "program \(program.name) (\(program.kind.section)): \(program.mechanism.rawValue), "
    result += "\(count) \(count == 1 ? "probe" : "probes")\n"
    for point in program.points { result += "  \(point.probeIndex) \(point.point.name)\n" }
  }
  return result
}
