import BPF
import Glibc
import IR
import Loading
import Probes
import Testing
import Types

/// Records on their way from programs to the process.
@Suite struct RingBufferTests {

  /// The position of the result that counts records that there was no room for.
  private let lost = Place(.globals, offset: GlobalsLayout.lostEvents)

  /// Returns a script whose program of `begin` sends the next number in a record of 16 bytes, by a ring of `capacity` bytes.
  private func script(ringSize capacity: Int) -> TestScript {
    var script = TestScript(events: [EventDescription(action: .printValue, fieldTypes: [.int64])])
    script.module.manifest.ringBufferSize = capacity
    script.add("begin", .testRun, .runAtBegin, at: [.begin]) { b in
      let record = b.call(.ringbufReserve, .ringBuffer, .constant(16, .i64), .constant(0, .i64))
      guard case .register(let register) = record else { preconditionFailure("no register") }
      let counter = Place(.globals, offset: GlobalsLayout.firstFree)
      let isThere = b.isNotNull(record)
      let old = b.load(.i64, from: counter)
      let new = b.binary(.add, old, .constant(1, .i64))
      b.emit(
        .branch(
          isThere,
          IRBlock([
            .store(Place(.register(register)), .constant(0, .i64)),
            .store(Place(.register(register), offset: 8), new), .store(counter, new),
            .callHelper(nil, .ringbufSubmit, [record, .constant(0, .i64)]),
          ]), IRBlock([.atomicAdd(lost, .constant(1, .i64))])))
    }
    return script
  }

  /// Returns the process's end of the ring buffer of `session`.
  private func ring(of session: borrowing Session) throws -> RingBuffer {
    guard let ring = try session.ringBuffer() else { throw Missing.ringBuffer }
    return ring
  }

  /// What a test cannot go on without.
  private enum Missing: Error {

    /// The ring buffer.
    case ringBuffer

  }

  /// Returns `true` iff `descriptor` is readable.
  private func isReadable(_ descriptor: Int32) -> Bool {
    var request = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
    return poll(&request, 1, 0) > 0
  }

  /// Records come in the order in which they were sent, and consumption stops when the receiver has enough.
  @Test func order() throws {
    var session = try script(ringSize: 1 << 16).load()
    for _ in 0..<5 { try session.runBegin() }
    var buffer = try ring(of: session)
    #expect(buffer.capacity == 1 << 16)
    var numbers: [UInt64] = []
    let first = buffer.consume { record in
      #expect(record.count == 16)
      numbers.append(record.loadUnaligned(fromByteOffset: 8, as: UInt64.self))
      return numbers.count < 2
    }
    #expect(first == 48 && numbers == [1, 2] && buffer.isAhead)
    let rest = buffer.consume { record in
      numbers.append(record.loadUnaligned(fromByteOffset: 8, as: UInt64.self))
      return true
    }
    #expect(rest == 72 && numbers == [1, 2, 3, 4, 5] && !buffer.isAhead)
    #expect(buffer.consume { _ in true } == 0)
  }

  /// Records that go on at the start of the ring are whole, and what was read makes room, whatever the size of the ring.
  @Test(arguments: [1 << 12, 1 << 20])
  func wrapping(capacity: Int) throws {
    var session = try script(ringSize: capacity).load()
    var buffer = try ring(of: session)
    var expected: UInt64 = 0
    var isInOrder = true
    for _ in 0..<(3 * capacity / 24 / 100) {
      for _ in 0..<100 { try session.runBegin() }
      buffer.consume { record in
        expected += 1
        if record.loadUnaligned(fromByteOffset: 8, as: UInt64.self) != expected { isInOrder = false }
        return true
      }
    }
    #expect(isInOrder && expected == UInt64(3 * capacity / 24 / 100 * 100))
    #expect(session.globals.load(fromByteOffset: GlobalsLayout.lostEvents, as: UInt64.self) == 0)
  }

  /// What does not fit is refused, and what was sent before is all there: a record takes 24 bytes, and one byte stays free.
  @Test func overflow() throws {
    var session = try script(ringSize: 1 << 12).load()
    var buffer = try ring(of: session)
    for _ in 0..<500 { try session.runBegin() }
    var count: UInt64 = 0
    buffer.consume { _ in
      count += 1
      return true
    }
    let lost = session.globals.load(fromByteOffset: GlobalsLayout.lostEvents, as: UInt64.self)
    #expect(count == 170 && count + lost == 500)
  }

  /// Nobody wakes a process that keeps room to itself; when it has given that back, the next record does.
  @Test func wakeups() throws {
    var session = try script(ringSize: 1 << 20).load()
    var buffer = try ring(of: session)
    #expect(!isReadable(buffer.descriptor) && !buffer.isHolding)
    try session.runBegin()
    #expect(isReadable(buffer.descriptor))
    #expect(buffer.consume { _ in true } == 24 && buffer.isHolding)
    // As far as programs know there is a record.
    #expect(isReadable(buffer.descriptor))
    buffer.releaseAll()
    #expect(!isReadable(buffer.descriptor) && !buffer.isHolding)
    try session.runBegin()
    #expect(isReadable(buffer.descriptor))
    #expect(buffer.consume { _ in true } == 24)
  }

  /// What is kept of a ring that is full is room for whoever comes when it is given back.
  @Test func heldRoom() throws {
    var session = try script(ringSize: 1 << 20).load()
    var buffer = try ring(of: session)
    for _ in 0..<(1 << 20) / 24 { try session.runBegin() }
    #expect(buffer.consume { _ in true } > 0)
    for _ in 0..<(1 << 20) / 24 { try session.runBegin() }
    let lost = { (session: borrowing Session) in
      session.globals.load(fromByteOffset: GlobalsLayout.lostEvents, as: UInt64.self)
    }
    let count = lost(session)
    #expect(count > 0)
    buffer.releaseAll()
    for _ in 0..<(1 << 16) / 24 { try session.runBegin() }
    #expect(lost(session) == count)
  }

  /// Of a small ring nothing is kept, since its room is needed.
  @Test func smallRing() throws {
    var session = try script(ringSize: 1 << 12).load()
    var buffer = try ring(of: session)
    try session.runBegin()
    #expect(buffer.consume { _ in true } == 24 && !buffer.isHolding)
    #expect(!isReadable(buffer.descriptor))
  }

}
