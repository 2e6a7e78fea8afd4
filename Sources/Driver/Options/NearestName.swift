/// Returns the one of `names` that `name` was most likely meant to be, nil if none is near.
func nearestName(to name: String, among names: [String]) -> String? {
  let limit = max(1, min(3, name.utf8.count / 3))
  return names.map { (name: $0, distance: editDistance(name, $0)) }
    .filter { $0.distance <= limit }
    .min { ($0.distance, $0.name) < ($1.distance, $1.name) }?.name
}

/// Returns the number of characters to insert, remove or replace to make `b` of `a`.
private func editDistance(_ a: String, _ b: String) -> Int {
  let (a, b) = (Array(a.utf8.prefix(64)), Array(b.utf8))
  var row = Array(0...b.count)
  for (i, x) in a.enumerated() {
    var diagonal = row[0]
    row[0] = i + 1
    for (j, y) in b.enumerated() {
      let cost = x == y ? diagonal : min(diagonal, row[j], row[j + 1]) + 1
      diagonal = row[j + 1]
      row[j + 1] = cost
    }
  }
  return row[b.count]
}
