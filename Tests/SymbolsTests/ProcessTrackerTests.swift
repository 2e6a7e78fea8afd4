import BPF
import Testing

@testable import Symbols

/// Which code is where in processes that ran several programs, or have ended.
@Suite struct ProcessTrackerTests {

  /// The number of a process that cannot exist (`PID_MAX_LIMIT` in `include/linux/threads.h`).
  private static let process: Int32 = 5_000_000

  /// Returns that `process` mapped a page from `start` on of the file with the given number, in `fileOffset`.
  private func map(
    _ start: UInt64, of inode: UInt64, at time: UInt64, in process: Int32 = Self.process,
    count: UInt64 = 0x1000, fileOffset: UInt64 = 0
  ) -> ProcessEvent {
    let file = ProcessEvent.MappedFile(
      start: start, count: count, fileOffset: fileOffset, device: 1, inode: inode,
      path: Array("/none/\(inode)".utf8))
    return ProcessEvent(process: process, time: time, action: .mapped(file))
  }

  /// Returns that `process` did `action`.
  private func event(
    _ action: ProcessEvent.Action, at time: UInt64, in process: Int32 = Self.process
  ) -> ProcessEvent { ProcessEvent(process: process, time: time, action: action) }

  /// Returns the number of the file that `tracker` knows at `address`, nil if there is none.
  private func inode(
    _ tracker: inout ProcessTracker, at address: UInt64, in process: Int32 = Self.process,
    time: UInt64? = nil
  ) -> UInt64? {
    guard case .file(let number) = tracker.mapping(at: address, in: process, time: time)?.content else {
      return nil
    }
    return tracker.files.files[number].identity.inode
  }

  /// Returns a tracker that was told `events`.
  private func tracker(_ events: ProcessEvent..., remembering memory: Int = 100) -> ProcessTracker {
    var tracker = ProcessTracker(remembering: memory)
    tracker.isFollowing = true
    tracker.apply(events)
    return tracker
  }

  @Test func codeIsFoundWhenTheProcessHasEnded() {
    var tracker = tracker(
      event(.executed, at: 1), map(0x1000, of: 7, at: 2), map(0x4000, of: 8, at: 3), event(.ended, at: 4))
    #expect(inode(&tracker, at: 0x1000) == 7)
    #expect(inode(&tracker, at: 0x1fff) == 7)
    #expect(inode(&tracker, at: 0x4010) == 8)
    #expect(inode(&tracker, at: 0xfff) == nil)
    #expect(inode(&tracker, at: 0x2000) == nil)
    #expect(inode(&tracker, at: 0x5000) == nil)
  }

  @Test func programsOfOneProcessAreToldApart() {
    var tracker = tracker(
      event(.executed, at: 1), map(0x1000, of: 7, at: 2), map(0x8000, of: 9, at: 2),
      event(.executed, at: 10), map(0x1000, of: 8, at: 11))
    #expect(inode(&tracker, at: 0x1000) == 8)
    #expect(inode(&tracker, at: 0x1000, time: 5) == 7)
    #expect(inode(&tracker, at: 0x1000, time: 12) == 8)
    // What the later program has nothing at is of the earlier one.
    #expect(inode(&tracker, at: 0x8000) == 9)
  }

  @Test func eventsOfSeveralCPUsNeedNotBeInOrder() {
    var tracker = tracker(event(.executed, at: 1), map(0x1000, of: 7, at: 2))
    // The new program's first mapping was told before its start.
    tracker.apply([map(0x1000, of: 8, at: 11)])
    tracker.apply([event(.executed, at: 10)])
    #expect(inode(&tracker, at: 0x1000) == 8)
  }

  @Test func childrenHaveTheMemoryOfTheirParents() {
    let child: Int32 = 5_000_001
    var tracker = tracker(
      event(.executed, at: 1), map(0x1000, of: 7, at: 2),
      event(.started(parent: Self.process), at: 3, in: child), map(0x5000, of: 8, at: 4),
      map(0x6000, of: 9, at: 5, in: child))
    #expect(inode(&tracker, at: 0x1000, in: child) == 7)
    #expect(inode(&tracker, at: 0x5000, in: child) == nil)
    #expect(inode(&tracker, at: 0x6000, in: child) == 9)
    #expect(inode(&tracker, at: 0x6000) == nil)
    tracker.apply([event(.executed, at: 6, in: child), map(0x1000, of: 10, at: 7, in: child)])
    #expect(inode(&tracker, at: 0x1000, in: child) == 10)
    #expect(inode(&tracker, at: 0x1000, in: child, time: 5) == 7)
    #expect(inode(&tracker, at: 0x1000) == 7)
  }

  @Test func laterMappingsTakeThePlaceOfEarlierOnes() {
    var tracker = tracker(
      event(.executed, at: 1), map(0x1000, of: 7, at: 2, count: 0x5000, fileOffset: 0x100),
      map(0x3000, of: 8, at: 3))
    #expect(inode(&tracker, at: 0x2fff) == 7)
    #expect(inode(&tracker, at: 0x3000) == 8)
    #expect(inode(&tracker, at: 0x4000) == 7)
    let rest = tracker.mapping(at: 0x4000, in: Self.process, time: nil)
    #expect(rest?.start == 0x4000 && rest?.end == 0x6000 && rest?.fileOffset == 0x3100)
  }

  @Test func theOldestProcessesAreForgotten() {
    var tracker = tracker(remembering: 3)
    for process in 5_000_000..<Int32(5_000_020) {
      tracker.apply([
        event(.executed, at: 1, in: process), map(0x1000, of: 7, at: 2, in: process),
        event(.ended, at: 3, in: process),
      ])
    }
    #expect(inode(&tracker, at: 0x1000, in: 5_000_019) == 7)
    #expect(inode(&tracker, at: 0x1000, in: 5_000_017) == 7)
    #expect(inode(&tracker, at: 0x1000, in: 5_000_016) == nil)
    #expect(inode(&tracker, at: 0x1000, in: 5_000_000) == nil)
  }

}
