import Testing
import Types

@testable import Output

/// Tables of maps: how they are joined, sorted, aligned and cut.
@Suite struct TableTests {

  /// Returns a map with the given elements.
  private func map(_ elements: (key: [Value], value: Value)...) -> MapContents {
    MapContents(
      name: "@m", isKeyed: true, elements: elements.map { MapContents.Element(key: $0.key, value: $0.value) })
  }

  /// Returns the table with the given headings of maps, divided by the given numbers.
  private func table(
    _ headings: String, _ maps: (MapContents, divisor: Int)..., keyCount: Int = 1, top: Int? = nil
  ) -> Table {
    Table(
      TableDescription(
        headings: headings.split(separator: " ").map(String.init),
        columns: maps.enumerated().map { .init(map: $0, divisor: $1.divisor) }, top: top),
      of: maps.map(\.0), keyCount: keyCount)
  }

  /// Returns what a sink prints of `table`.
  private func output(_ sink: some OutputSink, _ table: Table) -> String {
    var buffer = OutputBuffer()
    sink.table(table, to: &buffer)
    return String(decoding: buffer.output, as: UTF8.self)
  }

  @Test func recordsAreSpreadOverColumns() {
    let types: [Type] = [
      .record([.init("a", .record([.init("x", .int64), .init("y", .int64)])), .init("b", .bool)]), .int64,
      .structure(StructureType(.init(.struct, "s"))),
    ]
    #expect(types.withoutRecords == [.int64, .int64, .bool, .int64, types[2]])
    let inner = Value.record([.init("y", .signed(2)), .init("x", .signed(1))])
    let structure = Value.record([.init("m", .signed(5))])
    var contents = map(
      ([.record([.init("b", .bool(true)), .init("a", inner)]), .signed(4), structure], .unsigned(7)))
    contents.spreadRecords(inKeysOf: types)
    #expect(contents.elements[0].key == [.signed(1), .signed(2), .bool(true), .signed(4), structure])
    #expect(contents.elements[0].value == .unsigned(7))
  }

  @Test func mapsAreJoined() {
    let joined = table(
      "K A B", (map(([.unsigned(1)], .unsigned(10)), ([.unsigned(2)], .unsigned(5))), 1),
      (map(([.signed(2)], .signed(7)), ([.signed(-3)], .signed(-4))), 1))
    #expect(
      joined.rows == [
        [.unsigned(2), .unsigned(5), .signed(7)], [.unsigned(1), .unsigned(10), .unsigned(0)],
        [.signed(-3), .unsigned(0), .signed(-4)],
      ])
  }

  @Test func keysOfEqualSumsAreSorted() {
    let rows = table(
      "K A",
      (map(([.text("b")], .unsigned(1)), ([.text("a")], .unsigned(1)), ([.text("c")], .unsigned(2))), 1)
    ).rows
    #expect(rows.map(\.[0]) == [.text("c"), .text("a"), .text("b")])
  }

  /// What is printed is rounded, but the order is that of what was there, and of the sum of all columns.
  @Test func valuesAreDividedAndRoundedDown() {
    let values = map(
      ([.unsigned(1)], .unsigned(1023)), ([.unsigned(2)], .signed(-1)), ([.unsigned(3)], .unsigned(2047)))
    let more = map(([.unsigned(1)], .unsigned(1025)))
    #expect(
      table("K A B", (values, 1024), (more, 1024)).rows == [
        [.unsigned(1), .unsigned(0), .unsigned(1)], [.unsigned(3), .unsigned(1), .unsigned(0)],
        [.unsigned(2), .signed(-1), .unsigned(0)],
      ])
    let greatest = map(([.unsigned(1)], .unsigned(.max)), ([.unsigned(2)], .signed(.min)))
    #expect(table("K A B", (greatest, 1), (greatest, 2)).rows.map(\.[0]) == [.unsigned(1), .unsigned(2)])
  }

  @Test func rowsAreLimited() {
    let values = map(([.unsigned(1)], .unsigned(1)), ([.unsigned(2)], .unsigned(2)))
    #expect(table("K A", (values, 1), top: 1).rows == [[.unsigned(2), .unsigned(2)]])
    #expect(table("K A", (values, 1), top: 0).rows.count == 2)
    #expect(table("K A", (values, 1), top: 7).rows.count == 2)
  }

  /// The key of a connection.
  private let connection: [Type] = [
    .uint32, .string(capacity: 16), .tuple([.inet, .integer(IntegerType(width: 16, isSigned: false))]),
  ]

  @Test func columnsAreAligned() {
    let short: [Value] = [.unsigned(7), .text("sshd"), .tuple([.text("10.0.0.1"), .unsigned(22)])]
    var shown = table("PID COMM LADDR RX_KB", (map((short, .unsigned(3000))), 1024), keyCount: 3)
    shown.widths = shown.neededWidths(forKeysOf: connection)
    #expect(shown.widths == [6, 12, 21, 6])
    #expect(
      output(TextOutput(), shown) == """
        PID    COMM         LADDR                  RX_KB
        7      sshd         10.0.0.1:22                2


        """)
    shown.lineWidth = 21
    #expect(output(TextOutput(), shown) == "PID    COMM         L\n7      sshd         1\n\n")
  }

  @Test func columnsGrow() {
    let long: [Value] = [
      .unsigned(1_234_567), .text("größer als alles"), .tuple([.text("fe80::1"), .unsigned(22)]),
    ]
    let shown = table(
      "PID COMM A_HEADING_THAT_IS_LONGER_THAN_ADDRESSES TX", (map((long, .unsigned(1))), 1), keyCount: 3)
    #expect(shown.neededWidths(forKeysOf: connection) == [7, 16, 39, 6])
    let narrow = table("PID COMM A TX", (map((long, .unsigned(12_345_678))), 1), keyCount: 3)
    #expect(narrow.neededWidths(forKeysOf: connection) == [7, 16, 32, 8])
  }

  @Test func characters() {
    var shown = table("K A", (map(([.text("tab\tnew\nline\u{1b}[2Jé")], .unsigned(1))), 1))
    #expect(output(TextOutput(), shown) == "K A\ntab?new?line?[2Jé 1\n\n")
    shown.lineWidth = 17
    #expect(output(TextOutput(), shown) == "K A\ntab?new?line?[2Jé\n\n")
    shown.lineWidth = 16
    #expect(output(TextOutput(), shown) == "K A\ntab?new?line?[2J\n\n")
  }

  @Test func rowsAsJSON() {
    let key: [Value] = [.text("a\"b"), .tuple([.text("::1"), .unsigned(80)])]
    let shown = table("COMM PEER KB", (map((key, .unsigned(5000))), 1000), keyCount: 2)
    #expect(
      output(JSONOutput(), shown)
        == #"{"type": "table", "data": [{"COMM": "a\"b", "PEER": "::1:80", "KB": 5}]}"# + "\n")
  }

  @Test func nothingIsPrintedOfNothing() {
    #expect(output(TextOutput(), table("K A", (map(), 1))) == "")
    #expect(output(JSONOutput(), table("K A", (map(), 1))) == "")
  }

}
