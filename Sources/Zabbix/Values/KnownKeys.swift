/// The keys of the elements of a map that were printed, for low-level discovery.
///
/// Zabbix takes for gone what is not in the data that it got last, and gives up its items after a while. So keys stay for an hour
/// after they were printed last, and all are told now and then.
struct KnownKeys: Sendable {

  /// How long a key is told after it was printed last, in nanoseconds.
  static let lifetime: Int64 = 3600 * 1_000_000_000

  /// How long nothing is told as long as nothing changes, in nanoseconds.
  static let pause: Int64 = 600 * 1_000_000_000

  /// The greatest number of keys.
  static let limit = 10_000

  /// When the keys were printed last, in nanoseconds, by what is told of them.
  private var times: [String: Int64] = [:]

  /// When they were told last, nil if never.
  private var toldTime: Int64? = nil

  /// Creates an instance without keys.
  init() {}

  /// Takes `keys`, whose elements were printed at `time`, and returns what is to be told about all that are known; nil if that is
  /// not due.
  mutating func update(with keys: [[KeyPart]], at time: Int64) -> String? {
    var hasNew = toldTime == nil
    for key in keys {
      let object = Self.object(of: key)
      if times[object] == nil {
        if times.count >= Self.limit { continue }
        hasNew = true
      }
      times[object] = time
    }
    guard hasNew || time - (toldTime ?? 0) >= Self.pause else { return nil }
    times = times.filter { time - $0.value < Self.lifetime }
    toldTime = time
    return "[\(times.keys.sorted().joined(separator: ","))]"
  }

  /// Returns what is told of `key`: an object with a macro for each part.
  private static func object(of key: [KeyPart]) -> String {
    let members = key.map { part in
      "\(JSONText.string("{#\(part.name.uppercased())}")):\(JSONText.string(part.text))"
    }
    return "{\(members.joined(separator: ","))}"
  }

}
