import Output
import Testing
import Types

@testable import Runtime

/// Values made of the kernel's bytes.
@Suite struct ValueDecoderTests {

  /// A decoder that knows two probes and cuts at 8 bytes.
  private let decoder = ValueDecoder(
    following: Manifest(
      probes: [
        ProbeDescription(name: "kprobe:tcp_ack", function: "tcp_ack"), ProbeDescription(name: "interval:s:1"),
      ],
      maximumStringLength: 8))

  /// Returns the value of `type` at the start of `bytes`.
  private func value(of type: Type, in bytes: [UInt8], at offset: Int = 0) -> Value? {
    bytes.withUnsafeBytes { decoder.value(of: type, at: offset, in: RawBytes($0)) }
  }

  @Test(arguments: [
    (8, true, Value.signed(-2)), (16, true, .signed(-2)), (32, true, .signed(-2)), (64, true, .signed(-2)),
    (8, false, .unsigned(0xFE)), (16, false, .unsigned(0xFFFE)), (32, false, .unsigned(0xFFFF_FFFE)),
    (64, false, .unsigned(.max - 1)),
  ])
  func integers(width: Int, isSigned: Bool, expected: Value) {
    #expect(value(of: .integer(IntegerType(width: width, isSigned: isSigned)), in: words(-2)) == expected)
  }

  @Test func scalars() {
    #expect(value(of: .bool, in: [1]) == .bool(true))
    #expect(value(of: .bool, in: [0]) == .bool(false))
    #expect(value(of: .pointer(to: .int32, .kernel), in: words(0x1234)) == .pointer(0x1234))
    #expect(value(of: .enumeration(name: "e", .uint32), in: words(7)) == .unsigned(7))
  }

  @Test func text() {
    #expect(value(of: .string(capacity: 5), in: Array("ab\0cd".utf8)) == .text("ab"))
    #expect(value(of: .string(capacity: 4), in: [0, 65, 65, 65]) == .text(""))
    // What just fits into a literal is whole, what fills the greatest string is not.
    #expect(value(of: .string(capacity: 4), in: Array("abc\0".utf8)) == .text("abc"))
    #expect(value(of: .string(capacity: 8), in: Array("abcdefg\0".utf8)) == .text("abcdefg.."))
    // Characters that fill an array of C are whole too.
    #expect(value(of: .string(capacity: 3), in: Array("abc".utf8)) == .text("abc"))
  }

  /// Structures print all their members, enumerations the name of the constant.
  @Test func definitions() {
    let name = StructureName(.struct, "s")
    var manifest = Manifest()
    manifest.types.enumerations["e"] = EnumerationLayout(
      type: .uint32, constants: [.init(name: "A", value: 1), .init(name: "B", value: 2)])
    manifest.types.structures[name] = StructureLayout(
      size: 12,
      members: [
        .init(name: "low", type: .int32, offset: 0, bits: .init(offset: 0, width: 3)),
        .init(name: "high", type: .uint32, offset: 0, bits: .init(offset: 3, width: 10)),
        .init(
          name: "text", type: .array(of: .integer(IntegerType(width: 8, isSigned: true)), count: 4), offset: 4
        ),
        .init(name: "kind", type: .enumeration(name: "e", .uint32), offset: 8),
      ])
    let decoder = ValueDecoder(following: manifest)
    let bytes: [UInt8] = [0b1111_1101, 0b0000_0011, 0, 0, 97, 98, 99, 100, 2, 0, 0, 0]
    let type = Type.structure(StructureType(name, size: 12, alignment: 4))
    let value = bytes.withUnsafeBytes { decoder.value(of: type, at: 0, in: RawBytes($0)) }
    #expect(
      value
        == .record([
          .init("low", .signed(-3)), .init("high", .unsigned(127)), .init("text", .text("abcd")),
          .init("kind", .symbol(Array("B".utf8), 2)),
        ]))
    #expect(bytes[..<11].withUnsafeBytes { decoder.value(of: type, at: 0, in: RawBytes($0)) } == nil)
    #expect(
      [UInt8]([9, 0, 0, 0]).withUnsafeBytes {
        decoder.value(of: .enumeration(name: "e", .uint32), at: 0, in: RawBytes($0))
      } == .unsigned(9))
  }

  @Test func buffers() {
    #expect(value(of: .buffer(capacity: 4), in: [2, 0, 0, 0, 65, 66, 67, 68]) == .bytes([65, 66]))
    // A count that cannot be is not trusted.
    #expect(value(of: .buffer(capacity: 4), in: [200, 0, 0, 0, 65, 66, 67, 68]) == .bytes([65, 66, 67, 68]))
  }

  @Test func probes() {
    #expect(value(of: .probeName, in: words(0)) == .text("kprobe:tcp_ack"))
    #expect(value(of: .functionName, in: words(0)) == .text("tcp_ack"))
    #expect(value(of: .functionName, in: words(1)) == .text(""))
    #expect(value(of: .probeName, in: words(2)) == .text("?"))
    #expect(value(of: .probeName, in: words(-1)) == .text("?"))
  }

  @Test func compounds() {
    let tuple = Type.tuple([.integer(IntegerType(width: 8, isSigned: true)), .int64, .string(capacity: 4)])
    var record = RecordWriter(count: tuple.size)
    record.set(Int8(-1), at: 0)
    record.set(Int64(5), at: 8)
    record.set("xy", at: 16)
    #expect(value(of: tuple, in: record.bytes) == .tuple([.signed(-1), .signed(5), .text("xy")]))
    let fields = Type.record([RecordField("a", .int64), RecordField("b", .bool)])
    #expect(value(of: fields, in: words(3, 1)) == .record([.init("a", .signed(3)), .init("b", .bool(true))]))
    #expect(value(of: .array(of: .int64, count: 2), in: words(1, 2)) == .array([.signed(1), .signed(2)]))
  }

  @Test func addresses() {
    #expect(value(of: .macAddress, in: [0, 0x1B, 0x44, 0x11, 0x3A, 0xB7]) == .text("00:1B:44:11:3A:B7"))
    var bytes = [UInt8](repeating: 0, count: 20)
    bytes[0] = 2
    bytes.replaceSubrange(4..<8, with: [127, 0, 0, 1])
    #expect(value(of: .inet, in: bytes) == .text("127.0.0.1"))
    bytes = [10] + [UInt8](repeating: 0, count: 18) + [1]
    #expect(value(of: .inet, in: bytes) == .text("::1"))
    bytes[0] = 99
    #expect(value(of: .inet, in: bytes) == .text(""))
  }

  @Test func whatIsNotAllThereIsNothing() {
    for type in [
      Type.int64, .uint32, .bool, .string(capacity: 16), .buffer(capacity: 8), .probeName, .inet, .macAddress,
      .tuple([.int64, .int64]), .array(of: .int64, count: 3), .kernelStack(.perf),
    ] {
      let size = type.size
      #expect(value(of: type, in: [UInt8](repeating: 0, count: size)) != nil)
      for count in 0..<size { #expect(value(of: type, in: [UInt8](repeating: 0, count: count)) == nil) }
      #expect(value(of: type, in: [UInt8](repeating: 0, count: size), at: 1) == nil)
      #expect(value(of: type, in: [UInt8](repeating: 0, count: size), at: -1) == nil)
      #expect(value(of: type, in: [UInt8](repeating: 0, count: size), at: .max) == nil)
    }
  }

}
