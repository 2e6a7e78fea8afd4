public import Output
public import Types

/// Someone outside of the process who gets what a script prints of its maps.
///
/// Nothing of it may wait: the script goes on printing meanwhile, and its events would be lost.
public protocol OutputReceiver: Sendable {

  /// Notes that tracing begins.
  func begin()

  /// Takes what was printed of a map just now.
  func receive(_ map: PrintedMap)

  /// Notes that `map` was cleared, or set to zero, just now by something else than printing it.
  func noteReset(of map: MapDescription)

  /// Delivers what is left, for a few seconds at most: nothing more is going to be printed.
  func finish()

  /// Returns how much was lost on the way until now, by cause.
  func losses() -> [(cause: Loss.Cause, total: UInt64)]

}
