/// The values that a server has not taken yet, the oldest first.
///
/// Where there are too many, the oldest are dropped: what is going on now matters more than what was. Those that are being sent
/// stay until the server has said something about them.
struct ValueQueue {

  /// The greatest number of values.
  let limit: Int

  /// The values; those in front of `start` are gone.
  private var values: [ZabbixValue] = []

  /// The index of the oldest value.
  private var start = 0

  /// The number of values at the front that are being sent.
  private(set) var sentCount = 0

  /// The number of values that there was no room for.
  private(set) var droppedCount: UInt64 = 0

  /// Creates an empty instance with room for `limit` values, at least 1.
  init(limit: Int) { self.limit = max(1, limit) }

  /// The number of values.
  var count: Int { values.count - start }

  /// The number of values that are not being sent.
  var waitingCount: Int { count - sentCount }

  /// Adds `value` at the end.
  mutating func append(_ value: ZabbixValue) {
    if count >= limit { drop() }
    // Nothing but what is being sent may be left to drop.
    if count >= limit { return }
    values.append(value)
  }

  /// Drops the oldest value that is not being sent, or, if all are, what was to be added.
  private mutating func drop() {
    droppedCount += 1
    if waitingCount == 0 { return }
    // Those that are being sent move back by one place.
    for index in stride(from: start + sentCount, to: start, by: -1) { values[index] = values[index - 1] }
    start += 1
    compact()
  }

  /// Returns the oldest values, as many as `limit` and up to a number of bytes, which are being sent from now on.
  mutating func takeBatch(limit: Int, byteLimit: Int) -> ArraySlice<ZabbixValue> {
    var byteCount = 0
    var end = start
    while end < values.count, end - start < limit {
      byteCount += values[end].key.utf8.count + values[end].value.utf8.count
      if byteCount > byteLimit && end > start { break }
      end += 1
    }
    sentCount = end - start
    return values[start..<end]
  }

  /// Removes what was being sent: the server has answered.
  mutating func removeSent() {
    start += sentCount
    sentCount = 0
    compact()
  }

  /// Notes that what was being sent did not arrive.
  mutating func keepSent() { sentCount = 0 }

  /// Removes everything that waits and returns how many values that are.
  mutating func removeAll() -> Int {
    defer {
      values = []
      start = 0
      sentCount = 0
    }
    return count
  }

  /// Gives back the memory of what is gone, now and then.
  private mutating func compact() {
    if start < 1024 || start < values.count / 2 { return }
    values.removeFirst(start)
    start = 0
  }

}
