import CodeGen
import IR
import Testing
import Types

/// The flow of control.
@Suite struct ControlFlowTests {

  /// Each side of a branch runs exactly when its condition says so.
  @Test func branches() throws {
    let results = try run(
      testModule { b in
        let one = b.unknown(1, .i64, at: 7)
        b.branch(b.binary(.equal, one, .constant(1, .i64))) {
          $0.report(.constant(10, .i64), as: 0)
        } otherwise: {
          $0.report(.constant(11, .i64), as: 0)
        }
        b.branch(b.binary(.equal, one, .constant(2, .i64))) { $0.report(.constant(20, .i64), as: 1) }
        b.branch(.constant(0, .i8)) { _ in
        } otherwise: {
          $0.report(.constant(30, .i64), as: 2)
        }
      })
    #expect(results.prefix(3) == [10, 0, 30])
  }

  /// A loop with both kinds of jumps: the sum of the odd numbers below 20.
  @Test func loops() throws {
    let results = try run(
      testModule { b in
        let (i, sum) = (b.local(.i64), b.local(.i64))
        b.openBlock()
        b.branch(b.binary(.unsignedLessOrEqual, .constant(20, .i64), b.get(i))) { $0.emit(.leave) }
        let number = b.get(i)
        b.set(i, to: b.binary(.add, number, .constant(1, .i64)))
        let bit = b.binary(.and, number, .constant(1, .i64))
        b.branch(b.binary(.equal, bit, .constant(0, .i64))) { $0.emit(.again) }
        b.set(sum, to: b.binary(.add, b.get(sum), number))
        let body = b.closeBlock()
        b.emit(.loop(body))
        b.report(b.get(sum))
      })
    #expect(results[0] == 100)
  }

  /// What stands behind the end of a program, or behind a branch that ends on both sides, does not run.
  @Test func unreachable() throws {
    let results = try run(
      testModule { b in
        b.report(.constant(1, .i64), as: 0)
        b.branch(b.binary(.equal, b.unknown(1, .i64, at: 7), .constant(1, .i64))) { b in
          b.emit(.stop)
          b.report(.constant(2, .i64), as: 0)
        } otherwise: { b in
          b.emit(.stop)
        }
        let dead = b.load(.i64, from: Place(.context, offset: 8))
        b.report(dead, as: 1)
      })
    #expect(results.prefix(2) == [1, 0])
  }

  /// Deep nesting compiles.
  @Test func nesting() throws {
    let results = try run(
      testModule { b in
        let one = b.unknown(1, .i64, at: 7)
        for i in 0..<200 {
          b.openBlock()
          b.emit(.atomicAdd(Place(.globals, offset: resultOffset(0)), .constant(Int64(i), .i64)))
        }
        for _ in 0..<200 {
          let block = b.closeBlock()
          b.emit(.branch(b.binary(.notEqual, one, .constant(0, .i64)), block, IRBlock()))
        }
      })
    #expect(results[0] == 199 * 100)
  }

}
