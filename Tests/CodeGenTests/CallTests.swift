import BPF
import BPFRuntime
import CodeGen
import Glibc
import IR
import Testing
import Types

/// Helpers, maps, events and the runtime.
@Suite struct CallTests {

  /// Helpers answer what the process knows.
  @Test func helpers() throws {
    let results = try run(
      testModule { b in
        b.report(b.call(.getCurrentPIDTGID), as: 0)
        b.report(b.call(.getSMPProcessorID), as: 1)
        b.report(b.call(.ktimeGetNanoseconds), as: 2)
        b.report(b.call(.getPrandomU32), as: 3)
        let comm = b.slot(size: 16, alignment: 8)
        b.report(b.call(.getCurrentComm, .address(comm), .constant(16, .i32)), as: 4)
        b.emit(.copy(to: Place(.globals, offset: resultOffset(5)), from: comm, count: 16, alignment: 8))
        let task = b.call(.getCurrentTaskBTF)
        b.report(b.isNotNull(task), as: 7)
      })
    #expect(results[0] >> 32 == UInt64(getpid()))
    #expect(results[1] < 4096)
    #expect(results[2] > 0)
    #expect(results[3] <= UInt64(UInt32.max))
    #expect(results[4] == 0)
    #expect(results[5] != 0)
    #expect(results[7] == 1)
  }

  /// Every kind of map is created, and can be counted in.
  @Test(arguments: [
    MapStorage.perCPU, .dense(count: 3, isPerCPU: true), .dense(count: 3, isPerCPU: false),
    .hash(.shared, capacity: 8), .hash(.perCPU, capacity: 8), .hash(.leastRecentlyUsed, capacity: 64),
    .hash(.leastRecentlyUsedPerCPU, capacity: 64),
  ])
  func maps(storage: MapStorage) throws {
    let isHash = if case .hash = storage { true } else { false }
    let map = MapDescription(
      name: "@x", key: isHash ? [.int64] : [], value: .aggregation(.count), storage: storage)
    let keySize = isHash ? 8 : 4
    let module = testModule(maps: [map]) { b in
      let key = b.slot(size: 8, alignment: 8)
      b.store(.constant(0, .i64), to: key)
      let element = b.call(.mapLookupElement, .map(0), .address(key))
      b.branch(b.isNotNull(element)) { b in
        guard case .register(let r) = element else { return }
        let sum = b.binary(.add, b.load(.i64, from: Place(.register(r))), .constant(1, .i64))
        b.store(sum, to: Place(.register(r)))
        b.report(sum)
      } otherwise: { b in
        let value = b.slot(size: map.entrySize, alignment: 8)
        b.emit(.zero(value, count: map.entrySize, alignment: 8))
        b.store(.constant(1, .i64), to: value)
        b.call(.mapUpdateElement, .map(0), .address(key), .address(value), .constant(0, .i64))
      }
    }
    try run(module, times: 5) { object in
      let map = object.map(named: "x")
      let handle = try #require(map)
      #expect(handle.keySize == keySize)
      let value = try #require(try handle.lookup([UInt8](repeating: 0, count: keySize)))
      var total: UInt64 = 0
      for cpu in 0..<handle.valueCount {
        total += value[cpu * handle.stride..<cpu * handle.stride + 8].enumerated()
          .reduce(0) { $0 | UInt64($1.element) << UInt64(8 * $1.offset) }
      }
      #expect(total == 5)
    }
  }

  /// A record is reserved in the ring buffer, filled in place and sent.
  @Test func events() throws {
    let event = EventDescription(action: .printValue, fieldTypes: [.int64])
    let module = testModule(events: [event]) { b in
      let record = b.call(
        .ringbufReserve, .ringBuffer, .constant(Int64(event.size), .i64), .constant(0, .i64))
      b.branch(b.isNotNull(record)) { b in
        guard case .register(let r) = record else { return }
        b.store(.constant(7, .i64), to: Place(.register(r)))
        b.store(.constant(8, .i64), to: Place(.register(r), offset: 8))
        b.call(.ringbufSubmit, record, .constant(0, .i64))
        b.report(.constant(1, .i64))
      }
    }
    #expect(try run(module)[0] == 1)
  }

  /// A program reads different places of its context in different branches, and nothing is made of that but loads with
  /// constant offsets, which the verifier wants.
  @Test func context() throws {
    var b = ProgramBuilder(name: "test", kind: .kprobe)
    let place = Place(.globals, offset: resultOffset(0))
    let which = b.load(.i64, from: place)
    let value = b.local(.i64)
    b.branch(b.binary(.equal, which, .constant(0, .i64))) {
      $0.set(value, to: $0.load(.i64, from: Place(.context, offset: 112)))
    } otherwise: {
      $0.set(value, to: $0.load(.i64, from: Place(.context, offset: 104)))
    }
    b.store(b.get(value), to: place)
    let slot = b.slot(size: 64, alignment: 8)
    b.emit(.copy(to: slot, from: Place(.context, offset: 8), count: 64, alignment: 8))
    b.emit(.callHelper(nil, .getCurrentComm, [.address(slot), .constant(16, .i32)]))
    b.report(b.call(.getAttachCookie, .context), as: 1)
    let module = TraceModule(
      programs: [b.finish()], manifest: Manifest(globals: GlobalsLayout(size: resultOffset(2))))
    _ = try LoadedObject(loading: generate(module).bytes, name: "test")
  }

  /// Every kind of program that this kernel knows is accepted.
  @Test(arguments: [ProgramKind.kprobe, .tracepoint, .perfEvent, .testRun])
  func kinds(kind: ProgramKind) throws {
    var programs: [IRProgram] = []
    for i in 0..<3 {
      var b = ProgramBuilder(name: "p\(i)", kind: kind)
      b.report(.constant(1, .i64))
      programs.append(b.finish())
    }
    let module = TraceModule(
      programs: programs, manifest: Manifest(globals: GlobalsLayout(size: resultOffset(1))))
    let object = try LoadedObject(loading: generate(module).bytes, name: "test")
    for i in 0..<3 { #expect(object.program(named: "p\(i)") != nil) }
  }

}
