/// The constants of the headers of Linux and of its C library that scripts name: facts that are the same everywhere, so that
/// no header need be there.
///
/// Most are macros, which no type information has. They are kept as text, of which only what is asked for is read.
public enum HeaderConstants {

  /// Returns the value of the macro `name`, nil if it is not one of those that are known here.
  ///
  /// Values beyond the greatest signed number are those of the same 64 bits.
  public static func macro(named name: String) -> Int64? {
    for table in macros { if let value = value(of: name, in: table) { return value } }
    return nil
  }

  /// Returns the value of the constant `name` of an enumeration of the kernel, for kernels without type information; nil if
  /// it is not one of those that are known here.
  public static func enumerationConstant(named name: String) -> Int64? { value(of: name, in: enumerations) }

  /// The names of all constants, for messages.
  public static var names: [String] {
    (macros + [enumerations]).flatMap { table in
      table.description.split { $0 == " " || $0 == "\n" }.map { String($0.prefix { $0 != "=" }) }
    }
  }

  /// The tables of macros, those that are used most first.
  private static let macros: [StaticString] = [
    sockets, addresses, transport, machine, files, errors, signals, processes, memory, links, filters,
    limits, waiting, filesystems, terminals, measuring,
  ]

  /// Returns the value of `name` in `table`, whose words are `NAME=VALUE`; nil if it is not there.
  private static func value(of name: String, in table: StaticString) -> Int64? {
    var name = name
    return name.withUTF8 { wanted in
      table.withUTF8Buffer { text in
        var start = 0
        while start < text.count {
          var length = 0
          while length < wanted.count, start + length < text.count, text[start + length] == wanted[length] {
            length += 1
          }
          var end = start + length
          let isFound = length == wanted.count && end < text.count && text[end] == UInt8(ascii: "=")
          while end < text.count, text[end] > UInt8(ascii: " ") { end += 1 }
          if isFound { return number(text[(start + length + 1)..<end]) }
          start = end + 1
        }
        return nil
      }
    }
  }

  /// Returns the decimal or hexadecimal number that `digits` are.
  private static func number(_ digits: Slice<UnsafeBufferPointer<UInt8>>) -> Int64? {
    let text = String(decoding: digits, as: UTF8.self)
    return text.hasPrefix("0x") ? Int64(text.dropFirst(2), radix: 16) : Int64(text)
  }

  #if arch(arm64)
    /// What differs from machine to machine.
    static let machine: StaticString = """
      O_DIRECT=65536 O_DIRECTORY=16384 O_LARGEFILE=131072 O_NOFOLLOW=32768
      """
  #else
    /// What differs from machine to machine.
    static let machine: StaticString = """
      MAP_32BIT=64 O_DIRECT=16384 O_DIRECTORY=65536 O_LARGEFILE=32768 O_NOFOLLOW=131072
      """
  #endif

}
