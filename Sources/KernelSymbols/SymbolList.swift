import Glibc

/// The kernel's list of its symbols and those of its modules, `/proc/kallsyms`, as it was when it was read.
///
/// A line has the address in 16 hexadecimal digits, a letter for the kind, the name and, behind a tab, the module in brackets.
/// The addresses are zeros for those who may not know them (`kernel.kptr_restrict`).
public struct SymbolList: Sendable {

  /// The text and a zero byte.
  let text: [UInt8]

  /// Creates an instance with the given text.
  public init(parsing text: [UInt8]) { self.text = text + [0] }

  /// Reads the list; nil if that cannot be done.
  public init?(reading path: String = "/proc/kallsyms") {
    let file = open(path, O_RDONLY | O_CLOEXEC)
    if file < 0 { return nil }
    defer { close(file) }
    var memory = UnsafeMutableRawBufferPointer.allocate(byteCount: 1 << 22, alignment: 1)
    defer { memory.deallocate() }
    var count = 0
    while true {
      if count + 1 >= memory.count {
        let larger = UnsafeMutableRawBufferPointer.allocate(byteCount: 2 * memory.count, alignment: 1)
        larger.copyMemory(from: UnsafeRawBufferPointer(rebasing: memory[..<count]))
        memory.deallocate()
        memory = larger
      }
      let length = read(file, memory.baseAddress.map { $0 + count }, memory.count - count - 1)
      if length < 0 && errno == EINTR { continue }
      if length < 0 { return nil }
      if length == 0 { break }
      count += length
    }
    memory[count] = 0
    text = Array(memory[...count])
  }

  /// A symbol of the list.
  struct Line {

    /// The address.
    let address: UInt64

    /// The place of the name in the text.
    let name: Range<Int>

  }

  /// Calls `visit` for each symbol in the order of the list, with the whole text, as long as it returns `true`.
  func forEachLine(_ visit: (Line, UnsafeBufferPointer<UInt8>) -> Bool) {
    text.withUnsafeBufferPointer { text in
      var position = 0
      while position < text.count {
        var end = position
        while end < text.count && text[end] != UInt8(ascii: "\n") { end += 1 }
        if let line = Self.line(position..<end, of: text), !visit(line, text) { return }
        position = end + 1
      }
    }
  }

  /// Returns what is in the line at `range` of `text`, nil if it is not like others.
  private static func line(_ range: Range<Int>, of text: UnsafeBufferPointer<UInt8>) -> Line? {
    var address: UInt64 = 0
    var position = range.lowerBound
    while position < range.upperBound, let digit = text[position].hexadecimalDigit {
      address = address << 4 | UInt64(digit)
      position += 1
    }
    guard position > range.lowerBound, position + 3 < range.upperBound else { return nil }
    let start = position + 3
    position = start
    while position < range.upperBound && text[position] > UInt8(ascii: " ") { position += 1 }
    return Line(address: address, name: start..<position)
  }

  /// `true` iff the list does not tell addresses.
  public var hidesAddresses: Bool {
    var result = true
    forEachLine { line, _ in
      result = line.address == 0
      return result
    }
    return result
  }

  /// Returns the address of the first symbol called `name`, nil if there is none.
  ///
  /// The name is looked for in the whole text, which is far quicker than a look at each of the 100 000 lines.
  public func address(of name: String) -> UInt64? {
    if name.isEmpty { return nil }
    let wanted = " \(name)"
    return text.withUnsafeBytes { bytes -> UInt64? in
      let text = bytes.bindMemory(to: UInt8.self)
      guard let base = bytes.bindMemory(to: CChar.self).baseAddress else { return nil }
      var position = 0
      while let found = strstr(base + position, wanted) {
        let start = base.distance(to: found)
        position = start + wanted.utf8.count
        // In front of the name are 16 digits, a space and a letter; behind it the line ends, or a tab follows.
        guard text[position] == UInt8(ascii: "\n") || text[position] == UInt8(ascii: "\t") else { continue }
        var lineStart = start
        while lineStart > 0 && text[lineStart - 1] != UInt8(ascii: "\n") { lineStart -= 1 }
        if let line = Self.line(lineStart..<position, of: text), line.name.lowerBound == start + 1 {
          return line.address
        }
      }
      return nil
    }
  }

  /// Returns those of `names` that symbols have.
  public func names(among names: Set<String>) -> Set<String> {
    var result: Set<String> = []
    // Most names differ in their lengths or first bytes from what is sought, which is cheap to see.
    let lengths = Set(names.map(\.utf8.count))
    let firstBytes = Set(names.compactMap(\.utf8.first))
    forEachLine { line, text in
      guard lengths.contains(line.name.count), firstBytes.contains(text[line.name.lowerBound]) else {
        return true
      }
      let name = String(decoding: text[line.name], as: UTF8.self)
      if names.contains(name) { result.insert(name) }
      return result.count < names.count
    }
    return result
  }

  /// The names that are about as long as `name` and begin or end as it does, which others may be mistaken for.
  public func names(like name: String) -> [String] {
    let wanted = Array(name.utf8)
    var result: [String] = []
    forEachLine { line, text in
      let found = text[line.name]
      if abs(found.count - wanted.count) <= 2, found.first == wanted.first || found.last == wanted.last {
        result.append(String(decoding: found, as: UTF8.self))
      }
      return true
    }
    return result
  }

}

extension UInt8 {

  /// The value of the byte as a hexadecimal digit.
  fileprivate var hexadecimalDigit: UInt8? {
    switch self {
    case UInt8(ascii: "0")...UInt8(ascii: "9"): self - UInt8(ascii: "0")
    case UInt8(ascii: "a")...UInt8(ascii: "f"): self - UInt8(ascii: "a") + 10
    default: nil
    }
  }

}
