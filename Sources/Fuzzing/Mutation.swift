public import TestSupport

/// Changes of a text that people make by mistake, and worse ones.
public enum Mutation {

  /// Returns `text` with some of its words left out, doubled, exchanged or put elsewhere, or some of its bytes changed.
  public static func mutate(_ text: [UInt8], _ numbers: inout SeededNumbers) -> [UInt8] {
    if text.isEmpty { return text }
    if numbers.happens(25) { return changeBytes(text, &numbers) }
    var words = Self.words(of: text)
    for _ in 0..<numbers.number(1...3) where words.count > 1 {
      let (i, j) = (numbers.number(0...words.count - 1), numbers.number(0...words.count - 1))
      switch numbers.number(0...3) {
      case 0: words.remove(at: i)
      case 1: words.insert(words[i], at: i)
      case 2: words.swapAt(i, j)
      default: words.insert(words[j], at: i)
      }
    }
    return words.flatMap { $0 }
  }

  /// Returns `text` with some bytes changed.
  private static func changeBytes(_ text: [UInt8], _ numbers: inout SeededNumbers) -> [UInt8] {
    var result = text
    for _ in 0..<numbers.number(1...4) {
      let place = numbers.number(0...result.count - 1)
      switch numbers.number(0...2) {
      case 0: result[place] ^= 1 << UInt8(numbers.number(0...7))
      case 1: result[place] = UInt8(numbers.number(0...255))
      default: result.insert(numbers.pick(Array("{}()[];\"/*#$@,.:".utf8)), at: place)
      }
    }
    return result
  }

  /// Returns what `text` consists of: words, runs of white space, and other bytes.
  private static func words(of text: [UInt8]) -> [[UInt8]] {
    func kind(_ byte: UInt8) -> Int {
      switch byte {
      case 9...13, 32: 0
      case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
        UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "_"), UInt8(ascii: "@"), UInt8(ascii: "$"):
        1
      default: 2
      }
    }
    var result: [[UInt8]] = []
    for byte in text {
      if let last = result.last?.last, kind(byte) != 2, kind(byte) == kind(last) {
        result[result.count - 1].append(byte)
      } else {
        result.append([byte])
      }
    }
    return result
  }

  /// Returns tokens without any order.
  public static func soup(_ numbers: inout SeededNumbers) -> [UInt8] {
    let words = (0..<numbers.number(1...80)).map { _ in numbers.pick(tokens) }
    let text = words.joined(separator: numbers.happens(70) ? " " : "")
    return Array((numbers.happens(60) ? "BEGIN { \(text) }" : text).utf8)
  }

  /// What a soup is made of.
  private static let tokens = [
    "BEGIN", "kprobe:tcp_ack", "interval:s:1", "{", "}", "(", ")", "[", "]", "/", ";", ";", ",", "if", "else",
    "while", "for", "unroll", "let", "return", "break", "continue", "macro m($a) {", "import", "config = {",
    "$x", "$y", "@m", "@", "$1", "$#", "5", "0x", "1e9", "10ms", "\"s\"", "\"%d\"", "\"", "+", "-", "*", "&",
    "=",
    "==", "?", ":", "..", ".", "->", "++", "--", "!", "~", "<<", ">>=", "struct", "(struct s *)", "u32",
    "sizeof(",
    "args", "count()", "printf(", "print(", "str(", "//", "/*", "*/", "\n", "\n#define A B\n", "A",
    "\n#ifdef A\n",
    "\n#else\n", "\n#endif\n", "pid", "comm", "true", "typeof(", "(uint8[4])", "é", "\\", "#", "`",
  ]

}
