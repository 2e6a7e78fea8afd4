import BPF
import IR
import Loading
import Probes
import Testing
import Types

@testable import Runtime

/// Maps that two of the kernel's hold in turn. The tests are the programs that still add to elements that are being cleared.
@Suite(.serialized) struct AlternatingMapTests {

  /// Where the word is that says which map is in use.
  private static let selector = GlobalsLayout.firstFree

  /// Calls `body` with a map whose elements are `value` and the two maps of the kernel that hold them.
  private func withMap(
    _ value: MapValue, _ merging: MapTwin.Merging, _ kind: HashKind = .perCPU, isRead: Bool = false,
    _ body: (AlternatingMap, [MapHandle], () -> Int) throws -> Void
  ) throws {
    var map = MapDescription(name: "@m", key: [.int64], value: value, storage: .hash(kind, capacity: 100))
    map.twin = MapTwin(selectorOffset: Self.selector, objectName: "m.2", merging: merging)
    let twin = try #require(map.twin)
    var script = TestScript(maps: [map])
    script.add("begin", .testRun, .runAtBegin, at: [.begin]) { $0.countRuns(at: 1) }
    let session = try script.load()
    let (first, second) = (session.map(0), session.twin(ofMap: 0))
    let handles = [try #require(first), try #require(second)]
    let word = session.globals + Self.selector
    let alternating = AlternatingMap(
      map, twin, handles: handles, selector: word, isRead: isRead, waitingBy: try GracePeriods())
    try body(alternating, handles) { word.load(as: UInt64.self) == 0 ? 0 : 1 }
    extendLifetime(session)
  }

  /// Sets the words of the element with the given key, those of the first CPU.
  private func set(_ key: UInt64, _ words: UInt64..., in map: MapHandle) throws {
    var value = words.flatMap(bytes)
    value += [UInt8](repeating: 0, count: map.elementSize - value.count)
    try map.update(bytes(key), with: value)
  }

  /// Returns `number` as bytes.
  private func bytes(_ number: UInt64) -> [UInt8] { withUnsafeBytes(of: number) { Array($0) } }

  /// Returns the first word of each element by key.
  private func numbers(_ elements: MapElements) -> [UInt64: UInt64] {
    var result: [UInt64: UInt64] = [:]
    for index in 0..<elements.count {
      let key = elements.key(index).withUnsafeBytes { $0.loadUnaligned(as: UInt64.self) }
      result[key] = elements.value(index).withUnsafeBytes { $0.loadUnaligned(as: UInt64.self) }
    }
    return result
  }

  /// What is added to sums while they are being cleared comes next, whether programs have ended or not.
  @Test(arguments: [HashKind.perCPU, .shared]) func lateSums(_ kind: HashKind) throws {
    let value = kind == .shared ? MapValue.plain(.int64) : .aggregation(.count)
    try withMap(value, .sums, kind) { map, handles, current in
      try set(1, 5, in: handles[0])
      #expect(numbers(try map.take(keepingKeys: false)) == [1: 5])
      #expect(current() == 1)
      try set(1, 7, in: handles[0])
      try set(2, 1, in: handles[0])
      #expect(numbers(try map.element(bytes(1))) == [1: 2])
      try set(1, 10, in: handles[1])
      while try handles[0].elements().count > 0 {
        #expect(numbers(try map.elements()) == [1: 12, 2: 1])
        #expect(numbers(try map.element(bytes(2))) == [2: 1])
      }
      #expect(numbers(try map.element(bytes(1))) == [1: 12])
      #expect(numbers(try map.element(bytes(3))) == [:])
      #expect(numbers(try map.take(keepingKeys: false)) == [1: 12, 2: 1])
      #expect(numbers(try map.elements()) == [:])
      #expect(current() == 0)
    }
  }

  /// Sums can be cleared as often as one likes without waiting, and add up.
  @Test func manyTimes() throws {
    try withMap(.aggregation(.count), .sums) { map, handles, current in
      var total: UInt64 = 0
      var counts: [UInt64] = [0, 0]
      for _ in 0..<1000 {
        // A program that is late, and one that is not.
        for index in [1 - current(), current()] {
          let old = numbers(try handles[index].elements())[7] ?? 0
          try set(7, old + 1, in: handles[index])
          counts[index] += 1
        }
        total += numbers(try map.take(keepingKeys: false))[7] ?? 0
      }
      total += numbers(try map.elements())[7] ?? 0
      #expect(total == 2000 && counts[0] + counts[1] == 2000)
    }
  }

  /// What programs read is gone for them when it is cleared.
  @Test func elementsThatProgramsRead() throws {
    try withMap(.aggregation(.count), .sums, isRead: true) { map, handles, current in
      for round in 0..<3 as Range<UInt64> {
        try set(round, 1, in: handles[current()])
        #expect(numbers(try map.take(keepingKeys: false)) == [round: 1])
        #expect(try handles[current()].elements().count == 0)
      }
    }
  }

  /// Elements that are set to zero stay, also for programs that read them.
  @Test(arguments: [false, true]) func zeros(_ isRead: Bool) throws {
    try withMap(.aggregation(.count), .sums, isRead: isRead) { map, handles, current in
      try set(1, 5, in: handles[0])
      try set(2, 6, in: handles[0])
      #expect(numbers(try map.take(keepingKeys: true)) == [1: 5, 2: 6])
      #expect(numbers(try map.elements()) == [1: 0, 2: 0])
      let old = numbers(try handles[current()].elements())
      #expect(Set(old.keys) == [1, 2])
      try set(2, (old[2] ?? 0) + 3, in: handles[current()])
      #expect(numbers(try map.elements()) == [1: 0, 2: 3])
    }
  }

  /// An extreme that is found late counts unless a later one is more extreme, and what has not changed does not.
  @Test func lateExtremes() throws {
    try withMap(.aggregation(.maximum(isSigned: true)), .latest) { map, handles, current in
      for key in 1...3 as ClosedRange<UInt64> { try set(key, 50, 1, in: handles[0]) }
      #expect(numbers(try map.take(keepingKeys: false)) == [1: 50, 2: 50, 3: 50])
      try set(1, 60, 1, in: handles[0])
      try set(2, 70, 1, in: handles[0])
      try set(1, 20, 1, in: handles[1])
      try set(2, 90, 1, in: handles[1])
      while try handles[0].elements().count > 0 {
        #expect(numbers(try map.elements()) == [1: 60, 2: 90])
      }
      #expect(numbers(try map.take(keepingKeys: false)) == [1: 60, 2: 90])
    }
  }

  /// The latest of values that are assigned counts; where programs delete elements, what is late goes with them.
  @Test func lateValues() throws {
    try withMap(.plain(.int64), .latest, .shared, isRead: true) { map, handles, current in
      for key in 1...2 as ClosedRange<UInt64> { try set(key, 50, in: handles[0]) }
      try map.take(keepingKeys: false)
      try set(1, 60, in: handles[0])
      try set(2, 70, in: handles[0])
      try set(2, 5, in: handles[1])
      #expect(numbers(try map.elements()) == [1: 60, 2: 5])
    }
    try withMap(.plain(.int64), .none, .shared, isRead: true) { map, handles, current in
      try set(1, 50, in: handles[0])
      try map.take(keepingKeys: false)
      try set(1, 60, in: handles[0])
      try set(2, 5, in: handles[1])
      #expect(numbers(try map.elements()) == [2: 5])
      #expect(numbers(try map.take(keepingKeys: false)) == [2: 5])
    }
  }

}
