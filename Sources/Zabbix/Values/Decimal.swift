/// Returns the number of `millionths` as decimal digits, with no more of them behind the point than needed.
func decimal(ofMillionths millionths: Int128) -> String {
  let magnitude = millionths.magnitude
  let (whole, rest) = magnitude.quotientAndRemainder(dividingBy: 1_000_000)
  var result = millionths < 0 ? "-\(whole)" : "\(whole)"
  if rest == 0 { return result }
  var digits = String(rest)
  digits = String(repeating: "0", count: 6 - digits.utf8.count) + digits
  while digits.last == "0" { digits.removeLast() }
  result += ".\(digits)"
  return result
}
