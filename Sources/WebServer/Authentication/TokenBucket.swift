import NIOCore

/// Lets things happen as often as a limit allows.
struct TokenBucket {

  /// The limit.
  private let limit: RateLimit

  /// What may happen at once.
  private var tokens: Int

  /// When the last token was put in.
  private var filled: NIODeadline

  /// Creates a full bucket.
  init(_ limit: RateLimit, at now: NIODeadline) {
    self.limit = limit
    tokens = limit.burst
    filled = now
  }

  /// Returns `true` iff something may happen now, and counts it.
  mutating func take(at now: NIODeadline) -> Bool {
    let new = max(0, (now - filled).nanoseconds / limit.interval)
    if new >= Int64(limit.burst - tokens) {
      tokens = limit.burst
      filled = now
    } else {
      tokens += Int(new)
      filled = filled + .nanoseconds(new * limit.interval)
    }
    guard tokens > 0 else { return false }
    tokens -= 1
    return true
  }

}
