import Glibc
import Output
import Synchronization
import Testing

@testable import Runtime

/// Asking a script that runs for what it holds.
@Suite struct SnapshotRequestsTests {

  /// Returns a snapshot with so many events.
  private func snapshot(_ count: UInt64) -> Snapshot {
    var result = Snapshot()
    result.eventCount = count
    return result
  }

  /// What receivers were given.
  private final class Answers: Sendable {

    /// The numbers of events, −1 for nil.
    let counts = Mutex<[Int]>([])

    /// Notes an answer.
    func note(_ snapshot: Snapshot?) {
      counts.withLock { $0.append(snapshot.map { Int($0.eventCount) } ?? -1) }
    }

    /// What was noted.
    var all: [Int] { counts.withLock { $0 } }

  }

  /// `true` iff `requests` says that somebody asks.
  private func isAsked(_ requests: SnapshotRequests) -> Bool {
    var request = pollfd(fd: requests.descriptor, events: Int16(POLLIN), revents: 0)
    return poll(&request, 1, 0) == 1
  }

  @Test func everybodyWhoAskedIsAnsweredOnce() throws {
    let requests = try SnapshotRequests()
    let answers = Answers()
    #expect(!isAsked(requests))
    requests.request { answers.note($0) }
    requests.request { answers.note($0) }
    #expect(isAsked(requests))
    for receiver in requests.take() { receiver(snapshot(7)) }
    #expect(answers.all == [7, 7])
    #expect(!isAsked(requests) && requests.take().isEmpty)
  }

  @Test func lastValuesStay() throws {
    let requests = try SnapshotRequests()
    let answers = Answers()
    requests.request { answers.note($0) }
    #expect(!requests.hasEnded)
    requests.end(with: snapshot(9))
    // What comes later does not count.
    requests.end(with: nil)
    requests.request { answers.note($0) }
    #expect(answers.all == [9, 9] && requests.hasEnded)
  }

  @Test func whoeverDoesNotAnswerIsLeftOut() throws {
    let (silent, ended) = (try SnapshotRequests(), try SnapshotRequests())
    ended.end(with: snapshot(3))
    let result = SnapshotRequests.gather(from: [silent, ended], milliseconds: 50)
    #expect(result.map { $0?.eventCount } == [nil, 3])
    // Nobody waits any more, so that nobody is told.
    #expect(silent.take().isEmpty)
    #expect(SnapshotRequests.gather(from: [], milliseconds: 50).isEmpty)
  }

}
