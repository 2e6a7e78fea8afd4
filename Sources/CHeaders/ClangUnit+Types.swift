internal import CClang
import Types

/// The types of C in the script's terms.
extension ClangUnit {

  /// How deep types may be nested.
  private static let depthLimit = 32

  /// Returns the layout of `structure`, nil if it is not defined.
  func layout(of structure: StructureName) -> StructureLayout? {
    let key = structure.description
    guard let node = declarations[key] ?? invented[key] else { return nil }
    let type = library.functions.getCursorType(node)
    let size = library.functions.Type_getSizeOf(type)
    guard size >= 0 else { return nil }
    var members: [StructureLayout.Member] = []
    add(membersOf: node, to: &members, of: type, named: structure, depth: 0)
    let alignment = library.functions.Type_getAlignOf(type)
    return StructureLayout(size: Int(size), alignment: max(1, Int(alignment)), members: members)
  }

  /// Adds the members of `node`, which is the structure `outermost` called `owner` or an anonymous member of it.
  private func add(
    membersOf node: CClangCursor, to members: inout [StructureLayout.Member], of outermost: CClangType,
    named owner: StructureName, depth: Int
  ) {
    if depth > ClangUnit.depthLimit { return }
    var nodes: [CClangCursor] = []
    forEachChild(of: node) { nodes.append($0) }
    for child in nodes {
      switch NodeKind(rawValue: child.kind) {
      case .structure?, .union?:
        if library.functions.Cursor_isAnonymousRecordDecl(child) != 0 {
          add(membersOf: child, to: &members, of: outermost, named: owner, depth: depth + 1)
        }
      case .field?:
        let name = name(of: child)
        let position = name.withCString { library.functions.Type_getOffsetOf(outermost, $0) }
        guard !name.isEmpty, position >= 0,
          let type = type(library.functions.getCursorType(child), called: "\(owner.tag).\(name)")
        else { continue }
        var bits: StructureLayout.BitField? = nil
        if library.functions.Cursor_isBitField(child) != 0 {
          let width = Int(library.functions.getFieldDeclBitWidth(child))
          guard (1...64).contains(width) else { continue }
          bits = StructureLayout.BitField(offset: Int(position % 8), width: width)
        }
        members.append(.init(name: name, type: type, offset: Int(position / 8), bits: bits))
      default: break
      }
    }
  }

  /// Returns the constants of the enumeration `name`, nil if it is not defined.
  func enumeration(named name: String) -> EnumerationLayout? {
    guard let node = declarations["enum \(name)"], let type = integer(ofEnumeration: node) else { return nil }
    var constants: [EnumerationLayout.Constant] = []
    forEachChild(of: node) { child in
      guard child.kind == NodeKind.constant.rawValue else { return }
      constants.append(
        .init(name: self.name(of: child), value: library.functions.getEnumConstantDeclValue(child)))
    }
    return EnumerationLayout(type: type, constants: constants)
  }

  /// Returns the integers that represent the enumeration `node`.
  func integer(ofEnumeration node: CClangCursor) -> IntegerType? {
    type(library.functions.getEnumDeclIntegerType(node), called: "")?.asInteger
  }

  /// Returns the type that `name` is defined to be, nil if it is not defined.
  func type(named name: String) -> Type? {
    guard let node = declarations["typedef \(name)"] else { return nil }
    return type(library.functions.getTypedefDeclUnderlyingType(node), called: name)
  }

  /// Returns `type` in the script's terms, nil if there is no such thing; a structure without a tag gets the tag `tag`.
  func type(_ type: CClangType, called tag: String, depth: Int = 0) -> Type? {
    if depth > ClangUnit.depthLimit { return nil }
    let functions = library.functions
    let canonical = functions.getCanonicalType(type)
    let size = Int(functions.Type_getSizeOf(canonical))
    // The numbers of `CXTypeKind`.
    switch canonical.kind {
    case 2, 110, 111: return Type.none
    case 3: return .bool
    case 4, 13, 14, 16...19: return integer(size: size, isSigned: true)
    case 5, 8...11, 15, 21, 22: return integer(size: size, isSigned: false)
    case 12, 20, 23: return .array(of: .uint64, count: 2)
    case 101:
      let pointee = self.type(functions.getPointeeType(canonical), called: tag, depth: depth + 1)
      return .pointer(to: pointee ?? .none, .kernel)
    case 105: return structure(functions.getTypeDeclaration(canonical), size: size, called: tag)
    case 106:
      let node = functions.getTypeDeclaration(canonical)
      guard let integer = integer(ofEnumeration: node) else { return nil }
      let name = self.name(of: node)
      return name.isEmpty ? .integer(integer) : .enumeration(name: name, integer)
    case 112, 114:
      guard
        let element = self.type(functions.getArrayElementType(canonical), called: tag, depth: depth + 1)
      else { return nil }
      let count = canonical.kind == 112 ? Int(functions.getArraySize(canonical)) : 0
      return (0...(1 << 24)).contains(count) ? .array(of: element, count: count) : nil
    default: return nil
    }
  }

  /// Returns the structure that `node` declares.
  private func structure(_ node: CClangCursor, size: Int, called tag: String) -> Type {
    let keyword: StructureName.Keyword = node.kind == NodeKind.union.rawValue ? .union : .struct
    var name = StructureName(keyword, self.name(of: node))
    if name.tag.isEmpty {
      name = StructureName(keyword, tag)
      invented[name.description] = node
    }
    guard size >= 0 else { return .structure(StructureType(name)) }
    // The alignment of what is only passed through need not be known; it is that of the layout.
    return .structure(StructureType(name, size: size, alignment: 8))
  }

  /// Returns the integer type with `size` bytes, nil if there is none.
  private func integer(size: Int, isSigned: Bool) -> Type? {
    [1, 2, 4, 8].contains(size) ? .integer(IntegerType(width: size * 8, isSigned: isSigned)) : nil
  }

}
