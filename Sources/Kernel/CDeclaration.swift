import Types

/// A declaration of a tracepoint's field in C, as far as its words tell: `const char * filename`, `u8 addr[16]`.
struct CDeclaration {

  /// The name.
  let name: String

  /// The type.
  let type: Type

  /// `true` iff the field refers to data elsewhere in the record (`__data_loc`).
  let isDataLocation: Bool

  /// Creates an instance from `text`, the declaration of a field that takes `size` bytes and that the kernel calls signed
  /// iff `isSigned`; nil if there is no name in it.
  init?(parsing text: Substring.UTF8View, size: Int, isSigned: Bool) {
    var words = CDeclaration.words(of: text)
    isDataLocation = words.first == "__data_loc"
    if isDataLocation { words.removeFirst() }

    // The dimension: behind the name, in the notation of `__data_loc` behind the type.
    var isArray = false
    var count: Int? = nil
    if let open = words.firstIndex(of: "["), let close = words[open...].firstIndex(of: "]") {
      isArray = true
      count = close == open + 2 ? Int(words[open + 1]) : nil
      // Further dimensions are left out, so that the element is smaller than it is declared.
      let last = words.lastIndex(of: "]") ?? close
      words.removeSubrange(open...last)
    }
    guard let name = words.popLast(), name.isIdentifier else { return nil }
    self.name = name

    let pointers = words.filter { $0 == "*" }.count
    let base = words.filter { !CDeclaration.qualifiers.contains($0) && $0 != "*" }
    if isArray || isDataLocation {
      let element = CDeclaration.type(base, pointers: pointers, size: nil, isSigned: isSigned)
      type = CDeclaration.array(of: element, count: count, size: isDataLocation ? 0 : size)
    } else {
      type = CDeclaration.type(base, pointers: pointers, size: size, isSigned: isSigned)
    }
  }

  /// Words that do not change how a value is read.
  private static let qualifiers: Set<String> = ["const", "volatile", "restrict", "__user", "__rcu"]

  /// Returns the words of `text`: identifiers and numbers, and single characters of punctuation.
  private static func words(of text: Substring.UTF8View) -> [String] {
    var result: [String] = []
    var rest = text
    while let first = rest.first {
      let word = first.isPartOfWord ? rest.prefix { $0.isPartOfWord } : rest.prefix(1)
      if first > UInt8(ascii: " ") { result.append(String(Substring(word))) }
      rest = rest.dropFirst(word.count)
    }
    return result
  }

  /// Returns the type of `count` elements that take `size` bytes in all.
  private static func array(of element: Type, count: Int?, size: Int) -> Type {
    let elementSize = element.fixedSize ?? 1
    let count = count ?? size / max(elementSize, 1)
    if element == .character && count > 0 { return .string(capacity: count) }
    return .array(of: element, count: count)
  }

  /// Returns the type that the words `base` and as many `*` as `pointers` denote, of a value that takes `size` bytes if
  /// that is known.
  private static func type(_ base: [String], pointers: Int, size: Int?, isSigned: Bool) -> Type {
    if pointers > 0 {
      var type = base == ["void"] ? Type.none : type(base, pointers: 0, size: nil, isSigned: isSigned)
      for _ in 0..<min(pointers, 8) { type = .pointer(to: type, .kernel) }
      return type
    }
    if base.count == 2, let keyword = StructureName.Keyword(rawValue: base[0]) {
      return .structure(StructureType(StructureName(keyword, base[1])))
    }
    let known = integer(base)
    // A system call's arguments take 8 bytes each, whatever their type; the low ones count.
    if let known, known.width / 8 <= size ?? 8 { return .integer(known) }
    switch size ?? 4 {
    case let size where [1, 2, 4, 8].contains(size):
      return .integer(IntegerType(width: size * 8, isSigned: isSigned))
    case let size: return .array(of: .integer(IntegerType(width: 8, isSigned: false)), count: size)
    }
  }

  /// Returns the integer type that `words` denote, nil if they denote none or one that only the kernel knows.
  private static func integer(_ words: [String]) -> IntegerType? {
    if words.count == 1, let type = names[words[0]] { return type }
    return IntegerType(wordsOfC: words)
  }

  /// Common names of integer types that are the same on every 64-bit machine.
  private static let names: [String: IntegerType] = [
    "u8": IntegerType(width: 8, isSigned: false), "__u8": IntegerType(width: 8, isSigned: false),
    "uint8_t": IntegerType(width: 8, isSigned: false), "bool": IntegerType(width: 8, isSigned: false),
    "u16": IntegerType(width: 16, isSigned: false), "__u16": IntegerType(width: 16, isSigned: false),
    "uint16_t": IntegerType(width: 16, isSigned: false), "umode_t": IntegerType(width: 16, isSigned: false),
    "u32": .uint32, "__u32": .uint32, "uint32_t": .uint32, "uid_t": .uint32, "gid_t": .uint32,
    "dev_t": .uint32, "gfp_t": .uint32, "uint": .uint32,
    "u64": .uint64, "__u64": .uint64, "uint64_t": .uint64, "size_t": .uint64, "ino_t": .uint64,
    "s8": IntegerType(width: 8, isSigned: true), "__s8": IntegerType(width: 8, isSigned: true),
    "int8_t": IntegerType(width: 8, isSigned: true),
    "s16": IntegerType(width: 16, isSigned: true), "__s16": IntegerType(width: 16, isSigned: true),
    "int16_t": IntegerType(width: 16, isSigned: true),
    "s32": .int32, "__s32": .int32, "int32_t": .int32, "pid_t": .int32, "clockid_t": .int32,
    "key_t": .int32, "mqd_t": .int32, "timer_t": .int32,
    "s64": .int64, "__s64": .int64, "int64_t": .int64, "loff_t": .int64, "ssize_t": .int64,
    "off_t": .int64, "time64_t": .int64,
  ]

}

extension Type {

  /// C's `char`.
  fileprivate static let character = Type.integer(IntegerType(width: 8, isSigned: true))

}

extension String {

  /// `true` iff the text is an identifier in C.
  fileprivate var isIdentifier: Bool {
    guard let first = utf8.first else { return false }
    return !(UInt8(ascii: "0")...UInt8(ascii: "9") ~= first) && utf8.allSatisfy(\.isPartOfWord)
  }

}

extension UInt8 {

  /// `true` iff the character can be part of an identifier or a number.
  fileprivate var isPartOfWord: Bool {
    switch self {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
      UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "_"):
      true
    default: false
    }
  }

}
