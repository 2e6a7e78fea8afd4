public import Types

/// The columns of lines that come one after the other, each as wide as what was printed in it so far.
public struct Columns: Sendable {

  /// What stands above the columns, from left to right.
  let headings: [String]

  /// The types of the values.
  private let types: [Type]

  /// The numbers of characters.
  private var widths: [Int]

  /// Creates columns for values of the given types.
  public init(headings: [String], types: [Type]) {
    self.headings = headings
    self.types = types
    self.widths = headings.map(\.utf8.characterCount)
  }

  /// Widens the columns for `values`, one for each.
  mutating func makeRoom(for values: [Value]) {
    for (index, value) in values.enumerated() where !value.hasLinesOfItsOwn {
      let usual = types[index].usualWidth(isLongAddress: value.startsWithLongAddress)
      widths[index] = max(widths[index], usual, cell(of: value).characterCount)
    }
  }

  /// Appends the line of headings to `output`; what has lines of its own among `values` has none.
  func appendHeadings(above values: [Value], to output: inout [UInt8]) {
    let shown = values.indices.filter { !values[$0].hasLinesOfItsOwn }
    output.append(cells: shown.map { Array(headings[$0].utf8) }, in: shown.map(place))
  }

  /// Appends a line with `values`, one for each column, to `output`; below it stands what has lines of its own.
  func appendLine(of values: [Value], to output: inout [UInt8]) {
    let shown = values.indices.filter { !values[$0].hasLinesOfItsOwn }
    output.append(cells: shown.map { cell(of: values[$0]) }, in: shown.map(place))
    for value in values where value.hasLinesOfItsOwn {
      var lines: [UInt8] = []
      lines.append(textOf: value)
      // The line that a stack goes on has been ended.
      output.append(contentsOf: lines.first == UInt8(ascii: "\n") ? lines.dropFirst() : lines[...])
      output.append(UInt8(ascii: "\n"))
    }
  }

  /// Returns where the cells of the column with the given index stand: numbers at its right side.
  private func place(_ index: Int) -> CellPlace {
    CellPlace(width: widths[index], isRightAligned: types[index].isInteger)
  }

  /// Returns the text of `value`, `-` if that has no characters.
  private func cell(of value: Value) -> [UInt8] {
    let text = value.cellText
    return text.isEmpty ? [UInt8(ascii: "-")] : text
  }

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
