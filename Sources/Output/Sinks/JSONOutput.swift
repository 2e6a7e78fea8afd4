public import Types

/// Prints for programs to read: one JSON object a line, with a type and data.
public struct JSONOutput: OutputSink {

  /// Creates an instance.
  public init() {}

  /// Reports that `count` attach points are traced from now on.
  public func attachedProbes(_ count: Int, to buffer: inout OutputBuffer) {
    object("attached_probes", to: &buffer.output) {
      $0.append(text: "{\"probes\": ")
      $0.append(decimal: Int64(count))
      $0.append(text: "}")
    }
  }

  /// Prints what `write` appends as one text.
  public func formatted(to buffer: inout OutputBuffer, _ write: (inout [UInt8]) -> Void) {
    var text: [UInt8] = []
    write(&text)
    object("printf", to: &buffer.output) { $0.append(jsonString: text) }
  }

  /// Prints a message with its place in the script, on standard error too.
  public func message(_ text: [UInt8], from origin: MessageOrigin, to buffer: inout OutputBuffer) {
    buffer.output.append(text: "{\"type\": \"")
    buffer.output.append(text: origin.level == .error ? "print_error" : "print_warning")
    buffer.output.append(text: "\", \"msg\": ")
    buffer.output.append(jsonString: text)
    buffer.output.append(text: ", \"filename\": ")
    buffer.output.append(jsonString: Array(origin.file.utf8))
    buffer.output.append(text: ", \"line\": \(origin.line), \"col\": \(origin.column)}\n")
    // A person who looks on is told as well.
    TextOutput().message(text, from: origin, to: &buffer)
  }

  /// Prints the contents of a file.
  public func file(_ contents: [UInt8], to buffer: inout OutputBuffer) {
    object("cat", to: &buffer.output) { $0.append(jsonString: contents) }
  }

  /// Prints texts that were put together.
  public func joined(_ text: [UInt8], to buffer: inout OutputBuffer) {
    object("join", to: &buffer.output) { $0.append(jsonString: text) }
  }

  /// Prints what a command printed.
  public func command(_ output: [UInt8], to buffer: inout OutputBuffer) {
    object("syscall", to: &buffer.output) { $0.append(jsonString: output) }
  }

  /// Prints a moment.
  public func time(_ text: [UInt8], to buffer: inout OutputBuffer) {
    object("time", to: &buffer.output) { $0.append(jsonString: text) }
  }

  /// Prints a value.
  public func value(_ value: Value, to buffer: inout OutputBuffer) {
    object("value", to: &buffer.output) { $0.append(jsonOf: value) }
  }

  /// Prints values as members of an object which have the names of `columns`.
  public func row(
    _ values: [Value], in columns: inout Columns, startsTable: Bool, to buffer: inout OutputBuffer
  ) {
    object("row", to: &buffer.output) { output in
      output.append(jsonCells: values, under: columns.headings)
    }
  }

  /// Prints the elements of a map as one object.
  public func map(_ map: MapContents, to buffer: inout OutputBuffer) {
    if !map.isKeyed && map.elements.isEmpty { return }
    object(map.kind.rawValue, to: &buffer.output) { output in
      output.append(text: "{")
      output.append(jsonString: Array(map.name.utf8))
      output.append(text: ": ")
      if map.isKeyed {
        append(elements: map.elements, to: &output)
      } else {
        output.append(jsonOf: map.elements[0].value)
      }
      output.append(text: "}")
    }
  }

  /// Appends an object with a member for each element, whose name is the key's parts with commas between them.
  private func append(elements: [MapContents.Element], to output: inout [UInt8]) {
    output.append(text: "{")
    for (i, element) in elements.enumerated() {
      if i > 0 { output.append(text: ", ") }
      var key = element.key
      if key.count == 1, case .tuple(let parts) = key[0] { key = parts }
      var name: [UInt8] = []
      name.append(textOf: key, separator: ",", indentation: 4)
      output.append(jsonString: name)
      output.append(text: ": ")
      output.append(jsonOf: element.value)
    }
    output.append(text: "}")
  }

  /// Reports calls of a helper that failed.
  public func helperError(_ failure: HelperFailure, to buffer: inout OutputBuffer) {
    let fields: [Value.Field] = [
      .init("msg", .text(failure.message)), .init("helper", .text(failure.site.helper)),
      .init("retcode", .signed(failure.code)), .init("filename", .text(failure.site.file)),
      .init("line", .signed(Int64(failure.site.line))),
      .init("col", .signed(Int64(failure.site.firstColumn))), .init("count", .unsigned(failure.count)),
    ]
    object("helper_error", to: &buffer.output) { $0.append(jsonOf: .record(fields)) }
  }

  /// Marks the end of the events, for which nothing stands.
  public func endOfEvents(to buffer: inout OutputBuffer) {}

  /// Appends a line with an object of the given type whose data are what `write` appends.
  func object(_ type: String, to output: inout [UInt8], _ write: (inout [UInt8]) -> Void) {
    output.append(text: "{\"type\": \"")
    output.append(text: type)
    output.append(text: "\", \"data\": ")
    write(&output)
    output.append(text: "}\n")
  }

}
