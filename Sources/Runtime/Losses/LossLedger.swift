import Output

/// What has been lost so far, and what of that was reported.
struct LossLedger {

  /// How much of something was lost in all.
  typealias Count = (cause: Loss.Cause, total: UInt64)

  /// What was lost, in the order in which it is reported; nothing is in it twice.
  private var counts: [Count] = []

  /// What could have been lost and was not.
  private var others: [Loss.Cause] = []

  /// How much of that was reported.
  private var reported: [Loss.Cause: UInt64] = [:]

  /// `true` iff nothing was lost.
  var isEmpty: Bool { counts.isEmpty }

  /// Takes over `newCounts`, what has been lost until now. Counts of the same cause are added up, and those of 0 are not reported.
  mutating func update(with newCounts: [Count]) {
    var indices: [Loss.Cause: Int] = [:]
    counts = []
    defer { others = newCounts.map(\.cause).filter { indices[$0] == nil } }
    for count in newCounts where count.total > 0 {
      if let index = indices[count.cause] {
        counts[index].total += count.total
      } else {
        indices[count.cause] = counts.count
        counts.append(count)
      }
    }
  }

  /// Returns what is new since it was reported, which it is now.
  mutating func takeNews() -> [Loss] {
    counts.compactMap { count in
      let before = reported.updateValue(count.total, forKey: count.cause) ?? 0
      if count.total <= before { return nil }
      return Loss(count.cause, count: count.total - before, total: count.total, isFinal: false)
    }
  }

  /// Returns what was lost and, with a total of 0, what could have been.
  func totals() -> [Loss] { summary() + others.map { Loss($0, count: 0) } }

  /// Returns everything that was lost, of which nothing more is going to be.
  func summary() -> [Loss] {
    counts.map { count in
      let before = min(reported[count.cause] ?? 0, count.total)
      return Loss(count.cause, count: count.total - before, total: count.total)
    }
  }

}
