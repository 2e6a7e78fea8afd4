import Testing

@testable import Serialization

/// Values as bytes, and bytes that are no values.
@Suite struct SerializationTests {

  /// A value that has everything that values of ours have.
  struct Sample: Codable, Hashable {

    /// A choice.
    indirect enum Choice: Codable, Hashable {
      case nothing
      case number(Int, name: String?)
      case nested(Choice)
      case list([Choice])
    }

    /// A name for a number.
    enum Name: String, Codable, Hashable { case first, second }

    /// What is there once.
    var flag = true, text = "täxt", bytes: [UInt8] = [0, 255, 128], numbers = [0, -1, Int.max, Int.min]

    /// Numbers of all sizes at their limits.
    var sizes: [UInt64] = [0, 127, 128, .max], small: Int8 = -128, middle: UInt16 = .max, wide: Int32 = .min

    /// What may be missing.
    var missing: Int? = nil, missingText: String? = nil, present: Int? = 7, presentChoice: Choice? = .nothing

    /// What has cases.
    var choices: [Choice] = [.nothing, .number(-5, name: nil), .nested(.list([.number(3, name: "three")]))]

    /// What has keys.
    var byName = ["a": [1, 2], "": [], "c": [3]], byNumber = [-4: "minus", 9: "plus"]

    /// What has keys that are values.
    var byCase: [Name: Int] = [.second: 2, .first: 1], set: Set<Name> = [.first]

    /// What stands behind all.
    var last: UInt8 = 42

  }

  @Test func everythingComesBack() throws {
    let bytes = try BinaryEncoder().encode(Sample())
    #expect(try BinaryDecoder().decode(Sample.self, from: bytes) == Sample())
    #expect(bytes.count < 300)
  }

  @Test func valuesAreCompact() throws {
    #expect(try BinaryEncoder().encode(-1) == [1])
    #expect(try BinaryEncoder().encode(300 as UInt64) == [0xac, 2])
    #expect(try BinaryEncoder().encode("ab") == [2, 97, 98])
    #expect(try BinaryEncoder().encode(Sample.Choice.nothing) == [7] + Array("nothing".utf8))
  }

  @Test func everyPieceIsNeeded() throws {
    let bytes = try BinaryEncoder().encode(Sample())
    for count in 0..<bytes.count {
      #expect(throws: (any Error).self) {
        try BinaryDecoder().decode(Sample.self, from: Array(bytes[..<count]))
      }
    }
    #expect(throws: BinaryFault.tooLong) { try BinaryDecoder().decode(Sample.self, from: bytes + [0]) }
  }

  @Test func changedBytesAreValuesOrFaults() throws {
    let bytes = try BinaryEncoder().encode(Sample())
    var faults = 0
    for place in bytes.indices {
      for value in [0, 1, 0x7f, 0x80, 0xff, bytes[place] &+ 1, bytes[place] ^ 0x40] {
        var changed = bytes
        changed[place] = value
        if (try? BinaryDecoder().decode(Sample.self, from: changed)) == nil { faults += 1 }
      }
    }
    #expect(faults > bytes.count)
  }

  @Test func countsAreBounded() throws {
    #expect(throws: BinaryFault.truncated) {
      try BinaryDecoder().decode(
        [UInt8].self, from: [0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 1])
    }
    #expect(throws: BinaryFault.truncated) {
      try BinaryDecoder().decode([String].self, from: [0xff, 0xff, 0xff, 0xff, 0])
    }
    #expect(throws: BinaryFault.malformed) {
      try BinaryDecoder().decode(
        UInt64.self, from: [0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 2])
    }
    #expect(throws: BinaryFault.malformed) {
      try BinaryDecoder().decode(Int32.self, from: [0xff, 0xff, 0xff, 0xff, 0x7f])
    }
    #expect(throws: BinaryFault.malformed) { try BinaryDecoder().decode(Bool.self, from: [2]) }
    #expect(throws: BinaryFault.malformed) { try BinaryDecoder().decode(String.self, from: [1, 0xff]) }
  }

  @Test func depthIsBounded() throws {
    var choice = Sample.Choice.nothing
    for _ in 0..<50 { choice = .nested(choice) }
    let bytes = try BinaryEncoder().encode(choice)
    #expect(try BinaryDecoder().decode(Sample.Choice.self, from: bytes) == choice)
    let step = Array(try BinaryEncoder().encode(Sample.Choice.nested(.nothing)).prefix(7))
    let deep = Array(repeatElement(step, count: 100_000).joined())
    #expect(throws: BinaryFault.tooDeep) { try BinaryDecoder().decode(Sample.Choice.self, from: deep) }
  }

  @Test func whatHasNoPlaceForNilIsRefused() {
    #expect(throws: BinaryFault.unsupported) { try BinaryEncoder().encode([1, nil] as [Int?]) }
    #expect(throws: BinaryFault.unsupported) { try BinaryEncoder().encode(1.5) }
  }

}
