public import Output

/// Someone outside of the process who gets what a script prints.
public protocol OutputReceiver: Sendable {

  /// Delivers what is left, for a few seconds at most: nothing more is going to be printed.
  func finish()

  /// Returns how much was lost on the way until now, by cause.
  func losses() -> [(cause: Loss.Cause, total: UInt64)]

}
