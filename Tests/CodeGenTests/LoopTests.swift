import CodeGen
import IR
import Testing
import Types

/// Loops whose turns are functions of their own.
@Suite struct LoopTests {

  /// A hash table of numbers by number.
  private let map = MapDescription(
    name: "@x", key: [.int64], value: .plain(.int64), storage: .hash(.shared, capacity: 64))

  /// Appends a loop over the numbers below `count` that `body` fills, given the number of the turn.
  private func loop(
    _ b: inout ProgramBuilder, _ count: Operand, _ body: (inout ProgramBuilder, Operand) -> Void
  ) {
    let index = b.register(.i64)
    b.openBlock()
    body(&b, .register(index))
    let block = b.closeBlock()
    b.emit(.forCount(count, index: index, block))
  }

  /// Appends a loop over the elements of the map that `body` fills, given the places of the key and the value.
  private func loopOverMap(
    _ b: inout ProgramBuilder, _ body: (inout ProgramBuilder, Place, Place) -> Void
  ) {
    let (key, value) = (b.register(.pointer), b.register(.pointer))
    b.openBlock()
    body(&b, Place(.register(key)), Place(.register(value)))
    let block = b.closeBlock()
    b.emit(.forEachElement(map: 0, key: key, value: value, block))
  }

  /// Appends the addition of `amount` to `local`.
  private func add(_ amount: Operand, to local: Local, _ b: inout ProgramBuilder) {
    b.set(local, to: b.binary(.add, b.get(local), amount))
  }

  /// Appends the setting of the elements 0 to `count` - 1 of the map to `values` of their keys.
  private func fill(_ b: inout ProgramBuilder, count: Int, _ values: (Int) -> Int) {
    for i in 0..<count {
      let (key, value) = (b.slot(size: 8, alignment: 8), b.slot(size: 8, alignment: 8))
      b.store(.constant(Int64(i), .i64), to: key)
      b.store(.constant(Int64(values(i)), .i64), to: value)
      b.call(.mapUpdateElement, .map(0), .address(key), .address(value), .constant(0, .i64))
    }
  }

  /// Variables keep their changes from turn to turn and behind the loop; a loop without turns changes nothing.
  @Test func variables() throws {
    let results = try run(
      testModule { b in
        let (sum, found, other) = (b.local(.i64), b.local(.i8), b.local(.i64))
        b.set(sum, to: .constant(5, .i64))
        loop(&b, .constant(10_000, .i64)) { b, index in add(index, to: sum, &b) }
        b.report(b.get(sum), as: 0)
        loop(&b, b.unknown(0, .i64, at: 7)) { b, _ in b.set(found, to: .constant(1, .i8)) }
        b.branch(b.get(found)) {
          $0.report(.constant(1, .i64), as: 1)
        } otherwise: {
          $0.report(.constant(2, .i64), as: 1)
        }
        // A variable that the loop only reads keeps what is known about it.
        b.set(other, to: .constant(3, .i64))
        loop(&b, b.get(other)) { b, _ in add(b.get(other), to: sum, &b) }
        b.report(b.get(sum), as: 2)
      })
    #expect(results[0] == 49_995_005)
    #expect(results[1] == 2)
    #expect(results[2] == 49_995_014)
  }

  /// A variable that only the loop uses keeps its value if a turn does not begin by assigning it.
  @Test func lastingVariable() throws {
    let results = try run(
      testModule { b in
        let last = b.local(.i64)
        loop(&b, .constant(4, .i64)) { b, index in
          b.report(b.get(last), as: 0)
          b.set(last, to: b.binary(.add, index, .constant(1, .i64)))
        }
      })
    #expect(results[0] == 3)
  }

  /// `leave` ends the loop, `repeat` the turn, also from loops within one turn.
  @Test func exits() throws {
    let results = try run(
      testModule { b in
        let sum = b.local(.i64)
        loop(&b, .constant(100, .i64)) { b, index in
          b.branch(b.binary(.equal, index, .constant(3, .i64))) { $0.emit(.again) }
          b.branch(b.binary(.equal, index, .constant(6, .i64))) { $0.emit(.leave) }
          b.openBlock()
          add(index, to: sum, &b)
          b.emit(.leave)
          let inner = b.closeBlock()
          b.emit(.loop(inner))
        }
        b.report(b.get(sum), as: 0)
      })
    #expect(results[0] == 0 + 1 + 2 + 4 + 5)
  }

  /// `return` ends the program from within loops in loops.
  @Test func stop() throws {
    let results = try run(
      testModule { b in
        let turns = b.local(.i64)
        loop(&b, .constant(5, .i64)) { b, i in
          loop(&b, .constant(5, .i64)) { b, j in
            add(.constant(1, .i64), to: turns, &b)
            b.report(b.get(turns), as: 0)
            b.branch(b.binary(.equal, b.binary(.multiply, i, j), .constant(6, .i64))) { $0.emit(.stop) }
          }
        }
        b.report(.constant(1, .i64), as: 1)
      })
    #expect(results[0] == 14)
    #expect(results[1] == 0)
  }

