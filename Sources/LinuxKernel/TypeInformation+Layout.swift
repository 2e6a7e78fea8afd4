import Kernel
import Types

extension TypeInformation {

  /// How deep anonymous members and chains of types may be nested; the kernel's own limit is 32 (`MAX_RESOLVE_DEPTH`,
  /// kernel/bpf/btf.c).
  private static let depthLimit = 32

  /// Returns the layout of `structure`, nil if there is none.
  func layout(of structure: StructureName) -> StructureLayout? {
    guard let number = number(of: structure), let record = record(number) else { return nil }
    var members: [StructureLayout.Member] = []
    add(membersOf: record, named: structure, at: 0, depth: 0, to: &members)
    return StructureLayout(size: record.sizeOrType, members: members)
  }

  /// Adds the members of `record`, which starts `base` bytes behind the start of the outermost structure, those of
  /// anonymous members in their place. Bit fields are left out.
  private func add(
    membersOf record: Record, named owner: StructureName, at base: Int, depth: Int,
    to members: inout [StructureLayout.Member]
  ) {
    if depth > TypeInformation.depthLimit { return }
    for i in 0..<record.count {
      let entry = record.tail + 12 * i
      let position = word(at: entry + 8)
      // With the flag, the upper 8 bits are the size of a bit field.
      let bits = record.flag ? position & 0xff_ffff : position
      if record.flag && position >> 24 != 0 || bits % 8 != 0 { continue }
      let name = name(at: word(at: entry))
      let number = word(at: entry + 4)
      if name.isEmpty {
        if let inner = resolved(number), inner.record.keyword != nil {
          add(membersOf: inner.record, named: owner, at: base + bits / 8, depth: depth + 1, to: &members)
        }
      } else if let type = type(number, forMember: name, of: owner) {
        members.append(StructureLayout.Member(name: name, type: type, offset: base + bits / 8))
      }
    }
  }

  /// Returns the type with the given number in the script's terms, nil if there is no such thing.
  ///
  /// An anonymous structure is called by the names of its owner and of the member.
  private func type(
    _ number: Int, forMember member: String, of owner: StructureName, depth: Int = 0
  ) -> Type? {
    guard depth < TypeInformation.depthLimit, let (number, record) = resolved(number) else { return nil }
    switch record.kind {
    case .integer:
      return integer(record)
    case .float:
      return integer(size: record.sizeOrType, isSigned: false)
    case .pointer:
      let pointee = type(record.sizeOrType, forMember: member, of: owner, depth: depth + 1)
      return .pointer(to: pointee ?? .none, .kernel)
    case .array:
      guard let element = type(word(at: record.tail), forMember: member, of: owner, depth: depth + 1) else {
        return nil
      }
      let count = word(at: record.tail + 8)
      return element == .integer(IntegerType(width: 8, isSigned: true)) && count > 0
        ? .string(capacity: count) : .array(of: element, count: count)
    case .structure, .union:
      guard let keyword = record.keyword else { return nil }
      if record.name != 0 { return .structure(StructureName(keyword, name(at: record.name))) }
      let invented = StructureName(keyword, "\(owner.tag).\(member)")
      setName(invented, ofType: number)
      return .structure(invented)
    case .forward:
      return .structure(StructureName(record.flag ? .union : .struct, name(at: record.name)))
    case .enumeration, .enumeration64:
      guard case .integer(let type) = integer(size: record.sizeOrType, isSigned: record.flag) else {
        return nil
      }
      return .enumeration(name: name(at: record.name), type)
    default:
      return nil
    }
  }

  /// Returns the type with the given number behind names and qualifiers, and its own number; nil for `void`.
  private func resolved(_ number: Int) -> (number: Int, record: Record)? {
    var number = number
    for _ in 0..<TypeInformation.depthLimit {
      guard let record = record(number) else { return nil }
      switch record.kind {
      case .typedef, .const, .volatile, .restrict, .typeTag: number = record.sizeOrType
      default: return (number, record)
      }
    }
    return nil
  }

  /// Returns the integer type that `record` describes, nil for sizes that scripts do not have.
  private func integer(_ record: Record) -> Type? {
    let encoding = word(at: record.tail) >> 24
    // `char` is signed in the kernel (-funsigned-char notwithstanding, text is text); booleans are bytes.
    let isSigned = encoding & 1 != 0 || name(at: record.name) == "char"
    return integer(size: record.sizeOrType, isSigned: isSigned)
  }

  /// Returns the integer type with `size` bytes, nil if there is none.
  private func integer(size: Int, isSigned: Bool) -> Type? {
    switch size {
    case 1, 2, 4, 8: .integer(IntegerType(width: size * 8, isSigned: isSigned))
    case 16: .array(of: .uint64, count: 2)
    default: nil
    }
  }

}
