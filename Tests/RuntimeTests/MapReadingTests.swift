import Output
import Testing
import Types

@testable import Runtime

/// Elements of maps made of the kernel's bytes.
@Suite struct MapReadingTests {

  /// A decoder that knows one probe.
  private let decoder = ValueDecoder(
    following: Manifest(probes: [ProbeDescription(name: "kprobe:f", function: "f")]))

  /// Returns the element of `map` with the given bytes.
  private func element(of map: MapDescription, key: [UInt8], rows: [[UInt8]]) -> MapContents.Element? {
    let memory = rows.flatMap { $0 }
    return key.withUnsafeBytes { key in
      memory.withUnsafeBytes { memory in
        let size = rows.first?.count ?? 0
        let rows = rows.indices.map {
          RawBytes(UnsafeRawBufferPointer(rebasing: memory[$0 * size..<($0 + 1) * size]))
        }
        let parts = Array(zip(map.key, map.keyLayout.offsets))
        return map.element(key: RawBytes(key), of: parts, rows: rows, with: decoder)
      }
    }
  }

  @Test func keysOfSeveralParts() {
    let map = MapDescription(
      name: "@", key: [.string(capacity: 5), .int64], value: .plain(.int64),
      storage: .hash(.shared, capacity: 10))
    var key = RecordWriter(count: map.keySize)
    key.set("sshd", at: 0)
    key.set(Int64(-4), at: 8)
    #expect(
      element(of: map, key: key.bytes, rows: [words(7)])
        == .init(key: [.text("sshd"), .signed(-4)], value: .signed(7)))
    #expect(element(of: map, key: Array(key.bytes.dropLast()), rows: [words(7)]) == nil)
  }

  @Test func narrowIntegersTakeEightBytes() {
    let map = MapDescription(
      name: "@", key: [.uint32], value: .plain(.integer(IntegerType(width: 8, isSigned: true))),
      storage: .hash(.shared, capacity: 10))
    #expect(element(of: map, key: [1, 0, 0, 0], rows: [words(-300)])?.value == .signed(-300))
  }

  @Test func denseEntriesNeedTheirPresence() {
    let map = MapDescription(
      name: "@", key: [.probeName], value: .aggregation(.count), storage: .dense(count: 1, isPerCPU: true))
    let key: [UInt8] = [0, 0, 0, 0]
    #expect(element(of: map, key: key, rows: [words(0, 0), words(0, 0)]) == nil)
    #expect(
      element(of: map, key: key, rows: [words(2, 1), words(5, 0), words(3, 1)])
        == .init(key: [.text("kprobe:f")], value: .unsigned(5)))
    #expect(element(of: map, key: key, rows: [words(0, 1), words(0, 0)])?.value == .unsigned(0))
  }

  @Test func perCPUIntegersAreAddedUp() {
    let map = MapDescription(
      name: "@", key: [.int64], value: .plain(.int64), storage: .hash(.perCPU, capacity: 10))
    #expect(element(of: map, key: words(1), rows: [words(2), words(-5)])?.value == .signed(-3))
  }

  @Test func extremesThatNobodyGaveAreNoElements() {
    let map = MapDescription(
      name: "@", key: [.int64], value: .aggregation(.minimum(isSigned: true)),
      storage: .hash(.perCPU, capacity: 10))
    #expect(element(of: map, key: words(1), rows: [words(0, 0)]) == nil)
    #expect(map.emptyValue(with: decoder) == .signed(0))
  }

  @Test func emptyValues() {
    func empty(_ value: MapValue) -> Value {
      MapDescription(name: "@", key: [], value: value, storage: .perCPU).emptyValue(with: decoder)
    }
    #expect(empty(.plain(.int64)) == .signed(0))
    #expect(empty(.plain(.string(capacity: 64))) == .text(""))
    #expect(empty(.aggregation(.count)) == .unsigned(0))
    #expect(empty(.aggregation(.histogram(bits: 0))) == .histogram(Histogram([], sum: 0)))
    #expect(
      empty(.aggregation(.stats(isSigned: true))) == .stats(count: 0, average: .signed(0), total: .signed(0)))
  }

}
