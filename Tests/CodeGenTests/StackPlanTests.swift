import IR
import Testing
import Types

@testable import CodeGen

/// Which slots share memory.
@Suite struct StackPlanTests {

  /// Returns where the slots of a program are that gives each slot to a helper as `build` says.
  private func plan(_ build: (inout ProgramBuilder) -> Void) -> StackPlan {
    var b = ProgramBuilder(name: "test", kind: .testRun)
    build(&b)
    let program = b.finish()
    return StackPlan(of: Set(program.slots.indices), in: program.body, of: program)
  }

  /// Appends a call that fills `slot`.
  private func fill(_ slot: Place, in b: inout ProgramBuilder) {
    b.call(.getCurrentComm, .address(slot), .constant(16, .i32))
  }

  /// Slots that are used one after the other share, slots that are used at once do not.
  @Test func sequence() {
    let plan = plan { b in
      let (x, y, z) = (
        b.slot(size: 16, alignment: 8), b.slot(size: 16, alignment: 8), b.slot(size: 16, alignment: 8)
      )
      fill(x, in: &b)
      fill(y, in: &b)
      _ = b.load(.i64, from: x)
      fill(z, in: &b)
    }
    #expect(plan.home == [0, 1, 0])
    #expect(plan.homes.map(\.size) == [16, 16])
  }

  /// The two sides of a branch share.
  @Test func branches() {
    let plan = plan { b in
      let (x, y) = (b.slot(size: 20, alignment: 4), b.slot(size: 10, alignment: 2))
      b.branch(b.call(.ktimeGetNanoseconds)) {
        fill(x, in: &$0)
      } otherwise: {
        fill(y, in: &$0)
      }
    }
    #expect(plan.home == [0, 0])
    #expect(plan.homes.map(\.size) == [24])
  }

  /// What is used in a loop is kept for all of its turns.
  @Test func loops() {
    let plan = plan { b in
      let (x, y, z) = (
        b.slot(size: 16, alignment: 8), b.slot(size: 16, alignment: 8), b.slot(size: 16, alignment: 8)
      )
      b.openBlock()
      fill(x, in: &b)
      fill(y, in: &b)
      b.emit(.leave)
      let body = b.closeBlock()
      b.emit(.loop(body))
      fill(z, in: &b)
    }
    #expect(plan.home == [0, 1, 0])
  }

  /// A slot is in use as long as its address is, and to the end if that is put where it is not followed.
  @Test func addresses() {
    let plan = plan { b in
      let slots = (0..<4).map { _ in b.slot(size: 16, alignment: 8) }
      let address = b.register(.pointer)
      b.emit(.address(address, slots[0]))
      fill(slots[1], in: &b)
      b.set(b.local(.pointer), to: .address(slots[2]))
      _ = b.load(.i64, from: Place(.register(address)))
      fill(slots[3], in: &b)
    }
    #expect(plan.home[0] != plan.home[1])
    #expect(plan.home[3] != plan.home[2])
    #expect(plan.homes.count == 2)
  }

  /// Slots whose address stays in the program have memory of their own, which LLVM turns into registers.
  @Test func privateSlots() {
    let plan = plan { b in
      for _ in 0..<3 { b.store(.constant(0, .i64), to: b.slot(size: 8, alignment: 8)) }
    }
    #expect(plan.home == [0, 1, 2])
  }

}
