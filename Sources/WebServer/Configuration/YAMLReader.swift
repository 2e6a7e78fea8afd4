import CYAML

/// Reads a YAML document event by event.
struct YAMLReader: ~Copyable {

  /// How deep lists and tables may be nested.
  private static let deepest = 32

  /// The parser of the library. It knows its own address, and so stays where it is.
  private let parser: UnsafeMutablePointer<yaml_parser_t>

  /// Returns the document in `bytes`, nil if there is nothing in them.
  static func read(_ bytes: [UInt8]) throws(ConfigurationFault) -> YAMLNode? {
    if bytes.isEmpty { return nil }
    let result: Result<YAMLNode?, ConfigurationFault> = bytes.withUnsafeBufferPointer { bytes in
      do throws(ConfigurationFault) {
        let reader = YAMLReader(of: bytes)
        return .success(try reader.document())
      } catch { return .failure(error) }
    }
    return try result.get()
  }

  /// Creates a reader of `bytes`, which must stay as long as it does.
  private init(of bytes: UnsafeBufferPointer<UInt8>) {
    parser = .allocate(capacity: 1)
    guard yaml_parser_initialize(parser) == 1 else { fatalError("out of memory") }
    yaml_parser_set_input_string(parser, bytes.baseAddress, bytes.count)
  }

  deinit {
    yaml_parser_delete(parser)
    parser.deallocate()
  }

  /// What the reader has come upon.
  private struct Event {

    /// What kind of thing it is.
    let type: yaml_event_type_t

    /// Where it begins.
    let mark: yaml_mark_t

    /// The text that it is.
    var text = ""

    /// `true` iff the text has no quotes.
    var isPlain = false

    /// `true` iff it has a tag or a name for references to it.
    var isSpecial = false

    /// Returns a fault at this place.
    func fault(_ message: String) -> ConfigurationFault { YAMLReader.fault(message, at: mark) }

  }

  /// Returns a fault at `mark`, which counts from 0.
  private static func fault(_ message: String, at mark: yaml_mark_t) -> ConfigurationFault {
    ConfigurationFault(line: Int(mark.line) + 1, column: Int(mark.column) + 1, message: message)
  }

  /// Returns what comes next.
  private func next() throws(ConfigurationFault) -> Event {
    var event = yaml_event_t()
    guard yaml_parser_parse(parser, &event) == 1 else {
      let problem = parser.pointee.problem.map { String(cString: $0) } ?? "this cannot be read"
      throw Self.fault("this is not YAML: \(problem)", at: parser.pointee.problem_mark)
    }
    defer { yaml_event_delete(&event) }
    var result = Event(type: event.type, mark: event.start_mark)
    switch event.type {
    case YAML_SCALAR_EVENT:
      let scalar = event.data.scalar
      result.text = String(
        decoding: UnsafeBufferPointer(start: scalar.value, count: Int(scalar.length)), as: UTF8.self)
      result.isPlain = scalar.style == YAML_PLAIN_SCALAR_STYLE
      result.isSpecial = scalar.tag != nil || scalar.anchor != nil
    case YAML_SEQUENCE_START_EVENT:
      result.isSpecial = event.data.sequence_start.tag != nil || event.data.sequence_start.anchor != nil
    case YAML_MAPPING_START_EVENT:
      result.isSpecial = event.data.mapping_start.tag != nil || event.data.mapping_start.anchor != nil
    case YAML_ALIAS_EVENT: result.isSpecial = true
    default: break
    }
    return result
  }

  /// Returns the only document, nil if there is none.
  private func document() throws(ConfigurationFault) -> YAMLNode? {
    var event = try next()
    while event.type == YAML_STREAM_START_EVENT { event = try next() }
    guard event.type == YAML_DOCUMENT_START_EVENT else { return nil }
    let result = try node(try next(), depth: 0)
    event = try next()
    while event.type == YAML_DOCUMENT_END_EVENT { event = try next() }
    guard event.type == YAML_STREAM_END_EVENT else { throw event.fault("another document begins here") }
    return result
  }

  /// Returns the part of the document that begins with `event`, in `depth` others.
  private func node(_ event: Event, depth: Int) throws(ConfigurationFault) -> YAMLNode {
    if event.isSpecial { throw event.fault("tags, anchors and references are not understood here") }
    guard depth < Self.deepest else { throw event.fault("lists and tables are nested too deep here") }
    let content: YAMLNode.Content
    switch event.type {
    case YAML_SCALAR_EVENT: content = .text(event.text, isPlain: event.isPlain)
    case YAML_SEQUENCE_START_EVENT: content = .list(try list(depth: depth + 1))
    case YAML_MAPPING_START_EVENT: content = .table(try table(depth: depth + 1))
    default: throw event.fault("this is not YAML")
    }
    return YAMLNode(line: Int(event.mark.line) + 1, column: Int(event.mark.column) + 1, content: content)
  }

  /// Returns the parts of a list whose beginning was read.
  private func list(depth: Int) throws(ConfigurationFault) -> [YAMLNode] {
    var result: [YAMLNode] = []
    while true {
      let event = try next()
      if event.type == YAML_SEQUENCE_END_EVENT { return result }
      result.append(try node(event, depth: depth))
    }
  }

  /// Returns the entries of a table whose beginning was read.
  private func table(depth: Int) throws(ConfigurationFault) -> [YAMLNode.Entry] {
    var result: [YAMLNode.Entry] = []
    while true {
      let event = try next()
      if event.type == YAML_MAPPING_END_EVENT { return result }
      let key = try node(event, depth: depth)
      result.append(YAMLNode.Entry(key: key, value: try node(try next(), depth: depth)))
    }
  }

}
