import BPF

/// Rows of 64-bit words by key, found by hashing; all keys have one size, and so have all rows.
struct KeyedRows {

  /// The number of bytes of a key.
  let keySize: Int

  /// The number of words of a row.
  let rowSize: Int

  /// The number of rows.
  private(set) var count = 0

  /// The keys, one after the other.
  private(set) var keys: [UInt8] = []

  /// The rows, one after the other.
  private(set) var rows: [UInt64] = []

  /// For each place that keys can have, the index of the row, −1 if there is none; a power of two of them, or none.
  private var places: [Int32] = []

  /// Creates an instance without rows.
  init(keySize: Int, rowSize: Int) {
    self.keySize = keySize
    self.rowSize = rowSize
  }

  /// Returns the key of the row at `index`.
  func key(_ index: Int) -> ArraySlice<UInt8> { keys[index * keySize..<(index + 1) * keySize] }

  /// Returns the row at `index`.
  func row(_ index: Int) -> ArraySlice<UInt64> { rows[index * rowSize..<(index + 1) * rowSize] }

  /// Returns the index of the row with the given key, nil if there is none.
  func index(of key: UnsafeRawBufferPointer) -> Int? {
    if places.isEmpty { return nil }
    let index = places[place(of: key)]
    return index < 0 ? nil : Int(index)
  }

  /// Returns the index of the row with the given key, made of zeros if there was none, and whether there was none.
  mutating func insert(_ key: UnsafeRawBufferPointer) -> (index: Int, isNew: Bool) {
    if (count + 1) * 2 > places.count { grow() }
    let place = place(of: key)
    if places[place] >= 0 { return (Int(places[place]), false) }
    places[place] = Int32(count)
    keys.append(contentsOf: key)
    rows.append(contentsOf: repeatElement(0, count: rowSize))
    count += 1
    return (count - 1, true)
  }

  /// Lets `body` change the row at `index`.
  mutating func withRow(_ index: Int, _ body: (UnsafeMutableBufferPointer<UInt64>) -> Void) {
    rows.withUnsafeMutableBufferPointer { all in
      body(UnsafeMutableBufferPointer(rebasing: all[index * rowSize..<(index + 1) * rowSize]))
    }
  }

  /// Doubles the number of places.
  private mutating func grow() {
    places = Array(repeating: -1, count: max(16, places.count * 2))
    for index in 0..<count {
      let place = key(index).withUnsafeBytes { self.place(of: $0) }
      places[place] = Int32(index)
    }
  }

  /// Returns where `key` is, or would be.
  private func place(of key: UnsafeRawBufferPointer) -> Int {
    let mask = places.count - 1
    var place = Self.hash(key) & mask
    while places[place] >= 0 && !has(key, at: Int(places[place])) { place = (place + 1) & mask }
    return place
  }

  /// Returns `true` iff the row at `index` has the given key.
  private func has(_ key: UnsafeRawBufferPointer, at index: Int) -> Bool {
    self.key(index).withUnsafeBytes { $0.elementsEqual(key) }
  }

  /// Returns a number that keys rarely share.
  private static func hash(_ key: UnsafeRawBufferPointer) -> Int {
    // FNV-1a by words, mixed at the end.
    var result: UInt64 = 0xcbf2_9ce4_8422_2325
    var offset = 0
    while offset + 8 <= key.count {
      result = (result ^ key.loadUnaligned(fromByteOffset: offset, as: UInt64.self)) &* 0x0000_0100_0000_01b3
      result ^= result >> 32
      offset += 8
    }
    while offset < key.count {
      result = (result ^ UInt64(key[offset])) &* 0x0000_0100_0000_01b3
      offset += 1
    }
    result ^= result >> 29
    result = result &* 0xbf58_476d_1ce4_e5b9
    return Int(truncatingIfNeeded: (result ^ (result >> 32)) & 0x7fff_ffff_ffff_ffff)
  }

}
