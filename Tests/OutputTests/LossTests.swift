import Foundation
import Testing

@testable import Output

/// Reports of what was lost.
struct LossTests {

  /// One loss of each kind.
  private static let losses: [Loss] = [
    Loss(.events(probe: "kprobe:f"), count: 12),
    Loss(.packets, count: 1),
    Loss(.undecodableEvents, count: 2),
    Loss(.refusedUpdates(map: "@x", capacity: 4096), count: 3),
    Loss(.refusedForeignUpdates(map: "@y", capacity: 8), count: 1),
    Loss(.stacks(capacity: 10), count: 2),
    Loss(.throttledSamples(probe: "profile:us:1"), count: 2),
    Loss(.missedRuns(probe: "kprobe:f", reason: .nested), count: 1),
    Loss(.missedRuns(probe: "kretprobe:f and 2 more", reason: .unhandled), count: 4),
    Loss(.missedRuns(probe: "uprobe:f", reason: .memory), count: 5),
    Loss(.missedRuns(probe: "interval:ms:1", reason: .late), count: 6),
    Loss(.undeliveredValues(receiver: "the server z", reason: .queueFull(capacity: 10)), count: 7),
    Loss(.undeliveredValues(receiver: "the server z", reason: .refused), count: 1),
    Loss(.undeliveredValues(receiver: "the server z", reason: .unsent), count: 8),
  ]

  /// Text says what was lost, where, and what helps.
  @Test func sentences() {
    var buffer = OutputBuffer()
    for loss in Self.losses { TextOutput().loss(loss, to: &buffer) }
    #expect(buffer.output.isEmpty)
    #expect(
      String(decoding: buffer.messages, as: UTF8.self) == """
        lost 12 events of kprobe:f: the ring buffer was full; a greater 'perf_rb_pages' or fewer events help
        lost 1 packet: the memory for packets was full; fewer or shorter packets help
        lost 2 events: the records could not be understood, which is a fault of apus
        @x refused 3 new keys: it is full (4096); a greater 'max_map_keys' helps, or a greater number where it is declared
        @y refused 1 new key: whoever made it gave it room for 8
        could not keep 2 stacks: there is room for 10; a greater 'max_map_keys' or smaller stacks help
        profile:us:1 was throttled 2 times: it is due more often than 'kernel.perf_event_max_sample_rate' allows
        kprobe:f missed 1 run: a program was running on that CPU already
        kretprobe:f and 2 more missed 4 runs: too many calls were under way, or the call came from within another probe
        uprobe:f missed 5 runs: the run that was interrupted was using its memory
        interval:ms:1 missed 6 runs: the last run had not begun when the time for the next one came
        lost 7 values for the server z, which did not take any: there is room for 10; a greater '--zabbix-queue' helps
        the server z refused 1 value: it has no items for them, or not for this machine
        lost 8 values for the server z, which did not take any when tracing ended

        """)
  }

  /// What goes on is told as what is new, and the end as what it is in all.
  @Test func goingOn() {
    var buffer = OutputBuffer()
    let cause = Loss.Cause.events(probe: "p")
    let map = Loss.Cause.refusedUpdates(map: "@", capacity: 1)
    for loss in [
      Loss(cause, count: 1, isFinal: false), Loss(cause, count: 1, total: 2, isFinal: false),
      Loss(map, count: 3, total: 5, isFinal: false), Loss(cause, count: 0, total: 2),
    ] { TextOutput().loss(loss, to: &buffer) }
    let help = "the ring buffer was full; a greater 'perf_rb_pages' or fewer events help"
    #expect(
      String(decoding: buffer.messages, as: UTF8.self) == """
        lost 1 event of p: \(help)
        lost 1 more event of p: \(help)
        @ refused 3 more new keys: it is full (1); a greater 'max_map_keys' helps, or a greater number where it is declared
        lost 2 events of p in all: \(help)

        """)
  }

  /// In JSON the numbers that are new add up to the total, and everybody else can read it as well.
  @Test func objects() throws {
    var buffer = OutputBuffer()
    for loss in Self.losses { JSONOutput().loss(loss, to: &buffer) }
    JSONOutput().loss(Loss(.packets, count: 2, total: 9, isFinal: false), to: &buffer)
    let lines = String(decoding: buffer.output, as: UTF8.self).split(separator: "\n")
    for line in lines { _ = try JSONSerialization.jsonObject(with: Data(line.utf8)) }
    #expect(
      lines == [
        #"{"type": "lost_events", "data": {"events": 12, "total": 12, "probe": "kprobe:f"}}"#,
        #"{"type": "lost_packets", "data": {"packets": 1, "total": 1}}"#,
        #"{"type": "undecodable_events", "data": {"events": 2, "total": 2}}"#,
        #"{"type": "refused_updates", "data": {"updates": 3, "total": 3, "map": "@x", "capacity": 4096}}"#,
        #"{"type": "refused_updates", "data": {"updates": 1, "total": 1, "map": "@y", "capacity": 8}}"#,
        #"{"type": "lost_stacks", "data": {"stacks": 2, "total": 2, "capacity": 10}}"#,
        #"{"type": "throttled_samples", "data": {"times": 2, "total": 2, "probe": "profile:us:1"}}"#,
        #"{"type": "missed_runs", "data": {"runs": 1, "total": 1, "probe": "kprobe:f", "reason": "nested"}}"#,
        #"{"type": "missed_runs", "data": {"runs": 4, "total": 4, "probe": "kretprobe:f and 2 more", "reason": "unhandled"}}"#,
        #"{"type": "missed_runs", "data": {"runs": 5, "total": 5, "probe": "uprobe:f", "reason": "memory"}}"#,
        #"{"type": "missed_runs", "data": {"runs": 6, "total": 6, "probe": "interval:ms:1", "reason": "late"}}"#,
        #"{"type": "undelivered_values", "data": {"values": 7, "total": 7, "receiver": "the server z", "reason": "queue_full"}}"#,
        #"{"type": "undelivered_values", "data": {"values": 1, "total": 1, "receiver": "the server z", "reason": "refused"}}"#,
        #"{"type": "undelivered_values", "data": {"values": 8, "total": 8, "receiver": "the server z", "reason": "unsent"}}"#,
        #"{"type": "lost_packets", "data": {"packets": 2, "total": 9}}"#,
      ])
    #expect(String(decoding: buffer.messages, as: UTF8.self).hasPrefix("lost 12 events of kprobe:f: "))
  }

}
