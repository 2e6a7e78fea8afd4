public import Types

/// The columns of lines that come one after the other, each as wide as what was printed in it so far.
public struct Columns: Sendable {

  /// A column.
  private struct Column: Sendable {

    /// What stands above it.
    let heading: String

    /// `true` iff its cells are at its right side: it holds numbers.
    let isRightAligned: Bool

    /// The number of characters.
    var width: Int

  }

  /// The columns from left to right.
  private var columns: [Column]

  /// Creates columns for values of the given types.
  public init(headings: [String], types: [Type]) {
    columns = zip(headings, types).map { heading, type in
      Column(
        heading: heading, isRightAligned: type.isInteger,
        width: max(heading.utf8.count, type.usualWidth))
    }
  }

  /// The headings from left to right.
  var headings: [String] { columns.map(\.heading) }

  /// Widens the columns for `values`, one for each.
  mutating func makeRoom(for values: [Value]) {
    for (index, value) in values.enumerated() where !value.hasLinesOfItsOwn {
      columns[index].width = max(columns[index].width, [UInt8](cell: value).characterCount)
    }
  }

  /// Appends the line of headings to `output`; what has lines of its own among `values` has none.
  func appendHeadings(above values: [Value], to output: inout [UInt8]) {
    let shown = values.indices.filter { !values[$0].hasLinesOfItsOwn }
    append(shown.map { (columns[$0], Array(columns[$0].heading.utf8)) }, to: &output)
  }

  /// Appends a line with `values`, one for each column, to `output`; below it stands what has lines of its own.
  func appendLine(of values: [Value], to output: inout [UInt8]) {
    let shown = values.indices.filter { !values[$0].hasLinesOfItsOwn }
    append(shown.map { (columns[$0], [UInt8](cell: values[$0])) }, to: &output)
    for value in values where value.hasLinesOfItsOwn {
      var lines: [UInt8] = []
      lines.append(textOf: value)
      // The line that a stack goes on has been ended.
      output.append(contentsOf: lines.first == UInt8(ascii: "\n") ? lines.dropFirst() : lines[...])
      output.append(UInt8(ascii: "\n"))
    }
  }

  /// Appends `cells` side by side to `output`, and ends the line.
  private func append(_ cells: [(Column, [UInt8])], to output: inout [UInt8]) {
    for (index, (column, cell)) in cells.enumerated() {
      let space = max(0, column.width - cell.characterCount)
      if index > 0 { output.append(UInt8(ascii: " ")) }
      if column.isRightAligned { output.append(repeating: UInt8(ascii: " "), count: space) }
      output.append(contentsOf: cell)
      if !column.isRightAligned && index < cells.count - 1 {
        output.append(repeating: UInt8(ascii: " "), count: space)
      }
    }
    output.append(UInt8(ascii: "\n"))
  }

}

extension [UInt8] {

  /// Creates the text of `value` in a column: the elements of a tuple with colons between them, `-` for a text without characters.
  fileprivate init(cell value: Value) {
    self = []
    if case .tuple(let elements) = value {
      append(textOf: elements, separator: ":", indentation: 0)
    } else {
      append(textOf: value)
    }
    if isEmpty { append(UInt8(ascii: "-")) }
  }

  /// The number of characters, for which those bytes count that start one in UTF-8.
  fileprivate var characterCount: Int { reduce(0) { $0 + ($1 & 0xc0 == 0x80 ? 0 : 1) } }

}

extension Value {

  /// `true` iff the value takes several lines.
  fileprivate var hasLinesOfItsOwn: Bool {
    switch self {
    case .stack, .histogram, .timeSeries: true
    default: false
    }
  }

}

extension Type {

  /// The number of characters that most values of the type need.
  fileprivate var usualWidth: Int {
    switch self {
    case .integer(let type): type.width <= 16 ? 5 : 6
    case .string(let capacity): Swift.min(12, capacity - 1)
    case .enumeration, .username: 12
    case .inet: 15
    case .tuple(let types): types.reduce(types.count - 1) { $0 + $1.usualWidth }
    default: 0
    }
  }

}
