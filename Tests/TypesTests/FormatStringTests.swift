import Testing
import Types

/// Formats of `printf`, taken apart.
@Suite struct FormatStringTests {

  /// Returns the conversions of `text`.
  private func conversions(_ text: String) throws -> [FormatString.Conversion] {
    try FormatString.parse(Array(text.utf8)).arguments.map(\.conversion)
  }

  /// Returns why `text` is no format.
  private func fault(_ text: String) -> FormatFault? {
    do throws(FormatFault) {
      _ = try FormatString.parse(Array(text.utf8))
      return nil
    } catch {
      return error
    }
  }

  @Test func literalAndConversions() throws {
    let format = try FormatString.parse(Array("%s 100%% of %d\n".utf8))
    #expect(format.pieces.count == 4)
    #expect(format.pieces[1] == .literal(Array(" 100% of ".utf8)))
    #expect(format.arguments.map(\.conversion.verb) == [.text, .signed])
    #expect(format.arguments.map(\.conversion).map(\.range) == [0..<2, 12..<14])
    #expect(format.pieces[3] == .literal([10]))
  }

  @Test func emptyFormat() throws {
    #expect(try FormatString.parse([]).pieces.isEmpty)
  }

  @Test(arguments: [
    ("%d", FormatString.Conversion.Verb.signed), ("%i", .signed), ("%u", .unsigned), ("%o", .octal),
    ("%x", .hexadecimal(isUpperCase: false)), ("%X", .hexadecimal(isUpperCase: true)), ("%p", .pointer),
    ("%c", .character), ("%s", .text), ("%r", .bytes(.escaped)), ("%rx", .bytes(.escapedHexadecimal)),
    ("%rh", .bytes(.plainHexadecimal)),
  ])
  func verbs(text: String, verb: FormatString.Conversion.Verb) throws {
    let conversion = try #require(try conversions(text).first)
    #expect(conversion.verb == verb)
    #expect(conversion.range == 0..<text.utf8.count)
    if text != "%i" { #expect(conversion.spelling == text) }
  }

  @Test func flagsWidthAndPrecision() throws {
    let c = try conversions("%-+ #08.3lld")[0]
    #expect(c.isLeftAligned && c.showsPlus && c.showsSpace && c.isAlternative && c.padsWithZeros)
    #expect(c.width == 8)
    #expect(c.precision == 3)
    #expect(c.length == 64)
  }

  @Test func precisionWithoutDigits() throws {
    #expect(try conversions("%.s")[0].precision == 0)
    #expect(try conversions("%s")[0].precision == nil)
  }

  @Test(arguments: [("hh", 8), ("h", 16), ("l", 64), ("ll", 64), ("j", 64), ("z", 64), ("t", 64)])
  func lengths(modifier: String, bits: Int) throws {
    #expect(try conversions("%\(modifier)u")[0].length == bits)
  }

  @Test(arguments: [
    ("ab%", 2..<3, "incomplete conversion at the end of the format; write '%%' for a percent sign"),
    ("%-5l", 0..<4, "incomplete conversion at the end of the format; write '%%' for a percent sign"),
    ("%d %y", 3..<5, "unknown conversion '%y'"),
    ("%5.2f", 0..<5, "'%5.2f' prints floating point numbers, which do not exist here"),
    ("%ü", 0..<3, "unknown conversion '%ü'"),
    ("%99999999999999999999d", 0..<21, "the width is greater than 65535"),
  ])
  func faults(text: String, range: Range<Int>, message: String) {
    #expect(fault(text) == FormatFault(at: range, message))
  }

  @Test func argumentsOfNumbers() throws {
    for conversion in try conversions("%d%u%x%X%o%p%c") {
      #expect(conversion.accepts(.int64))
      #expect(conversion.accepts(.bool))
      #expect(conversion.accepts(.pointer(to: .int32, .kernel)))
      #expect(conversion.accepts(.enumeration(name: "state", .uint32)))
      #expect(!conversion.accepts(.string(capacity: 16)))
      #expect(!conversion.accepts(.probeName))
      #expect(!conversion.accepts(.tuple([.int64])))
    }
  }

  @Test func argumentsOfTextAndBuffers() throws {
    let text = try conversions("%s")[0]
    for type in [
      Type.string(capacity: 8), .int64, .probeName, .tuple([.int64]), .inet, .kernelStack(.bpftrace),
    ] {
      #expect(text.accepts(type))
    }
    #expect(!text.accepts(.none))
    #expect(text.accepts(.structure(StructureType(StructureName(.struct, "sock"), size: 8))))
    let buffer = try conversions("%r")[0]
    #expect(buffer.accepts(.buffer(capacity: 4)))
    #expect(!buffer.accepts(.string(capacity: 4)))
    #expect(buffer.expectation == "a buffer")
  }

}
