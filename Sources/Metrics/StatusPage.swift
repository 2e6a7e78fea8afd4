import Output
import Types

/// The page that shows people what runs.
public struct StatusPage: Sendable {

  /// What is shown.
  private let exposition: Exposition

  /// The version of apus.
  private let version: String

  /// Creates the page about the scripts of `exposition`, run by apus of the given version.
  public init(of exposition: Exposition, version: String) {
    self.exposition = exposition
    self.version = version
  }

  /// Returns the page: what `states` say about each script, nil where a script has not said anything yet.
  public func text(of states: [ScriptState?]) -> [UInt8] {
    var page = HTMLText()
    page.begin(title: "apus \(version)")
    page.raw(
      "<p>What these scripts count is at <a href=\"/metrics\">/metrics</a>, for Prometheus and others who read its format; "
    )
    page.raw("<a href=\"/healthz\">/healthz</a> tells whether they are at work.</p>\n")
    for (index, script) in exposition.scripts.enumerated() {
      page.element("h2", script.name)
      let state = states.indices.contains(index) ? states[index] : nil
      page.element("p", summary(of: state))
      write(mapsOf: index, state?.snapshot, to: &page)
      write(unexportedMapsOf: index, state?.snapshot, to: &page)
      if let snapshot = state?.snapshot {
        write(snapshot.losses, to: &page)
        write(snapshot.programs, to: &page)
      }
    }
    page.end()
    return page.bytes
  }

  /// Returns how a script is doing in words.
  private func summary(of state: ScriptState?) -> String {
    guard let state else { return "Not attached yet." }
    let (probes, events) = (state.snapshot.attachedCount, state.snapshot.eventCount)
    let numbers = "\(probes) attach point\(probes == 1 ? "" : "s"), \(events) event\(events == 1 ? "" : "s")"
    return state.isRunning ? "Running: \(numbers)." : "Ended: \(numbers); what the maps held then is shown."
  }

  /// Writes the maps of the script with the given index that are shown as metrics.
  private func write(mapsOf script: Int, _ snapshot: Snapshot?, to page: inout HTMLText) {
    var rows: [[String]] = []
    for family in exposition.families {
      for source in family.sources where source.map.script == script {
        let map = exposition.scripts[script].manifest.maps[source.map.index]
        var labels = source.labels.map(\.name)
        if case .texts(let texts) = source.form.reading { labels += texts.map(\.name) }
        if source.scriptLabel != nil { labels.insert("script", at: 0) }
        let count = snapshot?.maps[source.map.index].map { String($0.elements.count) } ?? "–"
        rows.append([
          map.name, family.sampleName, family.kind.rawValue, labels.joined(separator: ", "),
          count + (map.capacity.map { " of \($0)" } ?? ""), family.help,
        ])
      }
    }
    if rows.isEmpty { return page.element("p", "No map of this script is shown as a metric.") }
    page.table(["Map", "Metric", "Type", "Labels", "Elements", "Meaning"], rows)
  }

  /// Writes the maps of the script with the given index that are not shown, and why.
  private func write(unexportedMapsOf script: Int, _ snapshot: Snapshot?, to page: inout HTMLText) {
    var rows = exposition.unexportedMaps.filter { $0.script == script }.map { [$0.map, $0.reason] }
    for (index, reason) in (snapshot?.unreadableMaps ?? [:]).sorted(by: { $0.key < $1.key }) {
      rows.append([exposition.scripts[script].manifest.maps[index].name, "it cannot be read: \(reason)"])
    }
    if !rows.isEmpty { page.table(["Map that is not shown", "Why"], rows) }
  }

  /// Writes what was lost.
  private func write(_ losses: [Loss], to page: inout HTMLText) {
    let known = losses.filter { $0.total > 0 }
    if known.isEmpty { return page.element("p", "Nothing was lost.") }
    page.table(["Lost"], known.map { [Loss($0.cause, count: $0.total).sentence] })
  }

  /// Writes the programs and how often each has run.
  private func write(_ programs: [Snapshot.Program], to page: inout HTMLText) {
    if programs.isEmpty { return }
    page.table(
      ["Probe", "Runs", "Seconds", "ns per run"],
      programs.map { program in
        [
          program.title, String(program.runCount), PlainFamily.Number.time(nanoseconds: program.runTime).text,
          program.runCount == 0 ? "–" : String(program.runTime / program.runCount),
        ]
      })
  }

}

extension MetricFamily {

  /// The name of the samples, of histograms and summaries without what tells them apart.
  var sampleName: String {
    switch kind {
    case .counter: name.text + "_total"
    case .info: name.text + "_info"
    case .gauge, .histogram, .summary: name.text
    }
  }

}
