import Output

/// Samples that are not shown, by map and reason.
typealias HiddenSamples = [HiddenSample: Int]

/// Why samples of a map are not shown.
struct HiddenSample: Hashable, Sendable {

  /// Why a sample is not shown.
  enum Reason: String, Hashable, Sendable, CaseIterable {

    /// Another one has the same labels.
    case duplicate

    /// It counts something, and is negative.
    case negative

  }

  /// The map.
  let map: ExportedMap

  /// The reason.
  let reason: Reason

}

extension MetricFamily {

  /// Writes the family as `contents`, by script and map, has it; adds what is not shown to `hidden`.
  func write(
    _ contents: (ExportedMap) -> MapContents?, to writer: inout FamilyWriter,
    hiding hidden: inout HiddenSamples
  ) {
    writer.begin(name.text, kind, unit: unit, help: help)
    let tables = sources.map { source in
      (source, table(of: source, elements(of: source, contents(source.map))))
    }
    let highest = kind == .histogram ? tables.reduce(0) { max($0, $1.1.highestBound ?? 0) } : 0
    for (source, table) in tables {
      note(table.duplicateCount, .duplicate, source.map, in: &hidden)
      let negativeCount = write(table, as: source.form, upTo: highest, to: &writer)
      note(negativeCount, .negative, source.map, in: &hidden)
    }
  }

  /// Returns the elements in `contents`. What counts in a map without a key begins with nothing, so that its first increase is seen.
  private func elements(of source: Source, _ contents: MapContents?) -> [MapContents.Element] {
    guard let contents else { return [] }
    if contents.elements.isEmpty, !contents.isKeyed, let zero = source.form.zero {
      return [MapContents.Element(value: zero)]
    }
    return contents.elements
  }

  /// Returns the series that `elements` are.
  private func table(of source: Source, _ elements: [MapContents.Element]) -> SeriesTable {
    var texts: [KeyLabel] = []
    if case .texts(let labels) = source.form.reading { texts = labels }
    var names = (source.labels + texts).map { Array(",\($0.name)=\"".utf8) }
    var script: [UInt8] = []
    if let name = source.scriptLabel {
      script.append(text: "script=\"")
      script.append(escaped: Array(name.utf8))
      script.append(text: "\"")
    } else if !names.isEmpty {
      names[0].removeFirst()
    }

    var table = SeriesTable(capacity: elements.count, merging: source.form.merging)
    for element in elements {
      guard let value = source.form.value(in: element.value) else { continue }
      table.add(value) { labels in
        labels.append(contentsOf: script)
        for (index, name) in names.enumerated() {
          labels.append(contentsOf: name)
          let part =
            index < source.labels.count
            ? element.key.part(at: source.labels[index].path)
            : element.value.part(at: texts[index - source.labels.count].path[...])
          if let part { labels.append(labelTextOf: part) }
          labels.append(UInt8(ascii: "\""))
        }
      }
    }
    return table
  }

  /// Writes the series of `table`, the buckets of histograms up to that with `highest` in it. Returns how many are not shown because
  /// they are negative.
  private func write(
    _ table: SeriesTable, as form: MetricForm, upTo highest: Int128, to writer: inout FamilyWriter
  ) -> Int {
    var negativeCount = 0
    if case .histogram(let bounds) = form.reading {
      let buckets = BucketLabels(bounds, upTo: highest, in: writer.format)
      for series in table.series {
        guard case .histogram(let histogram) = series.value else { continue }
        writer.write(histogram, table.labels[series.labels], in: buckets)
      }
      return 0
    }
    for series in table.series {
      let labels = table.labels[series.labels]
      switch kind {
      case .info: writer.sample("_info", labels, 1)
      case .gauge: if let number = series.value.number { writer.sample("", labels, number) }
      case .counter:
        guard let number = series.value.number else { continue }
        if number >= 0 { writer.sample("_total", labels, number) } else { negativeCount += 1 }
      case .summary:
        guard let (count, sum) = series.value.countAndSum else { continue }
        writer.sample("_count", labels, count)
        if sum >= 0 { writer.sample("_sum", labels, sum) } else { negativeCount += 1 }
      case .histogram: break
      }
    }
    return negativeCount
  }

  /// Adds `count` samples of `map` that are not shown to `hidden`.
  private func note(
    _ count: Int, _ reason: HiddenSample.Reason, _ map: ExportedMap, in hidden: inout HiddenSamples
  ) {
    if count > 0 { hidden[HiddenSample(map: map, reason: reason), default: 0] += count }
  }

}

extension MetricForm {

  /// What a counter, a histogram or a summary of nothing is, nil for other kinds.
  fileprivate var zero: Value? {
    switch kind {
    case .counter: .unsigned(0)
    case .histogram: .histogram(Histogram([], sum: 0))
    case .summary: .stats(count: 0, average: .unsigned(0), total: .unsigned(0))
    case .gauge, .info: nil
    }
  }

  /// Returns what of `value` is read, nil if there is nothing of the kind.
  fileprivate func value(in value: Value) -> Value? {
    switch reading {
    case .number(let path): path.isEmpty ? value : value.part(at: path[...])
    case .newestInterval: if case .timeSeries(let series) = value { series.points.last?.value } else { nil }
    case .histogram, .summary, .texts: value
    }
  }

}

extension Value {

  /// The number and the sum of values that `stats` has counted, nil if the value is something else.
  fileprivate var countAndSum: (Int128, Int128)? {
    guard case .record(let fields) = self,
      let count = fields.first(where: { $0.name == "count" })?.value.number,
      let sum = fields.first(where: { $0.name == "total" })?.value.number
    else { return nil }
    return (count, sum)
  }

}
