/// Returns the element of `candidates` that is most like `name`, nil iff none is similar.
///
/// Names are similar if at most a third of the letters of `name`, but always one, must be changed to get from one to
/// the other. Of several that are equally near the first one is returned.
public func nearestName(to name: String, among candidates: some Sequence<String>) -> String? {
  nearestNames(to: name, among: candidates, limit: 1).first
}

/// Returns the elements of `candidates` that are similar to `name`, the nearest first, each once, at most `limit`.
public func nearestNames(
  to name: String, among candidates: some Sequence<String>, limit: Int
) -> [String] {
  let wanted = Array(name.utf8)
  let tolerance = max(1, wanted.count / 3)
  var found: [(distance: Int, order: Int, name: String)] = []
  for (order, candidate) in candidates.enumerated() where candidate != name {
    guard abs(candidate.utf8.count - wanted.count) <= tolerance,
      let distance = editDistance(from: wanted, to: Array(candidate.utf8), atMost: tolerance),
      !found.contains(where: { $0.name == candidate })
    else { continue }
    found.append((distance, order, candidate))
  }
  found.sort { ($0.distance, $0.order) < ($1.distance, $1.order) }
  return found.prefix(limit).map(\.name)
}

/// Returns `; did you mean '…'?` for the candidates that are most like `name`, at most `limit` of them, or nothing if
/// none is similar.
public func suggestion(
  for name: String, among candidates: some Sequence<String>, limit: Int = 1
) -> String {
  let names = nearestNames(to: name, among: candidates, limit: limit).map { "'\($0)'" }
  guard let last = names.last else { return "" }
  let others = names.dropLast().joined(separator: ", ")
  return "; did you mean \(others.isEmpty ? "" : "\(others) or ")\(last)?"
}

/// Returns the number of bytes to insert, remove, replace, or swap with their neighbour to get from `a` to `b`, nil iff it
/// is greater than `limit`.
private func editDistance(from a: [UInt8], to b: [UInt8], atMost limit: Int) -> Int? {
  guard abs(a.count - b.count) <= limit else { return nil }
  var beforeLast: [Int] = []
  var last = Array(0...b.count)
  for i in 0..<a.count {
    var row = [i + 1]
    row.reserveCapacity(b.count + 1)
    var least = i + 1
    for j in 0..<b.count {
      var distance = min(last[j + 1] + 1, row[j] + 1, last[j] + (isSameLetter(a[i], b[j]) ? 0 : 1))
      if i > 0, j > 0, a[i] == b[j - 1], a[i - 1] == b[j] { distance = min(distance, beforeLast[j - 1] + 1) }
      row.append(distance)
      least = min(least, distance)
    }
    if least > limit + 1 { return nil }
    beforeLast = last
    last = row
  }
  return last[b.count] <= limit ? last[b.count] : nil
}

/// Returns `true` iff `a` and `b` are the same ASCII letter but for their case, or the same byte.
private func isSameLetter(_ a: UInt8, _ b: UInt8) -> Bool {
  if a == b { return true }
  let lower = a | 0x20
  return lower == b | 0x20 && lower >= UInt8(ascii: "a") && lower <= UInt8(ascii: "z")
}
