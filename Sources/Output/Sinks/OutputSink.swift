public import Types

/// What a program printed and has not been written yet.
public struct OutputBuffer: Sendable {

  /// What goes to standard output, or to the file of `-o`.
  public var output: [UInt8] = []

  /// What goes to standard error.
  public var messages: [UInt8] = []

  /// Creates an empty instance.
  public init() {}

}

/// The form in which events and maps are printed.
///
/// A sink is a pure function of what it is given: it appends to a buffer, and whoever owns the buffer writes it.
public protocol OutputSink: Sendable {

  /// Reports that `count` attach points are traced from now on.
  func attachedProbes(_ count: Int, to buffer: inout OutputBuffer)

  /// Prints what `write` appends, a formatted text.
  func formatted(to buffer: inout OutputBuffer, _ write: (inout [UInt8]) -> Void)

  /// Prints a message about a place in the script.
  func message(_ text: [UInt8], from origin: MessageOrigin, to buffer: inout OutputBuffer)

  /// Prints the contents of a file.
  func file(_ contents: [UInt8], to buffer: inout OutputBuffer)

  /// Prints texts that were put together.
  func joined(_ text: [UInt8], to buffer: inout OutputBuffer)

  /// Prints what a command printed.
  func command(_ output: [UInt8], to buffer: inout OutputBuffer)

  /// Prints a moment in the form that the script asked for.
  func time(_ text: [UInt8], to buffer: inout OutputBuffer)

  /// Prints a value that is in no map, or one element of a map.
  func value(_ value: Value, to buffer: inout OutputBuffer)

  /// Prints `values`, one for each of `columns`; the headings as well iff `startsTable`.
  func row(_ values: [Value], in columns: inout Columns, startsTable: Bool, to buffer: inout OutputBuffer)

  /// Prints a map, its elements in the given order.
  func map(_ map: MapContents, to buffer: inout OutputBuffer)

  /// Prints maps side by side.
  func table(_ table: Table, to buffer: inout OutputBuffer)

  /// Clears the terminal that the output goes to.
  func clearScreen(to buffer: inout OutputBuffer)

  /// Reports what was lost.
  func loss(_ loss: Loss, to buffer: inout OutputBuffer)

  /// Reports calls of a helper that failed.
  func helperError(_ failure: HelperFailure, to buffer: inout OutputBuffer)

  /// Reports the last result of `report`.
  func test(_ report: TestReport, to buffer: inout OutputBuffer)

  /// Reports the last result of `report`.
  func benchmark(_ report: BenchmarkReport, to buffer: inout OutputBuffer)

  /// Marks the end of the events, behind which the maps are printed.
  func endOfEvents(to buffer: inout OutputBuffer)

}