  /// The elements of a map are visited, and may be deleted meanwhile; what stands outside is reached: registers, memory, the
  /// context.
  @Test func elements() throws {
    let results = try run(
      testModule(maps: [map]) { b in
        fill(&b, count: 8) { $0 * 100 }
        let (keys, values) = (b.local(.i64), b.local(.i64))
        let slot = b.slot(size: 16, alignment: 8)
        b.emit(.zero(slot, count: 16, alignment: 8))
        let factor = b.unknown(2, .i64, at: 7)
        loopOverMap(&b) { b, key, value in
          let number = b.load(.i64, from: key)
          add(b.binary(.multiply, number, factor), to: keys, &b)
          add(b.load(.i64, from: value), to: values, &b)
          b.store(number, to: slot.advanced(by: 8))
          let copy = b.slot(size: 8, alignment: 8)
          b.store(number, to: copy)
          b.call(.mapDeleteElement, .map(0), .address(copy))
          add(b.binary(.and, b.load(.i64, from: Place(.context)), .constant(0, .i64)), to: keys, &b)
        }
        b.report(b.get(keys), as: 0)
        b.report(b.get(values), as: 1)
        let left = b.local(.i64)
        loopOverMap(&b) { b, _, _ in add(.constant(1, .i64), to: left, &b) }
        b.report(b.get(left), as: 2)
      })
    #expect(results.prefix(3) == [56, 2800, 0])
  }

  /// Loops in loops of all kinds reach what is outside of them, and their depth is that of the kernel's calls.
  @Test func nesting() throws {
    let results = try run(
      testModule(maps: [map]) { b in
        fill(&b, count: 3) { $0 + 1 }
        let sum = b.local(.i64)
        let one = b.unknown(1, .i64, at: 7)
        loopOverMap(&b) { b, outerKey, outerValue in
          loop(&b, b.load(.i64, from: outerValue)) { b, i in
            let turn = b.local(.i64)
            b.set(turn, to: .constant(0, .i64))
            b.openBlock()
            b.branch(b.binary(.equal, b.get(turn), .constant(2, .i64))) { $0.emit(.leave) }
            add(.constant(1, .i64), to: turn, &b)
            loopOverMap(&b) { b, _, value in
              loop(&b, .constant(2, .i64)) { b, j in
                loop(&b, .constant(2, .i64)) { b, _ in
                  loop(&b, .constant(1, .i64)) { b, _ in
                    loop(&b, .constant(1, .i64)) { b, _ in
                      let product = b.binary(
                        .multiply, b.load(.i64, from: outerKey), b.load(.i64, from: value))
                      add(b.binary(.add, b.binary(.add, product, one), b.binary(.add, i, j)), to: sum, &b)
                    }
                  }
                }
              }
            }
            let inner = b.closeBlock()
            b.emit(.loop(inner))
          }
        }
        b.report(b.get(sum), as: 0)
      })
    var expected = 0
    for key in 0..<3 {
      for i in 0...key {
        for _ in 0..<2 {
          for value in 1...3 { for j in 0..<2 { for _ in 0..<2 { expected += key * value + 1 + i + j } } }
        }
      }
    }
    #expect(results[0] == UInt64(expected))
  }

  /// A block that no jump reaches across compiles, and the ways out of it work.
  @Test func longBlocks() throws {
    let results = try run(
      testModule { b in
        let (sum, turns) = (b.local(.i64), b.local(.i64))
        let one = b.unknown(1, .i64, at: 7)

        /// Appends code of some 40 000 instructions.
        func work(_ b: inout ProgramBuilder) {
          for _ in 0..<10_000 {
            b.emit(.atomicAdd(Place(.globals, offset: resultOffset(0)), one))
            b.emit(.atomicAdd(Place(.globals, offset: resultOffset(1)), .constant(1, .i64)))
          }
          add(.constant(3, .i64), to: sum, &b)
        }

        b.branch(b.binary(.equal, one, .constant(1, .i64))) {
          work(&$0)
        } otherwise: {
          work(&$0)
        }
        b.openBlock()
        add(.constant(1, .i64), to: turns, &b)
        b.branch(b.binary(.equal, b.get(turns), .constant(2, .i64))) { $0.emit(.again) }
        b.branch(b.binary(.equal, b.get(turns), .constant(4, .i64))) { $0.emit(.leave) }
        work(&b)
        let body = b.closeBlock()
        b.emit(.loop(body))
        b.report(b.get(sum), as: 2)
        b.branch(one) {
          work(&$0)
          $0.report($0.get(sum), as: 3)
          $0.emit(.stop)
        }
        b.report(.constant(1, .i64), as: 4)
      })
    #expect(results.prefix(5) == [40_000, 40_000, 9, 12, 0])
  }

}
