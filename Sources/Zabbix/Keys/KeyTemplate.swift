/// The form of the keys of items: `apus.{map}[{key}]`.
public struct KeyTemplate: Hashable, Sendable {

  /// A piece of a template.
  enum Piece: Hashable, Sendable {

    /// Text as it is.
    case text(String)

    /// The name of the script without folders and `.bt`: `{script}`.
    case script

    /// The name of the map without `@`, and the member of the value behind a point: `{map}`.
    case map

    /// The name of the host: `{host}`.
    case host

    /// All parts of the key of the element: `{key}`.
    case wholeKey

    /// The part of the key with the given name: `{key0}`, `{subnet}`.
    case keyPart(String)

    /// `true` iff what it stands for differs between the elements of a map.
    var isAboutKey: Bool {
      switch self {
      case .wholeKey, .keyPart: true
      case .text, .script, .map, .host: false
      }
    }

  }

  /// A parameter of a template.
  struct Parameter: Hashable, Sendable {

    /// The pieces.
    var pieces: [Piece] = []

    /// `true` iff it stands in quotes.
    var isQuoted = false

  }

  /// The template as it was given.
  public let text: String

  /// The pieces of the name.
  let name: [Piece]

  /// The parameters, nil if there are no brackets.
  let parameters: [Parameter]?

  /// `true` iff the keys of the elements of a map differ.
  public var isAboutKey: Bool { parameters?.contains { $0.pieces.contains(where: \.isAboutKey) } ?? false }

  /// The names of the parts of keys that the template has, besides `{key}`.
  var keyPartNames: [String] {
    (parameters ?? []).flatMap(\.pieces).compactMap { if case .keyPart(let name) = $0 { name } else { nil } }
  }

  /// What does not depend on the element.
  struct Context: Hashable, Sendable {

    /// The name of the script.
    let script: String

    /// The name of the map.
    let map: String

    /// The name of the host.
    let host: String

  }

  /// Returns the key of the item for the element with the given key's `parts`, none for a map without keys, of a map in `context`;
  /// for the `member` of its value if that has several.
  func key(in context: Context, parts: [KeyPart], member: String? = nil) -> String {
    let map = member.map { "\(context.map).\($0)" } ?? context.map
    var result = ItemKey.name(text(of: name, context, map, parts))
    if let member, !hasMap { result += ".\(ItemKey.name(member))" }
    guard let parameters else { return result }
    var shown: [String] = []
    for parameter in parameters {
      let isAboutKey = parameter.pieces.contains(where: \.isAboutKey)
      if isAboutKey && parts.isEmpty { continue }
      if parameter.pieces == [.wholeKey] {
        shown += parts.map { ItemKey.parameter($0.text, isForced: parameter.isQuoted) }
      } else {
        let text = text(of: parameter.pieces, context, map, parts)
        shown.append(ItemKey.parameter(text, isForced: parameter.isQuoted))
      }
    }
    if shown.isEmpty && !parameters.isEmpty { return result }
    return "\(result)[\(shown.joined(separator: ","))]"
  }

  /// `true` iff the name of the map is in the template.
  private var hasMap: Bool {
    name.contains(.map) || parameters?.contains { $0.pieces.contains(.map) } ?? false
  }

  /// Returns what `pieces` stand for.
  private func text(of pieces: [Piece], _ context: Context, _ map: String, _ parts: [KeyPart]) -> String {
    var result = ""
    for piece in pieces {
      switch piece {
      case .text(let text): result += text
      case .script: result += context.script
      case .map: result += map
      case .host: result += context.host
      case .wholeKey: result += parts.map(\.text).joined(separator: ",")
      case .keyPart(let name): result += parts.part(named: name)?.text ?? ""
      }
    }
    return result
  }

}

extension [KeyPart] {

  /// Returns the part called `name`, or the one at the position that `name` says: `key0`, `key1` ….
  func part(named name: String) -> KeyPart? {
    if let part = first(where: { $0.name == name }) { return part }
    return indices.first { "key\($0)" == name }.map { self[$0] }
  }

}
