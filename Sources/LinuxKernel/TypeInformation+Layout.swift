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
    return StructureLayout(size: record.sizeOrType, alignment: alignment(of: record), members: members)
  }

  /// Adds the members of `record`, which starts `base` bytes behind the start of the outermost structure, those of
  /// anonymous members in their place.
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
      let width = record.flag ? position >> 24 : 0
      let name = name(at: word(at: entry))
      let number = word(at: entry + 4)
      if name.isEmpty {
        if let inner = resolved(number), inner.record.keyword != nil {
          add(membersOf: inner.record, named: owner, at: base + bits / 8, depth: depth + 1, to: &members)
        }
      } else if let type = type(number, called: "\(owner.tag).\(name)") {
        let field = width == 0 ? nil : StructureLayout.BitField(offset: bits % 8, width: width)
        members.append(
          .init(
            name: name, type: type, offset: base + bits / 8, bits: field, isTracked: isTracked(number)))
      }
    }
  }

  /// Returns the number of bytes that the address of a value of the type in `record` is a multiple of.
  private func alignment(of record: Record, depth: Int = 0) -> Int {
    guard depth < TypeInformation.depthLimit else { return 8 }
    switch record.kind {
    case .structure, .union:
      var result = 1
      for i in 0..<record.count where result < 8 {
        guard let member = resolved(word(at: record.tail + 12 * i + 4)) else { continue }
        result = max(result, alignment(of: member.record, depth: depth + 1))
      }
      // A packed structure's size tells that it is.
      while record.sizeOrType % result != 0 { result /= 2 }
      return result
    case .array:
      return resolved(word(at: record.tail)).map { alignment(of: $0.record, depth: depth + 1) } ?? 1
    case .integer, .float, .enumeration, .enumeration64: return min(max(record.sizeOrType, 1), 8)
    default: return 8
    }
  }

  /// Returns the type that `name` was defined to be, nil if there is no such name.
  func type(named name: String) -> Type? {
    guard let number = number(of: .typedef, named: name) else { return nil }
    return type(number, called: name)
  }

  /// Returns the type with the given number in the script's terms, nil if there is no such thing.
  ///
  /// An anonymous structure gets the tag `tag`, under which its layout can be asked for.
  func type(_ number: Int, called tag: String, depth: Int = 0) -> Type? {
    let first = number
    guard depth < TypeInformation.depthLimit, let (number, record) = resolved(number) else { return nil }
    switch record.kind {
    case .integer:
      return integer(record)
    case .float:
      return integer(size: record.sizeOrType, isSigned: false)
    case .pointer:
      let pointee = type(record.sizeOrType, called: tag, depth: depth + 1)
      return .pointer(to: pointee ?? .none, hasUserTag(record.sizeOrType) ? .user : .kernel)
    case .array:
      guard let element = type(word(at: record.tail), called: tag, depth: depth + 1) else { return nil }
      return .array(of: element, count: word(at: record.tail + 8))
    case .structure, .union:
      guard let keyword = record.keyword else { return nil }
      var name = StructureName(keyword, self.name(at: record.name))
      if record.name == 0 {
        name = StructureName(keyword, tag)
        setName(name, ofType: number)
      }
      // The alignment of what is only passed through need not be known; it is that of the layout.
      return .structure(StructureType(name, size: record.sizeOrType, alignment: 8))
    case .forward:
      return .structure(StructureType(StructureName(record.flag ? .union : .struct, name(at: record.name))))
    case .enumeration, .enumeration64:
      guard let type = enumerationType(record) else { return nil }
      let name = record.name == 0 ? alias(of: first) : self.name(at: record.name)
      return .enumeration(name: name, type)
    default:
      return nil
    }
  }

  /// Returns `true` iff the type with the given number, to which a pointer points, is marked as memory of a process.
  private func hasUserTag(_ number: Int) -> Bool {
    guard let record = record(number), record.kind == .typeTag else { return false }
    return name(at: record.name) == "user"
  }

  /// Returns `true` iff values of the type with the given number are pointers that the verifier knows a structure behind.
  ///
  /// Marks other than `rcu` tell of memory that programs may not load from (`btf_struct_walk`, kernel/bpf/btf.c).
  func isTracked(_ number: Int) -> Bool {
    guard let pointer = resolved(number)?.record, pointer.kind == .pointer else { return false }
    var target = pointer.sizeOrType
    for _ in 0..<TypeInformation.depthLimit {
      guard let record = record(target) else { return false }
      switch record.kind {
      case .structure, .union: return true
      case .typeTag where !isName("rcu", at: record.name): return false
      case .typedef, .const, .volatile, .restrict, .typeTag: target = record.sizeOrType
      default: return false
      }
    }
    return false
  }

  /// Returns the last name that `typedef` gives on the way to what the type with the given number is, empty if there is none.
  private func alias(of number: Int) -> String {
    var (number, name) = (number, "")
    for _ in 0..<TypeInformation.depthLimit {
      guard let record = record(number) else { return name }
      switch record.kind {
      case .typedef:
        name = self.name(at: record.name)
        number = record.sizeOrType
      case .const, .volatile, .restrict, .typeTag: number = record.sizeOrType
      default: return name
      }
    }
    return name
  }

  /// Returns the type with the given number behind names and qualifiers, and its own number; nil for `void`.
  func resolved(_ number: Int) -> (number: Int, record: Record)? {
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
