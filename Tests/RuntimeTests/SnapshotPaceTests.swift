import Testing

@testable import Runtime

/// The time between answers about what a script holds.
@Suite struct SnapshotPaceTests {

  @Test func answersTakeHalfOfTheTime() {
    var pace = SnapshotPace()
    #expect(pace.pause(at: 5) == 0)
    pace.note(from: 1_000_000_000, to: 1_020_000_000)
    #expect(pace.pause(at: 1_020_000_000) == 21)
    #expect(pace.pause(at: 1_039_500_000) == 1)
    #expect(pace.pause(at: 1_040_000_000) == 0)
  }

}
