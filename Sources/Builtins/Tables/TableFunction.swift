import Diagnostics
import Syntax
import Types

/// `table("HEADINGS", @a[, @b…][, top])`: maps with the same key side by side, the largest first.
struct TableFunction: Builtin {
  let names = ["table"]
  let arity = 2...64
  let isValue = false

  func type(of call: BuiltinCall, in scope: inout some TypingScope) -> Type? {
    guard scope.hasProcess(call) else { return nil }
    let table: TableCall
    do {
      table = try TableCall(checking: call.arguments)
    } catch {
      scope.error(error.message, at: error.site, hint: error.hint)
      return nil
    }
    for column in table.columns { scope.requireMap(column.map) }
    // The types of keys and values are final when anything is reported.
    var first: (key: [Type], column: TableCall.Column)? = nil
    for column in table.columns {
      guard let map = scope.map(named: column.map.text), let value = map.value else { continue }
      guard check(column, map.key, value, in: &scope) else { return nil }
      guard let first else {
        first = (map.key, column)
        continue
      }
      if first.key.count == map.key.count && zip(first.key, map.key).allSatisfy({ $0.isJoined(to: $1) }) {
        continue
      }
      scope.report(
        .error(
          "the keys of '\(column.map.text)' are not of the types of those of '\(first.column.map.text)'",
          at: column.site,
          notes: [
            Diagnostic.Note("'\(first.column.map.text)' gives the rows their keys", at: first.column.site)
          ],
          hint: "the maps of a table have one key"))
      return nil
    }
    if let key = first?.key { checkHeadings(of: table, call, keyCount: key.withoutRecords.count, in: &scope) }
    return Type.none
  }

  /// Returns `true` iff `column`, a map with the given key and value, fits into rows; else reports an error.
  private func check(
    _ column: TableCall.Column, _ key: [Type], _ value: MapValue, in scope: inout some TypingScope
  ) -> Bool {
    if key.isEmpty {
      scope.error(
        "'\(column.map.text)' has no key, so that it makes no rows", at: column.site,
        hint: "'print(\(column.map.text))' prints it")
      return false
    }
    if let stack = key.withoutRecords.first(where: \.isStack) {
      scope.error(
        "\(stack.articled) does not fit into a row, but '\(column.map.text)' has one in its key",
        at: column.site)
      return false
    }
    switch value {
    case .plain(.integer), .plain(.bool), .aggregation(.count), .aggregation(.sum), .aggregation(.minimum),
      .aggregation(.maximum), .aggregation(.average):
      return true
    case .plain(let type):
      scope.error(
        "a table shows numbers, but '\(column.map.text)' holds \(type.articled)", at: column.site,
        hint: "make it a part of the key")
      return false
    case .aggregation:
      scope.error(
        "a table shows numbers, but '\(column.map.text)' gathers more than one for each key", at: column.site,
        hint: "use 'count', 'sum', 'avg', 'min' or 'max'")
      return false
    }
  }

  /// Reports an error unless there is one heading for each column.
  private func checkHeadings(
    of table: TableCall, _ call: BuiltinCall, keyCount: Int, in scope: inout some TypingScope
  ) {
    let count = keyCount + table.columns.count
    if table.headings.count == count { return }
    let parts = "\(keyCount) of the key and \(table.columns.count) of values"
    scope.error(
      "the table has \(count) columns, \(parts), but \(table.headings.count) heading"
        + (table.headings.count == 1 ? "" : "s"),
      at: call.arguments[0].site, hint: "headings are words with spaces between them")
  }

  func lower(_ call: BuiltinCall, in lowering: inout some CallLowering) -> LoweredValue {
    guard let table = TableCall(call.arguments) else { preconditionFailure("a table that was refused") }
    let description = table.description { lowering.mapIndex($0) }
    lowering.sendEvent(.table(description), fields: []) { _, _ in }
    return .none
  }
}

extension Type {

  /// `true` iff values of the type and of `other` can be the same part of a key: they are of one type but for the sizes of
  /// integers and of texts.
  fileprivate func isJoined(to other: Type) -> Bool {
    switch (self, other) {
    case (.integer, .integer), (.string, .string): true
    case (.tuple(let a), .tuple(let b)): a.count == b.count && zip(a, b).allSatisfy { $0.isJoined(to: $1) }
    case (.record(let a), .record(let b)):
      // Members are told apart by their names.
      a.count == b.count
        && a.allSatisfy { x in b.contains { x.name == $0.name && x.type.isJoined(to: $0.type) } }
    default: self == other
    }
  }

}
