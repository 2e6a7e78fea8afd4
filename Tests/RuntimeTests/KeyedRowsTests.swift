import Testing

@testable import Runtime

/// Rows by key.
struct KeyedRowsTests {

  /// Every key that was inserted is found with its row, and no other is.
  @Test(arguments: [1, 4, 8, 12, 27]) func manyKeys(keySize: Int) {
    var rows = KeyedRows(keySize: keySize, rowSize: 2)
    let count = keySize == 1 ? 200 : 5000
    /// Returns the key made of `number`.
    func key(_ number: Int) -> [UInt8] {
      (0..<keySize).map { UInt8(truncatingIfNeeded: number >> (($0 % 8) * 8)) }
    }
    key(1).withUnsafeBytes { #expect(rows.index(of: $0) == nil) }
    for number in 0..<count {
      let (index, isNew) = key(number).withUnsafeBytes { rows.insert($0) }
      #expect(index == number && isNew)
      rows.withRow(index) { $0[1] = UInt64(number) }
    }
    for number in 0..<count {
      let (index, isNew) = key(number).withUnsafeBytes { rows.insert($0) }
      #expect(index == number && !isNew)
      #expect(Array(rows.row(index)) == [0, UInt64(number)] && Array(rows.key(index)) == key(number))
      #expect(key(number).withUnsafeBytes { rows.index(of: $0) } == number)
    }
    #expect(rows.count == count)
    key(count).withUnsafeBytes { #expect(rows.index(of: $0) == nil) }
  }

}
