public import Diagnostics

/// A parsed script.
///
/// Every node that can be referred to has an identity: passes keep what they find out in tables by `NodeID`.
public struct Script: Sendable {

  /// The file.
  public let source: SourceFile

  /// The lines for the C preprocessor and the C definitions in front of the first action block.
  public var preamble: [PreambleItem]

  /// The C definitions among them.
  public var definitions: [CDefinition] = []

  /// The settings of `config = { … }`.
  public var configuration: [ConfigurationItem]

  /// The files named by `import`.
  public var imports: [Import]

  /// The declarations of maps (`let @a = hash(100);`).
  public var mapDeclarations: [MapDeclaration]

  /// The macros.
  public var macros: [Macro]

  /// The action blocks in order.
  public var actions: [ActionBlock]

  /// One more than the greatest node identity in use.
  public var nodeCount: Int

  /// What parameters are if the command line does not give them, by number (`${1:-5}`).
  public var parameterDefaults: [Int: String] = [:]

  /// What comments say that maps are for, by the maps' names with their `@`: the comment directly above a declaration, or a line of
  /// any comment that begins with the map's name and a colon.
  public var mapHelp: [String: String] = [:]

  /// Creates an instance with the given properties.
  public init(
    source: SourceFile, preamble: [PreambleItem] = [], definitions: [CDefinition] = [],
    configuration: [ConfigurationItem] = [],
    imports: [Import] = [], mapDeclarations: [MapDeclaration] = [], macros: [Macro] = [],
    actions: [ActionBlock] = [], nodeCount: Int = 0
  ) {
    self.source = source
    self.preamble = preamble
    self.definitions = definitions
    self.configuration = configuration
    self.imports = imports
    self.mapDeclarations = mapDeclarations
    self.macros = macros
    self.actions = actions
    self.nodeCount = nodeCount
  }

}

/// The identity of a node in its script.
public struct NodeID: Hashable, Sendable {

  /// A number that no other node of the script has.
  public let number: Int

  /// Creates an instance with the given number.
  public init(_ number: Int) { self.number = number }

}

/// A name and the place where it stands.
public struct Name: Hashable, Codable, Sendable {

  /// The name; for maps and variables with its `@` or `$`.
  public let text: String

  /// The place.
  public let site: SourceSpan

  /// Creates an instance with the given properties.
  public init(_ text: String, at site: SourceSpan) {
    self.text = text
    self.site = site
  }

}

/// Something of C in front of the action blocks.
public enum PreambleItem: Sendable {

  /// `#define NAME tokens`, already applied to the script by the parser.
  case define(Name, body: SourceSpan)

  /// `#include <net/sock.h>`.
  case inclusion(IncludedHeader)

  /// A definition of a `struct`, `union` or `enum`, as text.
  case definition(SourceSpan)

}

/// A header that a script includes.
public struct IncludedHeader: Hashable, Sendable {

  /// The path as it is written, without the signs around it.
  public let path: String

  /// `true` iff it stands in angle brackets, so that it is looked for among the headers of the system alone.
  public let isSystem: Bool

  /// The place of the line.
  public let site: SourceSpan

  /// Creates an instance with the given properties.
  public init(path: String, isSystem: Bool, site: SourceSpan) {
    self.path = path
    self.isSystem = isSystem
    self.site = site
  }

}

/// A setting.
public struct ConfigurationItem: Sendable {

  /// The key.
  public let key: Name

  /// The value: an integer, a string, or a bare word.
  public let value: Expression

  /// Creates an instance with the given properties.
  public init(key: Name, value: Expression) {
    self.key = key
    self.value = value
  }

}

/// `import "path";`.
public struct Import: Sendable {

  /// The path.
  public let path: String

  /// The place of the path.
  public let site: SourceSpan

  /// Creates an instance with the given properties.
  public init(path: String, site: SourceSpan) {
    self.path = path
    self.site = site
  }

}

/// `let @name = kind(arguments);`.
public struct MapDeclaration: Sendable {

  /// The map.
  public let map: Name

  /// The kind: `hash`, `lruhash`, ….
  public let kind: Name

  /// The arguments.
  public let arguments: [Expression]

  /// Creates an instance with the given properties.
  public init(map: Name, kind: Name, arguments: [Expression]) {
    self.map = map
    self.kind = kind
    self.arguments = arguments
  }

}

/// `macro name(parameters) { … }`.
public struct Macro: Sendable {

  /// The name.
  public let name: Name

  /// The parameters: `expr`, `$var` or `@map`.
  public let parameters: [Name]

  /// The statements of the body, without the expression at its end.
  public let body: Block

  /// The expression without a semicolon at the end of the body, whose value is that of a call; nil if there is none.
  public let value: Expression?

  /// Creates an instance with the given properties.
  public init(name: Name, parameters: [Name], body: Block, value: Expression?) {
    self.name = name
    self.parameters = parameters
    self.body = body
    self.value = value
  }

}

/// Probes, a predicate and what to do when one of the probes fires.
public struct ActionBlock: Sendable {

  /// The identity.
  public let id: NodeID

  /// The probes.
  public var probes: [ProbeSpec]

  /// The predicate.
  public var predicate: Expression?

  /// The statements.
  public var body: Block

  /// Creates an instance with the given properties.
  public init(id: NodeID, probes: [ProbeSpec], predicate: Expression?, body: Block) {
    self.id = id
    self.probes = probes
    self.predicate = predicate
    self.body = body
  }

}

/// A probe as it is written: `kprobe:tcp_*`.
public struct ProbeSpec: Hashable, Codable, Sendable {

  /// The name that the user gave it: `name=kprobe:f`.
  public let label: Name?

  /// The parts between the colons, quotes removed, positional parameters replaced; the first names the provider.
  public let parts: [Name]

  /// The place of the whole.
  public let site: SourceSpan

  /// Creates an instance with the given properties.
  ///
  /// - Requires: `parts` is not empty.
  public init(label: Name? = nil, parts: [Name], site: SourceSpan) {
    precondition(!parts.isEmpty, "a probe without a provider")
    self.label = label
    self.parts = parts
    self.site = site
  }

}
