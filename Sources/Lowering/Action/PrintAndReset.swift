import Builtins
import IR
import Semantics
import Syntax
import Types

/// `print(@m); clear(@m);` or `print(@m); zero(@m);`: two statements that are done as one, so that nothing is lost that is
/// added to the map between them; likewise `table("A B", @a, @b); clear(@a); zero(@b);`.
enum PrintAndReset {

  /// A map is printed, with the numbers behind it: how many elements are printed, and what they are divided by. Its elements
  /// are set to zero, not removed, iff `keepsKeys`.
  case map(Name, limits: [Int], keepsKeys: Bool)

  /// A table is printed, and some of its maps are reset, which are given by their names.
  case table(TableCall, resets: [String: TableDescription.Reset])

  /// How many statements further the second one is looked for, so that long scripts are compiled fast.
  private static let greatestDistance = 64

  /// Returns the pairs of statements of `block` that are done as one: what is done at the index of the first of them, and
  /// the indices of the second ones.
  ///
  /// Other statements may stand between them that do not touch the map and behind which control goes on.
  static func pairs(in block: Block) -> (first: [Int: PrintAndReset], second: Set<Int>) {
    var first: [Int: PrintAndReset] = [:]
    var second: Set<Int> = []
    for (index, statement) in block.statements.enumerated() {
      guard let (print, printed) = call(statement) else { continue }
      if print.text == "print", case .map(let map, let key)? = printed.first?.kind, key.isEmpty,
        let reset = reset(of: map, behind: index, in: block)
      {
        let limits = printed.dropFirst().map { Int($0.literal ?? 0) }
        first[index] = .map(map, limits: limits, keepsKeys: reset.keepsKeys)
        second.insert(reset.index)
      } else if print.text == "table", let table = TableCall(printed) {
        var resets: [String: TableDescription.Reset] = [:]
        for map in table.columns.map(\.map) where resets[map.text] == nil {
          guard let reset = reset(of: map, behind: index, in: block) else { continue }
          resets[map.text] = reset.keepsKeys ? .zero : .clear
          second.insert(reset.index)
        }
        if !resets.isEmpty { first[index] = .table(table, resets: resets) }
      }
    }
    return (first, second)
  }

  /// Returns the index of the statement behind the one at `index` that resets `map`, and whether it sets elements to zero; nil
  /// if there is none that is always come to.
  private static func reset(
    of map: Name, behind index: Int, in block: Block
  ) -> (index: Int, keepsKeys: Bool)? {
    for (distance, other) in block.statements[(index + 1)...].prefix(greatestDistance).enumerated() {
      if let (reset, cleared) = call(other), reset.text == "clear" || reset.text == "zero",
        case .map(let name, _)? = cleared.first?.kind, name.text == map.text
      {
        return (index + 1 + distance, reset.text == "zero")
      }
      if !goesOn(behind: other, without: map) { return nil }
    }
    return nil
  }

  /// Returns the name and the arguments if `statement` is a call.
  private static func call(_ statement: Statement) -> (name: Name, arguments: [Expression])? {
    guard case .expression(let expression) = statement.kind,
      case .call(let name, let arguments) = expression.kind
    else { return nil }
    return (name, arguments)
  }

  /// Returns `true` iff control always goes on behind `statement`, which does not touch `map`.
  private static func goesOn(behind statement: Statement, without map: Name) -> Bool {
    switch statement.kind {
    case .expression, .assignment, .declaration: break
    default: return false
    }
    var goesOn = true
    for expression in statement.expressions {
      expression.forEachExpression { part in
        switch part.kind {
        case .map(let name, _): if name.text == map.text { goesOn = false }
        case .block: goesOn = false
        case .call(let name, _): if ["assert", "exit", "fail"].contains(name.text) { goesOn = false }
        default: break
        }
      }
    }
    return goesOn
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
    switch reset {
    case .map(let name, let limits, let keepsKeys):
      let map = mapIndex(name.text)
      let divisor = limits.count > 1 ? limits[1] : nil
      if case .global(let offset, let presence) = mapDescription(map).storage {
        printAndReset(map, at: offset, presence, keepsKey: keepsKeys, divisor: divisor)
      } else {
        sendEvent(
          .printMapAndReset(map: map, top: limits.first, divisor: divisor, keepsKeys: keepsKeys), fields: []
        ) { _, _ in }
      }
    case .table(let table, let resets):
      sendEvent(.table(table.description(resetting: resets) { mapIndex($0) }), fields: []) { _, _ in }
    }
    memory.release(to: start)
  }

  /// Emits the instructions that send the value of a map in `globals` to be printed and put zero in its place.
  ///
  /// Both are one step, which is not taken if there is no room for the event.
  private mutating func printAndReset(
    _ map: Int, at offset: Int, _ presence: Int, keepsKey: Bool, divisor: Int?
  ) {
    guard case .plain(let type) = mapDescription(map).value else { preconditionFailure("not a plain value") }
    sendEvent(.printElement(map: map, divisor: divisor), fields: [.bool, type]) { lowering, places in
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
