import BPF
import CodeGen
import IR
import Testing
import Types

/// Large programs.
@Suite struct ScaleTests {

  /// Many assignments to elements of a map fit into the stack, no jump is too long, and the kernel accepts and runs
  /// them.
  @Test(arguments: [1000, 5000]) func manyAssignments(count: Int) throws {
    let map = MapDescription(
      name: "@x", key: [.int64], value: .plain(.int64), storage: .hash(.shared, capacity: 8192))
    let module = testModule(maps: [map]) { b in
      let sum = b.local(.i64)
      for i in 0..<count {
        b.emit(.position(i))
        let (key, value) = (b.slot(size: 8, alignment: 8), b.slot(size: 8, alignment: 8))
        b.store(.constant(Int64(i), .i64), to: key)
        b.set(sum, to: b.binary(.add, b.get(sum), .constant(1, .i64)))
        b.store(b.get(sum), to: value)
        let status = b.call(.mapUpdateElement, .map(0), .address(key), .address(value), .constant(0, .i64))
        b.branch(b.binary(.notEqual, status, .constant(0, .i64))) {
          $0.emit(.atomicAdd(Place(.globals, offset: GlobalsLayout.lostEvents), .constant(1, .i64)))
        }
      }
      b.report(b.get(sum))
    }
    let results = try run(module) { object in
      let map = object.map(named: "x")
      let last = try map?.lookup(withUnsafeBytes(of: Int64(count - 1)) { Array($0) })
      #expect(last == withUnsafeBytes(of: Int64(count)) { Array($0) })
    }
    #expect(results[0] == UInt64(count))
  }

  /// More branches than the verifier follows from one beginning are in functions that it looks at by themselves; what they change is
  /// seen by the functions behind them.
  @Test func manyBranches() throws {
    let module = testModule { b in
      let (sum, limit) = (b.local(.i64), b.local(.i64))
      b.set(sum, to: b.unknown(5, .i64, at: 7))
      b.set(limit, to: b.unknown(4000, .i64, at: 6))
      for i in 0..<12_000 {
        b.emit(.position(i))
        let slot = b.slot(size: 8, alignment: 8)
        b.store(.constant(Int64(i), .i64), to: slot)
        b.branch(b.binary(.unsignedLess, b.get(sum), b.get(limit))) { b in
          b.set(sum, to: b.binary(.add, b.get(sum), .constant(1, .i64)))
        }
      }
      b.report(b.get(sum))
      b.report(b.get(limit), as: 1)
    }
    let results = try run(module)
    #expect(results[0] == 4000)
    #expect(results[1] == 4000)
  }

  /// Memory that does not fit into the stack is an error with its place, not the end of the process.
  @Test func stackOverflow() {
    var module = testModule { b in
      b.emit(.position(0))
      let slot = b.slot(size: 600, alignment: 8)
      b.emit(.position(1))
      b.call(.probeReadKernel, .address(slot), .constant(600, .i32), .constant(0, .i64))
    }
    module.positions = [IRPosition(start: 0, end: 5), IRPosition(start: 6, end: 9)]
    let error = CodeGenError(
      "the code for a probe needs more than the 512 bytes of stack that BPF has", at: module.positions[1])
    #expect(throws: error) { try generate(module) }
  }

}
