/// Returns the names among `candidates` that `name` may be a misspelling of, the nearest first, at most `limit`.
public func nearNames(
  to name: String, among candidates: some Sequence<String>, limit: Int = 1
) -> [String] {
  let wanted = lowercased(name)
  guard wanted.count <= 64, limit > 0 else { return [] }
  let tolerance = min(3, max(1, wanted.count / 3))
  var found: [(distance: Int, order: Int, name: String)] = []
  for (order, candidate) in candidates.enumerated() {
    guard abs(candidate.utf8.count - wanted.count) <= tolerance, candidate != name else { continue }
    let distance = editDistance(wanted, lowercased(candidate), atMost: tolerance)
    guard distance <= tolerance, distance < max(wanted.count, 1) else { continue }
    if !found.contains(where: { $0.name == candidate }) { found.append((distance, order, candidate)) }
  }
  found.sort { ($0.distance, $0.order) < ($1.distance, $1.order) }
  return found.prefix(limit).map(\.name)
}

/// Returns `; did you mean 'a'?` for the names that `name` may be a misspelling of, empty if there are none.
public func suggestion(
  for name: String, among candidates: some Sequence<String>, limit: Int = 1
) -> String {
  let names = nearNames(to: name, among: candidates, limit: limit).map { "'\($0)'" }
  guard let last = names.last else { return "" }
  let others = names.dropLast().joined(separator: ", ")
  return "; did you mean \(others.isEmpty ? "" : "\(others) or ")\(last)?"
}

/// Returns the bytes of `name` with capital ASCII letters made small.
private func lowercased(_ name: String) -> [UInt8] {
  name.utf8.map { (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains($0) ? $0 | 0x20 : $0 }
}

/// Returns the number of insertions, deletions, replacements and swaps of neighbours that make `b` of `a`, or a
/// number above `limit` if that takes more.
private func editDistance(_ a: [UInt8], _ b: [UInt8], atMost limit: Int) -> Int {
  var beforePrevious: [Int] = []
  var previous = Array(0...b.count)
  for i in 0..<a.count {
    var row = [i + 1]
    row.reserveCapacity(b.count + 1)
    var least = i + 1
    for j in 0..<b.count {
      var cost = min(previous[j] + (a[i] == b[j] ? 0 : 1), previous[j + 1] + 1, row[j] + 1)
      if i > 0 && j > 0 && a[i] == b[j - 1] && a[i - 1] == b[j] {
        cost = min(cost, beforePrevious[j - 1] + 1)
      }
      row.append(cost)
      least = min(least, cost)
    }
    if least > limit { return limit + 1 }
    (beforePrevious, previous) = (previous, row)
  }
  return previous[b.count]
}
