/// A map of the script and where its values are.
public struct MapDescription: Hashable, Codable, Sendable {

  /// The name with the `@`.
  public let name: String

  /// The types of the parts of the key; empty for a map without a key.
  ///
  /// A key of one part is laid out as that part, a key of several as a tuple of them.
  public let key: [Type]

  /// What the map holds.
  public let value: MapValue

  /// Where the values are.
  public let storage: MapStorage

  /// The name of the kernel's map, of which that keeps 15 characters: the name without the `@`, unless something else is called so.
  public var objectName: String

  /// The names of the parts of the key for those who look at the map from outside; fewer if some are not known.
  public var keyNames: [String] = []

  /// The second of two kernel maps that hold the elements in turn, nil if there is only one.
  public var twin: MapTwin? = nil

  /// Creates an instance with the given properties.
  public init(name: String, key: [Type], value: MapValue, storage: MapStorage) {
    self.name = name
    self.key = key
    self.value = value
    self.storage = storage
    self.objectName = name == "@" ? ObjectNames.namelessMap : String(name.dropFirst())
  }

  /// The layout of the key.
  public var keyLayout: StructLayout { StructLayout(of: key) }

  /// The number of bytes of a key of the kernel's map.
  ///
  /// Arrays have a 32-bit index; a map without a key in a hash table has one element with a 64-bit key of 0.
  public var keySize: Int {
    switch storage {
    case .global, .perCPU, .dense: 4
    case .hash: key.isEmpty ? 8 : keyLayout.size
    case .pinned(let map): map.keySize
    }
  }

}

/// What a map holds for each key.
public enum MapValue: Hashable, Codable, Sendable {

  /// A value. Integers take 8 bytes, extended by their signedness, so that they can be added to atomically; but in maps that
  /// someone else made they are as wide as they are there.
  case plain(Type)

  /// A value that is gathered on each CPU and put together when it is read.
  case aggregation(Aggregation)

}

/// How numbers are gathered. The memory of each is a row of 64-bit words.
public enum Aggregation: Hashable, Codable, Sendable {

  /// The number of calls: one word.
  case count

  /// The sum: one word.
  case sum(isSigned: Bool)

  /// The least number: the number and a word that is not 0 iff there is one.
  case minimum(isSigned: Bool)

  /// The greatest number: the number and a word that is not 0 iff there is one.
  case maximum(isSigned: Bool)

  /// The average: the sum and the count.
  case average(isSigned: Bool)

  /// Count, average and sum: the sum and the count.
  case stats(isSigned: Bool)

  /// A histogram with 2^`bits` buckets for each power of two: one word for each bucket.
  case histogram(bits: Int)

  /// A histogram with buckets of equal width: one word for each bucket, the first for numbers below
  /// `minimum`, the last for numbers from `maximum` on.
  case linearHistogram(minimum: Int64, maximum: Int64, step: Int64)

  /// What numbers did in each of the last intervals of time: for each interval the words of `TimeSeriesLayout`.
  case timeSeries(TimeSeriesLayout)

  /// `true` iff all words are sums.
  public var isAdditive: Bool {
    switch self {
    case .count, .sum, .average, .stats, .histogram, .linearHistogram: true
    case .minimum, .maximum, .timeSeries: false
    }
  }

  /// The number of 64-bit words for one key on one CPU.
  public var wordCount: Int {
    switch self {
    case .count, .sum: 1
    case .minimum, .maximum, .average, .stats: 2
    case .histogram(let bits): HistogramBuckets(bits: bits).count
    case .linearHistogram(let minimum, let maximum, let step):
      Int((maximum - minimum + step - 1) / step) + 2
    case .timeSeries(let layout): layout.slotCount * TimeSeriesLayout.wordsPerSlot
    }
  }

}

