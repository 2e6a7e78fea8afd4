import Diagnostics
public import Syntax
public import Types

/// What a call of `table` asks for: `table("HEADINGS", @a, @b / 1024, top)`.
public struct TableCall {

  /// A column with the values of a map.
  public struct Column {

    /// The map.
    public let map: Name

    /// What its values are divided by.
    let divisor: Int

    /// The place of the argument.
    let site: SourceSpan

  }

  /// Why the arguments are none of a table's.
  struct Fault: Error {

    /// What is wrong.
    let message: String

    /// Where it is wrong.
    let site: SourceSpan

    /// How to mend it.
    var hint: String? = nil

  }

  /// The headings, separated by spaces in the script.
  let headings: [String]

  /// The columns behind those of the key.
  public let columns: [Column]

  /// How many rows are shown at most, nil and 0 for all.
  let top: Int?

  /// Creates what a call with the given arguments asks for.
  init(checking arguments: [Expression]) throws(Fault) {
    guard let first = arguments.first, let headings = first.headings else {
      throw Fault(message: "the headings of 'table' must be a string literal", site: arguments[0].site)
    }
    if let heading = headings.firstDuplicate {
      throw Fault(message: "two columns of the table are called '\(heading)'", site: first.site)
    }
    self.headings = headings
    var rest = arguments.dropFirst()
    var top: Int? = nil
    if rest.count > 1, let last = rest.last, Column(last) == nil, let number = last.literalInteger {
      guard let count = Int(exactly: number), count >= 0 else {
        throw Fault(message: "the number of rows must not be negative", site: last.site)
      }
      top = count
      rest = rest.dropLast()
    }
    var columns: [Column] = []
    for argument in rest {
      guard let column = Column(argument) else { throw Self.fault(with: argument) }
      guard column.divisor > 0 else {
        throw Fault(message: "the divisor must be greater than 0", site: argument.site)
      }
      columns.append(column)
    }
    self.columns = columns
    self.top = top
  }

  /// Creates what a call with the given arguments asks for, nil if they are wrong.
  public init?(_ arguments: [Expression]) {
    guard !arguments.isEmpty else { return nil }
    do { try self.init(checking: arguments) } catch { return nil }
  }

  /// Returns why `argument` is no column.
  private static func fault(with argument: Expression) -> Fault {
    if case .map(let name, _) = argument.kind {
      return Fault(
        message: "'table' works on whole maps, not on an element", site: argument.site,
        hint: "write '\(name.text)'")
    }
    return Fault(
      message: "'table' takes maps behind the headings, and the number of rows at the end",
      site: argument.site,
      hint: "a map may be divided by a number: 'table(\"PID KB\", @bytes / 1024, 10)'")
  }

  /// Returns the expressions among `arguments`, those of a call of `table`, that are maps as a whole.
  public static func maps(of arguments: [Expression]) -> [Expression] {
    arguments.dropFirst().compactMap { argument in
      if case .binary(.divide, let map, _, _) = argument.kind { return map }
      return argument
    }
  }

  /// Returns what the process must know to print the table, with the indices of maps that `index` returns, and the resets of
  /// maps by name.
  public func description(
    resetting resets: [String: TableDescription.Reset] = [:], index: (String) -> Int
  ) -> TableDescription {
    TableDescription(
      headings: headings,
      columns: columns.map { .init(map: index($0.map.text), divisor: $0.divisor) }, top: top,
      resets: .init(uniqueKeysWithValues: resets.map { (index($0), $1) }))
  }

}

extension TableCall.Column {

  /// Creates the column that `argument` is, a map or a map divided by a literal; nil if it is neither.
  fileprivate init?(_ argument: Expression) {
    switch argument.kind {
    case .map(let name, let key) where key.isEmpty: self.init(map: name, divisor: 1, site: argument.site)
    case .binary(.divide, let dividend, let divisor, _):
      guard case .map(let name, let key) = dividend.kind, key.isEmpty,
        let number = divisor.literalInteger.flatMap({ Int(exactly: $0) })
      else { return nil }
      self.init(map: name, divisor: number, site: argument.site)
    default: return nil
    }
  }

}
