/// Returns the element of `candidates` that is most like `name`, nil iff none is similar.
///
/// Names are similar if at most a third of the letters of `name`, but always one, must be changed to get from one to
/// the other. Of several that are equally near the first one is returned.
public func nearestName(to name: String, among candidates: some Sequence<String>) -> String? {
  let wanted = Array(name.utf8)
  var limit = max(1, wanted.count / 3)
  var nearest: String?
  for candidate in candidates where candidate != name {
    guard let distance = editDistance(from: wanted, to: Array(candidate.utf8), atMost: limit) else { continue }
    nearest = candidate
    if distance <= 1 { break }
    limit = distance - 1
  }
  return nearest
}

/// Returns `; did you mean '…'?` for the candidate that is most like `name`, or nothing if none is similar.
public func suggestion(for name: String, among candidates: some Sequence<String>) -> String {
  nearestName(to: name, among: candidates).map { "; did you mean '\($0)'?" } ?? ""
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
