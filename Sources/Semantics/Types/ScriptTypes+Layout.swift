import Diagnostics
import Syntax
import Types

/// Layouts of structures as the C ABI of x86-64 and arm64 has them.
extension ScriptTypes {

  /// The greatest number of bytes of a structure that a script defines.
  private static let sizeLimit = 1 << 24

  /// The number of structures that may be nested in one another.
  static let depthLimit = 100

  /// Returns the layout of `structure`, which the script defines, nil if something is wrong with it, which is reported.
  func layout(of structure: CStructure, named name: StructureName) -> StructureLayout? {
    guard let members = structure.members else { return nil }
    if inProgress.contains(name) {
      diagnostics.insert(.recursiveStructure(name, at: structure.tag?.site ?? structure.site))
      broken.formUnion(inProgress)
      return nil
    }
    guard inProgress.count < ScriptTypes.depthLimit else {
      diagnostics.insert(.structureTooLarge(name, at: structure.tag?.site ?? structure.site))
      return nil
    }
    inProgress.append(name)
    defer { inProgress.removeLast() }
    var layout = LayoutInProgress(isUnion: structure.isUnion, isPacked: structure.attributes.isPacked)
    var sites: [String: SourceSpan] = [:]
    var isComplete = true
    for member in members where !add(member, to: &layout, of: name, sites: &sites) { isComplete = false }
    for alignment in structure.attributes.alignments {
      layout.raise(alignmentTo: self.alignment(alignment) ?? 1)
    }
    if isComplete { return layout.finished }
    broken.insert(name)
    return nil
  }

  /// Adds what `member` declares to `layout`, that of `owner`; returns `false` if something is wrong with it.
  private func add(
    _ member: CMember, to layout: inout LayoutInProgress, of owner: StructureName,
    sites: inout [String: SourceSpan]
  ) -> Bool {
    if member.declarators.isEmpty {
      guard case .structure(let inner) = member.type, inner.members != nil else { return true }
      // The name stands for one that nobody can write.
      let name = inner.name(inner.tag?.text ?? "\(owner.tag).\(layout.members.count)")
      guard let innerLayout = self.layout(of: inner, named: name) else { return false }
      layout.add(anonymous: innerLayout)
      var isComplete = true
      for found in innerLayout.members where !note(found.name, at: member.site, in: &sites) {
        isComplete = false
      }
      return isComplete
    }
    var isComplete = true
    for declarator in member.declarators
    where !add(declarator, of: member.type, to: &layout, of: owner, sites: &sites) {
      isComplete = false
    }
    return isComplete
  }

  /// Notes that a member is called `name`; returns `false` if another one is, which is reported.
  private func note(_ name: String, at site: SourceSpan, in sites: inout [String: SourceSpan]) -> Bool {
    if let first = sites[name] {
      diagnostics.insert(.redefinedMember(name, at: site, first: first))
      return false
    }
    sites[name] = site
    return true
  }

  /// Adds a member to `layout`, that of `owner`; returns `false` if something is wrong with it.
  private func add(
    _ declarator: CDeclarator, of base: CType, to layout: inout LayoutInProgress, of owner: StructureName,
    sites: inout [String: SourceSpan]
  ) -> Bool {
    let name = declarator.name?.text
    let tag = "\(owner.tag).\(name ?? "")"
    guard let type = type(of: base, declarator.derivations, called: tag, at: declarator.site) else {
      return false
    }
    if let name, !note(name, at: declarator.name?.site ?? declarator.site, in: &sites) { return false }
    if let expression = declarator.width {
      guard let width = width(expression, of: type, named: name) else { return false }
      layout.add(bits: width, of: type, named: name)
      return true
    }
    guard let size = type.fixedSize, size <= ScriptTypes.sizeLimit,
      layout.bitPosition <= 8 * ScriptTypes.sizeLimit
    else {
      if type.fixedSize != nil {
        diagnostics.insert(.structureTooLarge(owner, at: declarator.site))
      } else if !isDefined(type) {
        diagnostics.insert(.incompleteType(type, at: declarator.site).explained(by: self))
      }
      return false
    }
    let asked = declarator.attributes.alignments.compactMap { alignment($0) }.max() ?? 1
    layout.add(
      type, size: size, named: name ?? "", isPacked: declarator.attributes.isPacked, alignment: asked)
    return true
  }

