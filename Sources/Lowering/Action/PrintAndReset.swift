import Builtins
import IR
import Semantics
import Syntax
import Types

/// `print(@m); clear(@m);` or `print(@m); zero(@m);`: two statements that are done as one, so that nothing is lost that is
/// added to the map between them.
struct PrintAndReset {

  /// The map.
  let map: Name

  /// The numbers behind the map: how many elements are printed, and what they are divided by.
  let limits: [Int]

  /// `true` iff elements are set to zero, not removed.
  let keepsKeys: Bool

  /// Creates an instance if `first` and `second` are such statements.
  init?(_ first: Statement, _ second: Statement) {
    guard let (print, printed) = PrintAndReset.call(first), print.text == "print",
      let (reset, cleared) = PrintAndReset.call(second), reset.text == "clear" || reset.text == "zero",
      case .map(let map, let key)? = printed.first?.kind, case .map(let other, _)? = cleared.first?.kind,
      key.isEmpty, map.text == other.text
    else { return nil }
    self.map = map
    self.limits = printed.dropFirst().map { Int($0.literal ?? 0) }
    self.keepsKeys = reset.text == "zero"
  }

  /// Returns the name and the arguments if `statement` is a call.
  private static func call(_ statement: Statement) -> (name: Name, arguments: [Expression])? {
    guard case .expression(let expression) = statement.kind,
      case .call(let name, let arguments) = expression.kind
    else { return nil }
    return (name, arguments)
  }

}

extension Expression {

  /// The value of a literal that is not negative.
  fileprivate var literal: UInt64? { if case .integer(let literal) = kind { literal.value } else { nil } }

}

extension ActionLowering {

  /// Emits `reset`, the first statement of which is `statement`.
  mutating func lower(_ reset: PrintAndReset, at statement: Statement) {
    mark(statement.site)
    let start = memory.mark
    let map = mapIndex(reset.map.text)
    let description = mapDescription(map)
    if case .global(let offset, let presence) = description.storage, reset.limits.isEmpty {
      printAndReset(map, at: offset, presence, keepsKey: reset.keepsKeys)
    } else {
      sendEvent(
        .printMapAndReset(
          map: map, top: reset.limits.first, divisor: reset.limits.count > 1 ? reset.limits[1] : nil,
          keepsKeys: reset.keepsKeys), fields: []
      ) { _, _ in }
    }
    memory.release(to: start)
  }

  /// Emits the instructions that send the value of a map in `globals` to be printed and put zero in its place.
  ///
  /// Both are one step, which is not taken if there is no room for the event.
  private mutating func printAndReset(_ map: Int, at offset: Int, _ presence: Int, keepsKey: Bool) {
    guard case .plain(let type) = mapDescription(map).value else { preconditionFailure("not a plain value") }
    sendEvent(.printElement(map: map), fields: [.bool, type]) { lowering, places in
      let flag = Place(.globals, offset: presence)
      lowering.builder.store(lowering.builder.load(.i8, from: flag), to: places[0])
      // The flag first: whoever adds to the value sets it afterwards.
      if !keepsKey { lowering.builder.store(.constant(0, .i8), to: flag) }
      let old = lowering.builder.register(.i64)
      lowering.builder.emit(.atomicExchange(old, Place(.globals, offset: offset), .constant(0, .i64)))
      let value = lowering.convert(.register(old), from: .uint64, to: type)
      lowering.builder.store(value, to: places[1])
    }
  }

}
