public import Types

/// Prints for people to read.
public struct TextOutput: OutputSink {

  /// Creates an instance.
  public init() {}

  /// Reports that `count` attach points are traced from now on on standard error.
  public func attachedProbes(_ count: Int, to buffer: inout OutputBuffer) {
    buffer.messages.append(text: "Attached \(count) probe\(count == 1 ? "" : "s")\n")
  }

  /// Prints what `write` appends as it is.
  public func formatted(to buffer: inout OutputBuffer, _ write: (inout [UInt8]) -> Void) {
    write(&buffer.output)
  }

  /// Prints a message on standard error, behind its place in the script.
  public func message(_ text: [UInt8], from origin: MessageOrigin, to buffer: inout OutputBuffer) {
    buffer.messages.append(text: "\(origin.file):\(origin.range): \(origin.level.rawValue): ")
    buffer.messages.append(contentsOf: text)
    if text.last != UInt8(ascii: "\n") { buffer.messages.append(UInt8(ascii: "\n")) }
  }

  /// Prints the contents of a file as they are.
  public func file(_ contents: [UInt8], to buffer: inout OutputBuffer) {
    buffer.output.append(contentsOf: contents)
  }

  /// Prints texts that were put together and ends the line.
  public func joined(_ text: [UInt8], to buffer: inout OutputBuffer) {
    buffer.output.append(contentsOf: text)
    buffer.output.append(UInt8(ascii: "\n"))
  }

  /// Prints what a command printed as it is.
  public func command(_ output: [UInt8], to buffer: inout OutputBuffer) {
    buffer.output.append(contentsOf: output)
  }

  /// Prints a moment as it is.
  public func time(_ text: [UInt8], to buffer: inout OutputBuffer) {
    buffer.output.append(contentsOf: text)
  }

  /// Prints a value and ends the line.
  public func value(_ value: Value, to buffer: inout OutputBuffer) {
    buffer.output.append(textOf: value)
    buffer.output.append(UInt8(ascii: "\n"))
  }

  /// Prints values in columns.
  public func row(
    _ values: [Value], in columns: inout Columns, startsTable: Bool, to buffer: inout OutputBuffer
  ) {
    columns.makeRoom(for: values)
    if startsTable { columns.appendHeadings(above: values, to: &buffer.output) }
    columns.appendLine(of: values, to: &buffer.output)
  }

  /// Prints the elements of a map, one a line.
  public func map(_ map: MapContents, to buffer: inout OutputBuffer) {
    for element in map.elements {
      buffer.output.append(text: map.name)
      if map.isKeyed { append(key: element.key, to: &buffer.output) }
      // What takes several lines starts on a line of its own and is followed by an empty one.
      switch element.value {
      case .histogram, .timeSeries: buffer.output.append(text: ":\n")
      default: buffer.output.append(text: ": ")
      }
      buffer.output.append(textOf: element.value)
      buffer.output.append(UInt8(ascii: "\n"))
    }
  }

  /// Appends `key` in brackets, the parentheses of a tuple left out.
  private func append(key: [Value], to output: inout [UInt8]) {
    output.append(UInt8(ascii: "["))
    if key.count == 1, case .tuple(let elements) = key[0] {
      output.append(textOf: elements, separator: ", ", indentation: 4)
    } else {
      output.append(textOf: key, separator: ", ", indentation: 4)
    }
    output.append(UInt8(ascii: "]"))
  }

  /// Reports what was lost in a sentence on standard error.
  public func loss(_ loss: Loss, to buffer: inout OutputBuffer) {
    buffer.messages.append(text: loss.sentence)
    buffer.messages.append(UInt8(ascii: "\n"))
  }

  /// Reports calls of a helper that failed in a sentence on standard error.
  public func helperError(_ failure: HelperFailure, to buffer: inout OutputBuffer) {
    let times = failure.count == 1 ? "" : " \(failure.count) times, at last"
    buffer.messages.append(
      text: "\(failure.site.location): WARNING: '\(failure.site.helper)' failed\(times): "
        + "\(failure.message) (\(failure.code))\n")
  }

  /// Marks the end of the events by an empty line.
  public func endOfEvents(to buffer: inout OutputBuffer) { buffer.output.append(UInt8(ascii: "\n")) }

}