  /// Returns `true` iff `type` is made of a structure that the script defines, so that it has been said what is wrong with it.
  private func isDefined(_ type: Type) -> Bool {
    switch type {
    case .array(let element, _): isDefined(element)
    case .structure(let structure): structures[structure.name]?.members != nil
    default: false
    }
  }

  /// Returns the number of bits of a bit field, nil if it is unusable, which is reported.
  private func width(_ expression: Expression, of type: Type, named name: String?) -> Int? {
    guard let width = value(of: expression) else { return nil }
    guard let integer = type.asInteger, !type.isPointer else {
      diagnostics.insert(.bitFieldOfNoInteger(type, at: expression.site))
      return nil
    }
    let limit = type == .bool ? 1 : integer.width
    guard (name == nil ? 0 : 1)...Int64(limit) ~= width else {
      diagnostics.insert(.bitFieldWidth(width, of: type, limit: limit, at: expression.site))
      return nil
    }
    return Int(width)
  }

  /// Returns the alignment that an attribute asks for, nil if it is unusable, which is reported.
  private func alignment(_ expression: Expression) -> Int? {
    guard let value = value(of: expression) else { return nil }
    guard value > 0, value <= 4096, value & (value - 1) == 0 else {
      diagnostics.insert(.invalidAlignment(expression))
      return nil
    }
    return Int(value)
  }

  /// Returns the type that `derivations` make out of `base`, nil if something is wrong with it, which is reported.
  ///
  /// A structure without a tag is called by `tag`.
  func type(
    of base: CType, _ derivations: [CDerivation], called tag: String, at site: SourceSpan
  ) -> Type? {
    // What a pointer points to need not be complete, so that it must not be laid out either.
    let isBehindPointer = derivations.contains {
      if case .array = $0 { false } else { true }
    }
    guard var type = type(of: base, called: tag, isPointee: isBehindPointer) else { return nil }
    for derivation in derivations {
      switch derivation {
      case .pointer: type = .pointer(to: type, .kernel)
      case .function: type = .none
      case .array(let count):
        let number = count.map { value(of: $0) } ?? 0
        guard let number else { return nil }
        guard (0...Int64(ScriptTypes.sizeLimit)).contains(number) else {
          diagnostics.insert(.tooManyElements(at: count?.site ?? site))
          return nil
        }
        guard type.fixedSize.map({ $0.multipliedReportingOverflow(by: Int(number)).overflow }) != true else {
          diagnostics.insert(.tooManyElements(at: count?.site ?? site))
          return nil
        }
        type = .array(of: type, count: Int(number))
      }
    }
    return type
  }

  /// Returns the type `base`, nil if it is not known, which is reported.
  private func type(of base: CType, called tag: String, isPointee: Bool) -> Type? {
    switch base {
    case .named(let name):
      if let known = type(named: name.text) { return known }
      if let floating = ScriptTypes.floatingTypes[name.text] { return floating }
      if definedNames[name.text] == nil {
        diagnostics.insert(.unknownType(name.text, at: name.site, among: names).explained(by: self))
      }
      return nil
    case .structure(let structure):
      let name = structure.name(structure.tag?.text ?? tag)
      if structure.tag == nil { structures[name] = structure }
      return isPointee && structure.tag != nil ? .structure(StructureType(name)) : self.structure(name)
    case .enumeration(let enumeration):
      guard let tag = enumeration.tag else {
        let first = enumeration.constants?.first.flatMap { constants[$0.name.text] }
        return .integer(first?.type ?? .uint32)
      }
      if let known = self.enumeration(tag.text) { return known }
      diagnostics.insert(.unknownType("enum \(tag.text)", at: tag.site, among: []).explained(by: self))
      return nil
    }
  }

  /// Numbers that scripts cannot compute with: their bits as integers.
  private static let floatingTypes: [String: Type] = [
    "float": .uint32, "double": .uint64, "long double": .array(of: .uint64, count: 2),
  ]

}

extension Type {

  /// `true` iff the value is an address.
  var isPointer: Bool { if case .pointer = self { true } else { false } }

}
