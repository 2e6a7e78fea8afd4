import BPF
import CodeGen
import IR
import Testing
import Types

/// Memory: copies, zeros, constants, scratch memory, variables.
@Suite struct MemoryTests {

  /// Copies of many sizes between scratch memory and constants arrive whole and touch nothing else.
  @Test(arguments: [1, 2, 3, 7, 8, 15, 16, 31, 255, 256, 257, 1000, 4096], [1, 4, 8])
  func copies(count: Int, alignment: Int) throws {
    let bytes = (0..<count).map { UInt8(truncatingIfNeeded: $0 &* 7 &+ 3) }
    let size = (count + 8).rounded(upToMultipleOf: 8)
    let map = MapDescription(
      name: "@m", key: [], value: .plain(.string(capacity: size)), storage: .dense(count: 1, isPerCPU: false))
    let module = testModule(maps: [map], constants: [bytes, [9]], scratchSize: 2 * size) { b in
      b.useScratch(3)
      let (first, second) = (Place(.scratch), Place(.scratch, offset: size))
      b.emit(.zero(first, count: size, alignment: alignment))
      b.emit(.zero(second, count: size, alignment: alignment))
      b.emit(.copy(to: first, from: Place(.constant(0)), count: count, alignment: alignment))
      b.emit(.copy(to: second, from: first, count: count, alignment: alignment))
      let key = b.slot(size: 4, alignment: 4)
      b.store(.constant(0, .i32), to: key)
      let element = b.call(.mapLookupElement, .map(0), .address(key))
      b.branch(b.isNotNull(element)) { b in
        guard case .register(let r) = element else { return }
        b.emit(.copy(to: Place(.register(r)), from: second, count: size, alignment: 8))
        b.report(b.load(.i8, from: Place(.constant(1))))
      }
    }
    let results = try run(module) { object in
      let map = object.map(named: "m")
      let value = try #require(try map?.lookup([0, 0, 0, 0]))
      #expect(Array(value.prefix(count)) == bytes)
      #expect(value[count..<size].allSatisfy { $0 == 0 })
    }
    #expect(results[0] == 9)
  }

  /// Small pieces of stack memory are copied and zeroed whatever their sizes.
  @Test(arguments: 1...40) func stack(count: Int) throws {
    let results = try run(
      testModule { b in
        let (from, to) = (b.slot(size: count, alignment: 1), b.slot(size: count + 1, alignment: 1))
        for i in 0..<count { b.store(.constant(Int64(i + 1), .i8), to: from.advanced(by: i)) }
        b.emit(.zero(to, count: count + 1, alignment: 1))
        b.emit(.copy(to: to, from: from, count: count, alignment: 1))
        b.emit(
          .callHelper(nil, .getCurrentComm, [.address(b.slot(size: 16, alignment: 8)), .constant(16, .i32)]))
        var sum = Operand.constant(0, .i64)
        for i in 0...count {
          sum = b.binary(.add, sum, b.convert(b.load(.i8, from: to.advanced(by: i)), .zeroExtend, to: .i64))
        }
        b.report(sum)
      })
    #expect(results[0] == UInt64(count * (count + 1) / 2))
  }

  /// Variables of all types are zero at first, and keep what is assigned.
  @Test func variables() throws {
    let results = try run(
      testModule { b in
        for (i, type) in [IRType.i8, .i16, .i32, .i64].enumerated() {
          let local = b.local(type)
          let atFirst = b.get(local)
          b.set(local, to: .constant(-1, type))
          let later = b.convert(b.get(local), .zeroExtend, to: .i64)
          b.report(b.binary(.add, later, b.convert(atFirst, .zeroExtend, to: .i64)), as: i)
        }
      })
    #expect(results.prefix(4) == [0xFF, 0xFFFF, 0xFFFF_FFFF, .max])
  }

  /// Both atomic additions add, and the one that is asked for it gives the old value.
  @Test func atomics() throws {
    let results = try run(
      testModule { b in
        let place = Place(.globals, offset: resultOffset(0))
        b.emit(.atomicAdd(place, .constant(40, .i64)))
        let old = b.register(.i64)
        b.emit(.atomicFetchAdd(old, place, .constant(2, .i64)))
        b.report(.register(old), as: 1)
      })
    #expect(results.prefix(2) == [42, 40])
  }

  /// Bits are combined, and an exchange gives what was there.
  @Test func atomicBits() throws {
    let results = try run(
      testModule { b in
        let place = Place(.globals, offset: resultOffset(0))
        b.emit(.atomic(.or, place, .constant(14, .i64)))
        b.emit(.atomic(.and, place, .constant(7, .i64)))
        b.emit(.atomic(.xor, place, .constant(1, .i64)))
        let old = b.register(.i64)
        b.emit(.atomicExchange(old, place, .constant(3, .i64)))
        b.report(.register(old), as: 1)
      })
    #expect(results.prefix(2) == [3, 7])
  }

  /// Addresses with offsets that are not known before.
  @Test func offsets() throws {
    let results = try run(
      testModule { b in
        let i = b.unknown(16, .i64, at: 7)
        let masked = b.binary(.and, i, .constant(0x18, .i64))
        let base = b.register(.pointer)
        b.emit(.address(base, Place(.globals, offset: resultOffset(0))))
        let element = b.register(.pointer)
        b.emit(.offset(element, .register(base), masked))
        b.store(.constant(5, .i64), to: Place(.register(element)))
      })
    #expect(results.prefix(3) == [0, 0, 5])
  }

}
