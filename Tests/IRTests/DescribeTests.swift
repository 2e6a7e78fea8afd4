import IR
import Testing
import Types

/// The text of modules.
@Suite struct DescribeTests {

  /// Every instruction and every kind of operand, once.
  @Test func instructions() {
    var b = ProgramBuilder(name: "p0", kind: .kprobeMulti)
    b.useScratch(2)
    let slot = b.slot(size: 16, alignment: 8)
    let local = b.local(.i64)
    b.emit(.position(0))
    let argument = b.load(.i64, from: Place(.context, offset: 112))
    let sum = b.binary(.add, argument, .constant(5, .i64))
    let isFive = b.binary(.signedLess, sum, .constant(-5, .i64))
    let byte = b.convert(sum, .truncate, to: .i8)
    b.store(byte, to: slot.advanced(by: 8))
    b.set(local, to: b.select(isFive, sum, b.get(local)))
    b.emit(.copy(to: slot, from: Place(.constant(0)), count: 16, alignment: 8))
    b.emit(.zero(Place(.scratch, offset: 8), count: 24, alignment: 8))
    let address = b.register(.pointer)
    b.emit(.address(address, slot))
    let further = b.register(.pointer)
    b.emit(.offset(further, .register(address), sum))
    b.emit(.atomicAdd(Place(.globals, offset: 24), .constant(1, .i64)))
    let old = b.register(.i64)
    b.emit(.atomicFetchAdd(old, Place(.register(further), offset: 4), .constant(1, .i64)))
    let element = b.call(.mapLookupElement, .map(0), .address(slot))
    let found = b.isNotNull(element)
    b.branch(found) { b in
      b.openBlock()
      b.branch(isFive) {
        $0.emit(.leave)
      } otherwise: {
        $0.emit(.again)
      }
      let body = b.closeBlock()
      b.emit(.loop(body))
    }
    _ = b.call(.ringbufReserve, .ringBuffer, .constant(8, .i64), .constant(0, .i64))
    b.emit(.callHelper(nil, .getAttachCookie, [.context]))
    _ = b.call(.histogramBucket, sum, .constant(0, .i32))
    b.emit(.stop)

    let module = TraceModule(
      programs: [b.finish()],
      manifest: Manifest(maps: [
        MapDescription(name: "@x", key: [.int64], value: .plain(.int64), storage: .hash(.shared, capacity: 8))
      ]),
      constants: [Array("a\n\"\\\u{1}".utf8) + [0]])
    #expect(
      describe(module) == """
        map @x[int64] = int64 in hash shared 8
        globals 32 bytes
        const0 = "a\\n\\"\\\\\\x01\\0"

        program p0 kprobeMulti scratch 2 {
          slot0: 16 bytes align 8
          $0: i64
          at 0
          %0: i64 = load ctx+112
          %1: i64 = add %0, 5
          %2: i8 = slt %1, -5
          %3: i8 = trunc %1
          store slot0+8, %3
          %4: i64 = $0
          %5: i64 = select %2, %1, %4
          $0 = %5
          copy slot0, const0, 16 align 8
          zero scratch+8, 24 align 8
          %6: ptr = address slot0
          %7: ptr = offset %6, %1
          atomic add globals+24, 1
          %8: i64 = atomic fetch add %7+4, 1
          %9: ptr = call map_lookup_elem(map[@x], &slot0)
          %10: i8 = ne %9, null
          if %10 {
            loop {
              if %2 {
                leave
              } else {
                repeat
              }
            }
          }
          %11: ptr = call ringbuf_reserve(ringbuf, 8, 0)
          call get_attach_cookie(ctx)
          %12: i32 = call apus_histogram_bucket(%1, 0i32)
          return
        }

        """)
  }

  /// Loops that the kernel runs, and blocks that are functions of their own.
  @Test func calledBlocks() {
    let map = MapDescription(
      name: "@x", key: [.int64], value: .plain(.int64), storage: .hash(.shared, capacity: 1))
    var b = ProgramBuilder(name: "p", kind: .testRun)
    let (key, value, index) = (b.register(.pointer), b.register(.pointer), b.register(.i64))
    b.openBlock()
    b.openBlock()
    b.emit(.apart(IRBlock([.leave])))
    b.emit(.forCount(.constant(3, .i64), index: index, b.closeBlock()))
    b.emit(.forEachElement(map: 0, key: key, value: value, b.closeBlock()))
    let module = TraceModule(programs: [b.finish()], manifest: Manifest(maps: [map]))
    #expect(
      describe(module).contains(
        """
          for each map[@x], %0, %1 {
            for 3, %2 {
              apart {
                leave
              }
            }
          }

        """))
  }

  /// Maps, events and probes.
  @Test func manifest() {
    let format = FormatString(pieces: [
      .literal(Array("100% ".utf8)), .conversion(FormatString.Conversion(.signed)),
    ])
    let module = TraceModule(
      manifest: Manifest(
        maps: [
          MapDescription(
            name: "@", key: [], value: .plain(.string(capacity: 16)),
            storage: .global(offset: 24, presence: 40)),
          MapDescription(
            name: "@h", key: [.int32, .tuple([.bool, .int64])], value: .aggregation(.histogram(bits: 2)),
            storage: .hash(.perCPU, capacity: 4096)),
          MapDescription(
            name: "@d", key: [.probeName], value: .aggregation(.sum(isSigned: true)),
            storage: .dense(count: 374, isPerCPU: true)),
          MapDescription(name: "@c", key: [], value: .aggregation(.count), storage: .perCPU),
        ],
        events: [
          EventDescription(action: .printf(format), fieldTypes: [.int64]),
          EventDescription(action: .printMap(map: 1, top: 5, divisor: nil)),
          EventDescription(action: .exit),
        ],
        probes: [
          ProbeDescription(name: "kprobe:tcp_ack", function: "tcp_ack"), ProbeDescription(name: "BEGIN"),
        ],
        globals: GlobalsLayout(refusedUpdates: [32, 40], size: 48)))
    #expect(
      describe(module) == """
        map @ = string[16] in global 24 presence 40
        map @h[int32, (bool, int64)] = hist 2 in hash perCPU 4096
        map @d[probe] = sum signed in dense perCPU 374
        map @c = count in perCPU
        event 0 = printf "100%% %d" size 16 (8: int64)
        event 1 = print @h top 5 size 8
        event 2 = exit size 8
        probe 0 = kprobe:tcp_ack in tcp_ack
        probe 1 = BEGIN
        globals 48 bytes, refused 32 40

        """)
  }

}
