/// A call of a helper of the kernel, or several of the same one, in a statement of the script, and where its failures are
/// counted.
public struct HelperSite: Hashable, Codable, Sendable {

  /// The name of the helper without `bpf_`.
  public let helper: String

  /// The name of the file.
  public let file: String

  /// The line and the columns of the first and the last byte of the statement's first line, counted from 1.
  public let line: Int, firstColumn: Int, lastColumn: Int

  /// The offset in the variable `globals` of the 64-bit number of failures.
  public let countOffset: Int

  /// The offset of the 64-bit result of the last one, a negative error number.
  public let codeOffset: Int

  /// Creates an instance with the given properties.
  public init(
    helper: String, file: String, line: Int, firstColumn: Int, lastColumn: Int, countOffset: Int,
    codeOffset: Int
  ) {
    self.helper = helper
    self.file = file
    self.line = line
    self.firstColumn = firstColumn
    self.lastColumn = lastColumn
    self.countOffset = countOffset
    self.codeOffset = codeOffset
  }

  /// The place as diagnostics tell it: `stdin:1:9-23`.
  public var location: String {
    "\(file):\(line):\(firstColumn)" + (lastColumn > firstColumn ? "-\(lastColumn)" : "")
  }

}
