import Glibc

/// Tells a user who has waited for a second or two what apus is doing.
final class WaitingNotice {

  /// What is said.
  private let sentence: String

  /// The moment from which on it is said, in seconds; nil once it was.
  private var due: Int?

  /// Creates an instance that will say `sentence`.
  init(_ sentence: String) {
    self.sentence = sentence
    self.due = WaitingNotice.now() + 2
  }

  /// Says the sentence if it is time.
  func check() {
    guard let due, WaitingNotice.now() >= due else { return }
    self.due = nil
    Console.note(sentence + "\n")
  }

  /// The time of a clock that only goes forward, in seconds.
  private static func now() -> Int {
    var time = timespec()
    clock_gettime(CLOCK_MONOTONIC_COARSE, &time)
    return time.tv_sec
  }

}
