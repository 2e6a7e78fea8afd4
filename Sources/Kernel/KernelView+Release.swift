extension KernelView {

  /// Returns `true` iff the release is `major.minor` or newer.
  public func isAtLeast(_ major: Int, _ minor: Int) -> Bool {
    var numbers: [Int] = []
    var current: Int? = nil
    for byte in release.utf8 {
      if byte >= UInt8(ascii: "0") && byte <= UInt8(ascii: "9") {
        current = ((current ?? 0) &* 10) &+ Int(byte - UInt8(ascii: "0"))
      } else {
        if let number = current { numbers.append(number) }
        current = nil
        if byte != UInt8(ascii: ".") || numbers.count == 2 { break }
      }
    }
    if let number = current { numbers.append(number) }
    guard let first = numbers.first else { return false }
    let second = numbers.count > 1 ? numbers[1] : 0
    return first > major || (first == major && second >= minor)
  }

}
