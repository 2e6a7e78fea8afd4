extension [UInt8] {

  /// The number of columns of the longest bar.
  private static var barWidth: Int { 52 }

  /// Appends one line for each bucket: bounds, count, bar.
  mutating func append(textOf histogram: Histogram) {
    let greatest = histogram.buckets.map(\.count).max() ?? 0
    for bucket in histogram.buckets {
      let start = count
      append(boundsOf: bucket)
      append(repeating: UInt8(ascii: " "), count: 16 - (count - start))
      var digits: [UInt8] = []
      digits.append(decimal: bucket.count)
      append(repeating: UInt8(ascii: " "), count: 8 - digits.count)
      append(contentsOf: digits)
      append(text: " |")
      let bar = greatest == 0 ? 0 : Int(Int128(bucket.count) * Int128(Self.barWidth) / Int128(greatest))
      append(repeating: UInt8(ascii: "@"), count: bar)
      append(repeating: UInt8(ascii: " "), count: Self.barWidth - bar)
      append(text: "|\n")
    }
  }

  /// Appends `[4, 8)`, `[1]`, `(..., 0)` or `[100, ...)`.
  private mutating func append(boundsOf bucket: Histogram.Bucket) {
    switch (bucket.lower, bucket.upper) {
    case (let lower?, let upper?) where lower + 1 == upper && !bucket.isRange:
      append(text: "[")
      append(label: lower)
      append(text: "]")
    case (let lower?, let upper?):
      append(text: "[")
      append(label: lower)
      append(text: ", ")
      append(label: upper)
      append(text: ")")
    case (nil, let upper?):
      append(text: "(..., ")
      append(label: upper)
      append(text: ")")
    case (let lower?, nil):
      append(text: "[")
      append(label: lower)
      append(text: ", ...)")
    case (nil, nil): append(text: "(..., ...)")
    }
  }

  /// Appends `number`, in the greatest of the units K, M, G … (powers of 1024) of which it is a multiple.
  private mutating func append(label number: Int128) {
    let units: StaticString = "KMGTPE"
    var rest = number
    var unit = -1
    while rest != 0, rest % 1024 == 0, unit + 1 < units.utf8CodeUnitCount {
      rest /= 1024
      unit += 1
    }
    append(text: String(rest))
    if unit >= 0 { append(units.utf8Start[unit]) }
  }

}
