import Glibc
import Testing
import Types

@testable import Output

/// Formatted text, compared with what the C library prints.
@Suite struct PrintfTests {

  /// Returns what `format` prints of `values`.
  private func text(_ format: String, _ values: Value...) throws -> String {
    var output: [UInt8] = []
    var rest = values[...]
    for piece in try FormatString.parse(Array(format.utf8)).pieces {
      switch piece {
      case .literal(let bytes): output += bytes
      case .conversion(let conversion):
        let value = rest.popFirst()
        conversion.print(try #require(value), to: &output)
      }
    }
    return String(decoding: output, as: UTF8.self)
  }

  /// Returns what the C library prints of `number`; `format` has no length modifier.
  private func reference(_ format: String, _ number: Int64) -> String {
    var verb = format
    let letter = verb.removeLast()
    var buffer = [CChar](repeating: 0, count: 200)
    _ = withVaList([number]) { vsnprintf(&buffer, buffer.count, verb + "ll" + String(letter), $0) }
    return String(decoding: buffer.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
  }

  @Test func integersAreAsInC() throws {
    let numbers: [Int64] = [0, 1, -1, 7, 42, -42, 255, 4096, 1_000_000, .max, .min]
    for flags in ["", "-", "+", " ", "#", "0", "-0", "+0", " 0", "#0", "-#", "+-", "# 0-"] {
      for width in ["", "1", "5", "25"] {
        for precision in ["", ".", ".0", ".1", ".3", ".22"] {
          for verb in "diuoxX" {
            let format = "%\(flags)\(width)\(precision)\(verb)"
            for number in numbers {
              let observed = try text(format, .signed(number))
              let expected = reference(format, number)
              if observed != expected { Issue.record("\(format) of \(number): \(observed), not \(expected)") }
            }
          }
        }
      }
    }
  }

  @Test func lengthModifiersCut() throws {
    #expect(try text("%hhd", .signed(255)) == "-1")
    #expect(try text("%hhu", .signed(-1)) == "255")
    #expect(try text("%hx", .signed(-1)) == "ffff")
    #expect(try text("%hd", .unsigned(0x18000)) == "-32768")
    let minusFive = Value.signed(-5)
    #expect(
      try text("%ld %lld %jd %zd %td", minusFive, minusFive, minusFive, minusFive, minusFive)
        == "-5 -5 -5 -5 -5")
    #expect(try text("%u", .signed(-1)) == "18446744073709551615")
  }

  @Test func textIsAsInC() throws {
    let abc = Value.text("abc")
    #expect(try text("[%s]", abc) == "[abc]")
    #expect(try text("[%5s|%-5s|%.2s|%-6.1s|%2s]", abc, abc, abc, abc, abc) == "[  abc|abc  |ab|a     |abc]")
    #expect(try text("%.0s%s", abc, .text("")) == "")
  }

  @Test func charactersAndAddresses() throws {
    #expect(try text("%c|%3c|%-3c|", .signed(65), .unsigned(66), .signed(67)) == "A|  B|C  |")
    #expect(try text("%p", .pointer(0xffff_8880_0000_0000)) == "0xffff888000000000")
    #expect(try text("%p|%8p|%-8p|", .pointer(0), .pointer(255), .unsigned(1)) == "0x0|    0xff|0x1     |")
  }

  @Test func everyValueHasAText() throws {
    #expect(try text("%s", .signed(-5)) == "-5")
    #expect(try text("%s", .unsigned(.max)) == "18446744073709551615")
    #expect(try text("%s %d", .bool(true), .bool(true)) == "true 1")
    let tuple = Value.tuple([.signed(1), .text("abc"), .tuple([.bool(false), .unsigned(2)])])
    #expect(try text("%s", tuple) == "(1, abc, (false, 2))")
    #expect(try text("%6s|", .tuple([.signed(1)])) == "   (1)|")
    let symbol = Value.symbol(Array("ESTABLISHED".utf8), 1)
    #expect(try text("%s %d", symbol, symbol) == "ESTABLISHED 1")
    #expect(
      try text("%s", .record([.init("x", .signed(1)), .init("y", .text("b"))])) == "{ .x = 1, .y = b }")
    #expect(try text("%s", .array([.signed(1), .signed(2)])) == "[1,2]")
  }

  @Test func buffers() throws {
    let bytes = Value.bytes([0x61, 0x01, 0x7E, 0xFF])
    #expect(try text("%r", bytes) == #"a\x01~\xff"#)
    #expect(try text("%rx", bytes) == #"\x61\x01\x7e\xff"#)
    #expect(try text("%rh", bytes) == "61 01 7e ff")
    #expect(try text("%12rh|%-12rh|%.2rh", bytes, bytes, bytes) == " 61 01 7e ff|61 01 7e ff |61")
  }

  @Test func stacksAreIndented() throws {
    let stack = Value.stack([Array("tcp_sendmsg+5".utf8), Array("sock_sendmsg+63".utf8)], .bpftrace)
    #expect(try text("%s", stack) == "\n        tcp_sendmsg+5\n        sock_sendmsg+63\n")
  }

}
