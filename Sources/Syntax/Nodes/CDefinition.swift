public import Diagnostics

/// A definition in C in front of the action blocks: of a structure, a union, an enumeration, or of names for types.
public struct CDefinition: Sendable {

  /// The place.
  public let site: SourceSpan

  /// The type that is defined or that names are given to.
  public let type: CType

  /// What `typedef` names; nil for a definition without it.
  public let names: [CDeclarator]?

  /// Creates an instance with the given properties.
  public init(site: SourceSpan, type: CType, names: [CDeclarator]?) {
    self.site = site
    self.type = type
    self.names = names
  }

}

/// A type in C, without what its declarators add: `unsigned long`, `struct x`, `enum { a, b }`.
public indirect enum CType: Sendable {

  /// A name of one word, or C's names of several words joined by single spaces.
  case named(Name)

  /// A structure or union, with its members where they stand there.
  case structure(CStructure)

  /// An enumeration, with its constants where they stand there.
  case enumeration(CEnumeration)

}

/// A structure or union as it is written.
public struct CStructure: Sendable {

  /// The place.
  public let site: SourceSpan

  /// `true` iff it is a union.
  public let isUnion: Bool

  /// The tag.
  public let tag: Name?

  /// The members; nil where only the tag stands.
  public let members: [CMember]?

  /// The attributes.
  public let attributes: CAttributes

  /// Creates an instance with the given properties.
  public init(site: SourceSpan, isUnion: Bool, tag: Name?, members: [CMember]?, attributes: CAttributes) {
    self.site = site
    self.isUnion = isUnion
    self.tag = tag
    self.members = members
    self.attributes = attributes
  }

}

/// A declaration of members of one type.
public struct CMember: Sendable {

  /// The place.
  public let site: SourceSpan

  /// The type.
  public let type: CType

  /// The members; empty for an anonymous structure whose members belong to the outer one.
  public let declarators: [CDeclarator]

  /// Creates an instance with the given properties.
  public init(site: SourceSpan, type: CType, declarators: [CDeclarator]) {
    self.site = site
    self.type = type
    self.declarators = declarators
  }

}

/// What is declared to be of a type: `*p`, `a[4]`, `flags : 3`, `(*handler)(int)`.
public struct CDeclarator: Sendable {

  /// The place.
  public let site: SourceSpan

  /// The name, nil for a bit field that only takes room.
  public let name: Name?

  /// What makes the type out of that in front of it, the first step first.
  public let derivations: [CDerivation]

  /// The width of a bit field.
  public let width: Expression?

  /// The attributes.
  public let attributes: CAttributes

  /// Creates an instance with the given properties.
  public init(
    site: SourceSpan, name: Name?, derivations: [CDerivation], width: Expression?, attributes: CAttributes
  ) {
    self.site = site
    self.name = name
    self.derivations = derivations
    self.width = width
    self.attributes = attributes
  }

}

/// A step from a type to another in C.
public enum CDerivation: Sendable {

  /// A pointer to it.
  case pointer

  /// An array of it; nil for `[]`.
  case array(Expression?)

  /// A function that returns it.
  case function

}

/// What `__attribute__` says that matters for layouts.
public struct CAttributes: Sendable {

  /// `true` iff there is no room between members.
  public var isPacked = false

  /// The least alignments that are asked for.
  public var alignments: [Expression] = []

  /// Creates an instance that says nothing.
  public init() {}

}

/// An enumeration as it is written.
public struct CEnumeration: Sendable {

  /// The place.
  public let site: SourceSpan

  /// The tag.
  public let tag: Name?

  /// The constants; nil where only the tag stands.
  public let constants: [(name: Name, value: Expression?)]?

  /// The attributes.
  public let attributes: CAttributes

  /// Creates an instance with the given properties.
  public init(
    site: SourceSpan, tag: Name?, constants: [(name: Name, value: Expression?)]?, attributes: CAttributes
  ) {
    self.site = site
    self.tag = tag
    self.constants = constants
    self.attributes = attributes
  }

}

extension CDefinition {

  /// Calls `body` for the expressions in the definition: lengths of arrays, widths of bit fields, alignments and constants.
  public func forEachExpression(_ body: (Expression) -> Void) {
    type.forEachExpression(body)
    for name in names ?? [] { name.forEachExpression(body) }
  }

}

extension CType {

  /// Calls `body` for the expressions in the type.
  fileprivate func forEachExpression(_ body: (Expression) -> Void) {
    switch self {
    case .named: break
    case .structure(let structure):
      for alignment in structure.attributes.alignments { alignment.forEachExpression(body) }
      for member in structure.members ?? [] {
        member.type.forEachExpression(body)
        for declarator in member.declarators { declarator.forEachExpression(body) }
      }
    case .enumeration(let enumeration):
      for constant in enumeration.constants ?? [] { constant.value?.forEachExpression(body) }
    }
  }

}

extension CDeclarator {

  /// Calls `body` for the expressions in the declarator.
  fileprivate func forEachExpression(_ body: (Expression) -> Void) {
    width?.forEachExpression(body)
    for alignment in attributes.alignments { alignment.forEachExpression(body) }
    for case .array(let count?) in derivations { count.forEachExpression(body) }
  }

}