/// The buckets of `hist`: how numbers and bucket indices belong together.
///
/// Bucket 0 is for negative numbers, bucket 1 + n for each n below 2^`bits`, and then for each power of
/// two 2^`bits` buckets of equal width. With `bits` = 0 that is `(..., 0)`, `[0]`, `[1]`, `[2, 4)`, `[4, 8)` ….
public struct HistogramBuckets: Hashable, Codable, Sendable {

  /// The logarithm of the number of buckets for each power of two: 0 to 5.
  public let bits: Int

  /// Creates an instance with the given property.
  public init(bits: Int) { self.bits = bits }

  /// The number of buckets.
  public var count: Int { 1 + (1 << bits) * (64 - bits + 1) }

  /// Returns the bucket of `number`.
  public func index(of number: Int64) -> Int {
    if number < 0 { return 0 }
    let value = UInt64(number)
    if value < 1 << UInt64(bits) { return 1 + Int(value) }
    let power = 63 - value.leadingZeroBitCount
    let within = Int((value >> UInt64(power - bits)) & ((1 << UInt64(bits)) - 1))
    return 1 + ((power - bits + 1) << bits) + within
  }

  /// Returns the least number of the bucket at `index`, which is not 0.
  public func lowerBound(of index: Int) -> UInt64 {
    let i = index - 1
    if i < 1 << bits { return UInt64(i) }
    let power = (i >> bits) - 1 + bits
    let within = UInt64(i & ((1 << bits) - 1))
    return (1 << UInt64(power)) | (within << UInt64(power - bits))
  }

}

/// Where the values of a map are.
public enum MapStorage: Hashable, Codable, Sendable {

  /// One value in the variable `globals` at `offset`, aligned to 8 bytes; the byte at `presence` is 1 iff it is set.
  case global(offset: Int, presence: Int)

  /// One value for each CPU: a per-CPU array with one entry, laid out as `DenseEntry`.
  case perCPU

  /// A value for each probe index: an array, laid out as `DenseEntry`; the key is the probe index alone.
  case dense(count: Int, isPerCPU: Bool)

  /// A hash table.
  case hash(HashKind, capacity: Int)

  /// A map that someone else made.
  case pinned(PinnedMap)

  /// `true` iff the kernel is asked for elements, which may or may not be there, and to make them.
  public var isTable: Bool {
    switch self {
    case .hash, .pinned: true
    case .global, .perCPU, .dense: false
    }
  }

}

/// The kinds of hash tables.
public enum HashKind: String, Hashable, Codable, Sendable {

  /// `BPF_MAP_TYPE_HASH`.
  case shared

  /// `BPF_MAP_TYPE_PERCPU_HASH`.
  case perCPU

  /// `BPF_MAP_TYPE_LRU_HASH`.
  case leastRecentlyUsed

  /// `BPF_MAP_TYPE_LRU_PERCPU_HASH`.
  case leastRecentlyUsedPerCPU

}

extension MapDescription {

  /// The map that someone else made, if it is one.
  public var pinned: PinnedMap? { if case .pinned(let map) = storage { map } else { nil } }

  /// `true` iff the value is in the variable `globals`.
  public var isGlobal: Bool { if case .global = storage { true } else { false } }

  /// The number of bytes of one value, without the presence word of dense storage.
  public var valueSize: Int {
    if let pinned { return pinned.valueSize }
    return switch value {
    case .plain(let type): type.isInteger ? 8 : type.size
    case .aggregation(let aggregation): aggregation.wordCount * 8
    }
  }

  /// The offset of the presence word in an entry of `.perCPU` or `.dense` storage: a 64-bit word that is not 0 iff
  /// the entry was set on that CPU. It stands behind the value.
  public var presenceOffset: Int { valueSize.rounded(upToMultipleOf: 8) }

  /// The number of bytes of an entry of the kernel's map: with the presence word where the storage has one.
  public var entrySize: Int {
    switch storage {
    case .perCPU, .dense: presenceOffset + 8
    case .global, .hash, .pinned: valueSize
    }
  }

}
