import Diagnostics

/// Makes a configuration of a YAML document, and notes everything that is wrong with it.
struct ConfigurationReader {

  /// The folder of the file, from which paths in it go.
  let folder: String

  /// What is wrong.
  var faults: [ConfigurationFault] = []

  /// Creates a reader for a file in `folder`.
  init(folder: String) { self.folder = folder }

  /// Returns the configuration in `bytes`, those of a file in `folder`, or what is wrong with it.
  static func read(
    _ bytes: [UInt8], folder: String
  ) -> (configuration: WebConfiguration, faults: [ConfigurationFault]) {
    var reader = ConfigurationReader(folder: folder)
    var result = WebConfiguration()
    do {
      if let document = try YAMLReader.read(bytes) { result = reader.configuration(document) }
    } catch { reader.faults.append(error) }
    return (result, reader.faults)
  }

  /// Returns the configuration that `document` describes.
  private mutating func configuration(_ document: YAMLNode) -> WebConfiguration {
    let keys = ["tls_server_config", "http_server_config", "basic_auth_users", "rate_limit"]
    let entries = entries(of: document, keys: keys)
    var result = WebConfiguration()
    result.encryption = entries["tls_server_config"].flatMap { encryption($0) }
    result.fields = entries["http_server_config"].map { fields(ofServer: $0) } ?? []
    result.users = entries["basic_auth_users"].map { users($0) } ?? [:]
    result.rate = entries["rate_limit"].flatMap { rate($0) }
    return result
  }

  // MARK: Parts of documents

  /// Returns what the keys of `node` stand for, empty ones left out. If `keys` are given, no others may be
  /// there.
  mutating func entries(of node: YAMLNode, keys: [String]? = nil) -> [String: YAMLNode] {
    if node.isEmpty { return [:] }
    guard case .table(let entries) = node.content else {
      faults.append(node.fault("this must be a table of keys; it is \(node.kind)"))
      return [:]
    }
    var seen: Set<String> = []
    var result: [String: YAMLNode] = [:]
    for entry in entries {
      guard case .text(let key, _) = entry.key.content else {
        faults.append(entry.key.fault("a key must be text; it is \(entry.key.kind)"))
        continue
      }
      if let keys, !keys.contains(key) {
        let hint = suggestion(for: key, among: keys)
        let known = hint.isEmpty ? "; known are \(Self.listed(keys))" : hint
        faults.append(entry.key.fault("the key '\(Self.shown(key))' is not known here\(known)"))
      } else if !seen.insert(key).inserted {
        faults.append(entry.key.fault("the key '\(Self.shown(key))' is here for a second time"))
      } else if keys == nil || !entry.value.isEmpty {
        result[key] = entry.value
      }
    }
    return result
  }

  /// Returns the text that `node` is, nil if there is none.
  mutating func text(_ node: YAMLNode?) -> String? {
    guard let node, !node.isEmpty else { return nil }
    guard case .text(let text, _) = node.content else {
      faults.append(node.fault("this must be text; it is \(node.kind)"))
      return nil
    }
    return text.isEmpty ? nil : text
  }

  /// Returns the texts that the list `node` has, with their places.
  mutating func texts(_ node: YAMLNode?) -> [(text: String, node: YAMLNode)] {
    guard let node, !node.isEmpty else { return [] }
    guard case .list(let nodes) = node.content else {
      faults.append(node.fault("this must be a list; it is \(node.kind)"))
      return []
    }
    return nodes.compactMap { node in text(node).map { ($0, node) } }
  }

  /// Notes that `node` must be a truth value if it is there and is none.
  mutating func checkTruth(_ node: YAMLNode?) {
    guard let node else { return }
    // The words of YAML 1.1, which the exporters' reader takes.
    let words = ["true", "false", "yes", "no", "on", "off", "y", "n"]
    guard case .text(let text, isPlain: true) = node.content, words.contains(text.lowercased()) else {
      return faults.append(node.fault("this must be 'true' or 'false'"))
    }
  }

  /// Returns the value of `values` that has the name `node`, nil if there is none.
  mutating func choice<Value>(_ node: YAMLNode?, of values: [(name: String, value: Value)]) -> Value? {
    guard let node, let text = text(node) else { return nil }
    if let found = values.first(where: { $0.name == text }) { return found.value }
    let names = values.map(\.name)
    let hint = suggestion(for: text, among: names)
    let known = hint.isEmpty ? "; known are \(Self.listed(names))" : hint
    faults.append(node.fault("'\(Self.shown(text))' is not known here\(known)"))
    return nil
  }

  /// Returns the path that `text` means, from the folder of the file.
  func path(_ text: String) -> String { text.hasPrefix("/") || folder.isEmpty ? text : "\(folder)/\(text)" }

  /// Returns `names` as messages list them.
  private static func listed(_ names: [String]) -> String { names.map { "'\($0)'" }.joined(separator: ", ") }

  /// Returns `text` as messages show it: short, and without characters that do something to a terminal.
  private static func shown(_ text: String) -> String {
    let printable = text.unicodeScalars.map {
      $0.value < 32 || (127..<160).contains($0.value) ? "?" : Character($0)
    }
    return String(printable.prefix(60)) + (printable.count > 60 ? "…" : "")
  }

}
