/// A part of a YAML document.
struct YAMLNode: Hashable {

  /// A name and what it stands for.
  struct Entry: Hashable {

    /// The name.
    let key: YAMLNode

    /// What it stands for.
    let value: YAMLNode

  }

  /// What a part of a document can be.
  indirect enum Content: Hashable {

    /// Text; `isPlain` iff it has no quotes, so that it may mean something else than text.
    case text(String, isPlain: Bool)

    /// Parts one after the other.
    case list([YAMLNode])

    /// Names and what they stand for.
    case table([Entry])

  }

  /// The line where it begins, counted from 1.
  let line: Int

  /// The column where it begins, counted from 1.
  let column: Int

  /// What it is.
  let content: Content

  /// `true` iff it says nothing.
  var isEmpty: Bool {
    guard case .text(let text, isPlain: true) = content else { return false }
    return ["", "~", "null", "Null", "NULL"].contains(text)
  }

  /// What it is, in words for messages.
  var kind: String {
    switch content {
    case .text: "text"
    case .list: "a list"
    case .table: "a table of keys"
    }
  }

  /// Returns a fault at this place.
  func fault(_ message: String) -> ConfigurationFault {
    ConfigurationFault(line: line, column: column, message: message)
  }

}
