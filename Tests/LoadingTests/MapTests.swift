import Foundation
import IR
import Probes
import Testing
import Types

@testable import BPF
@testable import Loading

/// Maps and ring buffers of the running kernel.
@Suite(.serialized) struct MapTests {

  /// Returns a session of a script with one map `@m`.
  private func session(_ storage: MapStorage, key: [Type] = [.int64]) throws -> Session {
    let map = MapDescription(name: "@m", key: key, value: .aggregation(.count), storage: storage)
    var script = TestScript(maps: [map])
    script.add("begin", .testRun, .runAtBegin, at: [.begin]) { $0.countRuns(at: 0) }
    return try script.load()
  }

  /// Returns `number` as the 8 bytes of a key or value.
  private func bytes(_ number: UInt64) -> [UInt8] { withUnsafeBytes(of: number) { Array($0) } }

  /// Elements are read many at a time and one by one with the same result.
  @Test(arguments: [HashKind.shared, .perCPU])
  func hashElements(_ kind: HashKind) throws {
    let session = try session(.hash(kind, capacity: 3000))
    let found = session.map(0)
    let map = try #require(found)
    #expect(map.keySize == 8 && map.valueSize == 8 && !map.isArray && map.isPerCPU == (kind == .perCPU))
    #expect(try map.elements().count == 0)
    for i in 0..<2000 as Range<UInt64> {
      try map.update(bytes(i), with: Array(repeatElement(bytes(i * 3), count: map.valueCount).joined()))
    }
    for elements in [try map.elements(), try map.elementsOneByOne()] {
      #expect(elements.count == 2000)
      var keys: Set<UInt64> = []
      for i in 0..<elements.count {
        let key = elements.key(i).withUnsafeBytes { $0.loadUnaligned(as: UInt64.self) }
        keys.insert(key)
        for cpu in 0..<elements.valueCount {
          let value = elements.value(i, on: cpu).withUnsafeBytes { $0.loadUnaligned(as: UInt64.self) }
          #expect(value == key * 3)
        }
      }
      #expect(keys.count == 2000)
    }
    #expect(try map.lookup(bytes(5)) != nil)
    #expect(try map.delete(bytes(5)))
    #expect(try !map.delete(bytes(5)))
    #expect(try map.lookup(bytes(5)) == nil)
    try map.deleteAll()
    #expect(try map.elements().count == 0)
    try map.deleteAll()
  }

  /// Arrays have all their elements from the start, and deleting makes them zero.
  @Test(arguments: [MapStorage.dense(count: 5, isPerCPU: true), .dense(count: 5, isPerCPU: false), .perCPU])
  func arrayElements(_ storage: MapStorage) throws {
    let session = try session(storage, key: storage == .perCPU ? [] : [.probeName])
    let found = session.map(0)
    let map = try #require(found)
    let count = storage == .perCPU ? 1 : 5
    #expect(map.isArray && map.keySize == 4 && map.valueSize == 16)
    let ones = [UInt8](repeating: 1, count: map.elementSize)
    try map.update([0, 0, 0, 0], with: ones)
    let elements = try map.elements()
    #expect(elements.count == count)
    #expect(elements.value(0, on: map.valueCount - 1).allSatisfy { $0 == 1 })
    try map.deleteAll()
    #expect(try map.elements().values.allSatisfy { $0 == 0 })
    #expect(try map.lookup([9, 0, 0, 0]) == nil)
  }

  /// A map whose value is in `globals` is no map of the kernel.
  @Test func globalMap() throws {
    let session = try session(.global(offset: 24, presence: 32), key: [])
    #expect(session.map(0)?.name == nil)
  }

}
