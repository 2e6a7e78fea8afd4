import CLinux
import Glibc
public import Output
import Synchronization

extension SnapshotRequests {

  /// Returns what the scripts of `requests` hold now, or held at their ends, in their order; nil in place of those that did not
  /// answer within so many `milliseconds`. The calling thread waits.
  public static func gather(from requests: [SnapshotRequests], milliseconds: Int32) -> [Snapshot?] {
    let answers = SnapshotAnswers(count: requests.count)
    let numbers = requests.enumerated().map { index, request in
      request.request { answers.set($0, of: index) }
    }
    let result = answers.wait(milliseconds: milliseconds)
    for (number, request) in zip(numbers, requests) { request.cancel(number) }
    return result
  }

}

/// The answers of several scripts to one question.
private final class SnapshotAnswers: Sendable {

  /// The answers so far, and how many there are.
  private let state: Mutex<(snapshots: [Snapshot?], count: Int)>

  /// The number of answers that there can be.
  private let count: Int

  /// The open file that is readable once there are so many.
  private let descriptor: Int32

  /// Creates an instance for `count` answers.
  init(count: Int) {
    self.count = count
    state = Mutex((Array(repeating: nil, count: count), 0))
    descriptor = eventfd(0, Int32(EFD_CLOEXEC))
  }

  /// Closes the open file.
  deinit { if descriptor >= 0 { close(descriptor) } }

  /// Notes the answer of the script with the given index.
  func set(_ snapshot: Snapshot?, of index: Int) {
    let isComplete = state.withLock { state in
      state.snapshots[index] = snapshot
      state.count += 1
      return state.count == count
    }
    if isComplete { eventfd_write(descriptor, 1) }
  }

  /// Returns the answers once they are complete, or what there is of them when the time is over.
  func wait(milliseconds: Int32) -> [Snapshot?] {
    var request = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
    if count > 0 {
      while poll(&request, 1, milliseconds) < 0 && errno == EINTR {}
    }
    return state.withLock { $0.snapshots }
  }

}
