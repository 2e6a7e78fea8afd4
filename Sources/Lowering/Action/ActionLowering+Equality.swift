import Builtins
import IR
import Semantics
import Syntax
import Types

extension ActionLowering {

  /// Emits a comparison of two values of a kind and returns an `i8` that is 1 iff they are equal.
  mutating func equality(of a: Expression, and b: Expression) -> Operand {
    let typeOfA = type(of: a)
    let typeOfB = type(of: b)
    if let index = nameIndex(of: b, as: typeOfA) { return isIndex(a, index) }
    if let index = nameIndex(of: a, as: typeOfB) { return isIndex(b, index) }
    if let literal = b.literalString, typeOfA.isString { return equality(of: a, withLiteral: literal) }
    if let literal = a.literalString, typeOfB.isString { return equality(of: b, withLiteral: literal) }
    if typeOfA.isScalar {
      let left = convert(scalarOperand(a), from: typeOfA, to: .int64)
      let right = convert(scalarOperand(b), from: typeOfB, to: .int64)
      return builder.binary(.equal, left, right)
    }
    return equality(at: memory(a), typeOfA, and: memory(b), typeOfB)
  }

  /// Emits a comparison of two values in memory.
  private mutating func equality(at a: Place, _ typeOfA: Type, and b: Place, _ typeOfB: Type) -> Operand {
    switch (typeOfA, typeOfB) {
    case (.string(let capacityOfA), .string(let capacityOfB)):
      return textEquality(at: a, and: b, capacity: min(capacityOfA, capacityOfB))
    case (.tuple(let typesOfA), .tuple(let typesOfB)):
      let offsetsOfA = StructLayout(of: typesOfA).offsets
      let offsetsOfB = StructLayout(of: typesOfB).offsets
      var result = Operand.constant(1, .i8)
      for index in typesOfA.indices {
        let isEqual = equality(
          at: a.advanced(by: offsetsOfA[index]), typesOfA[index], and: b.advanced(by: offsetsOfB[index]),
          typesOfB[index])
        result = builder.binary(.and, result, isEqual)
      }
      return result
    case (.record(let fieldsOfA), .record(let fieldsOfB)):
      // Fields of one name stand in one place: analysis lets nothing else through.
      return equality(at: a, .tuple(fieldsOfA.map(\.type)), and: b, .tuple(fieldsOfB.map(\.type)))
    case (.array(let element, let count), .array(let other, _)) where element != other:
      let types = (Array(repeating: element, count: count), Array(repeating: other, count: count))
      return equality(at: a, .tuple(types.0), and: b, .tuple(types.1))
    case (.buffer(let capacityOfA), .buffer(let capacityOfB)):
      // The counts come first; what is behind the bytes is zero.
      return bytesEquality(at: a, and: b, count: 4 + min(capacityOfA, capacityOfB))
    default:
      guard typeOfA.isScalar else { return bytesEquality(at: a, and: b, count: typeOfA.size) }
      let left = convert(builder.load(typeOfA.registerType, from: a), from: typeOfA, to: .int64)
      let right = convert(builder.load(typeOfB.registerType, from: b), from: typeOfB, to: .int64)
      return builder.binary(.equal, left, right)
    }
  }

  /// Emits a comparison of `count` bytes at `a` and at `b`.
  private mutating func bytesEquality(at a: Place, and b: Place, count: Int) -> Operand {
    guard count <= ActionLowering.unrolledLimit else {
      let (x, y) = (words(a, count: count), words(b, count: count))
      let order = builder.call(
        .compareBytes, .address(x), .address(y), .constant(Int64(count), .i32), .constant(Int64(count), .i64))
      return builder.binary(.equal, order, .constant(0, .i64))
    }
    var difference = Operand.constant(0, .i64)
    var offset = 0
    while offset < count {
      var size = min(a.advanced(by: offset).alignment, b.advanced(by: offset).alignment)
      while size > count - offset { size /= 2 }
      let type = IRType.integer(width: size * 8)
      let left = builder.load(type, from: a.advanced(by: offset))
      let right = builder.load(type, from: b.advanced(by: offset))
      let word = builder.binary(.xor, left, right)
      difference = accumulate(
        size == 8 ? word : builder.convert(word, .zeroExtend, to: .i64), in: difference)
      offset += size
    }
    return builder.binary(.equal, difference, .constant(0, .i64))
  }

  /// The greatest number of bytes that are compared by instructions in a row; longer ones need a loop.
  private static let unrolledLimit = 64

  /// Emits a comparison of two texts: by the word, since zeros follow what is shorter.
  private mutating func textEquality(at a: Place, and b: Place, capacity: Int) -> Operand {
    guard capacity <= ActionLowering.unrolledLimit else {
      let count = Operand.constant(Int64(Type.string(capacity: capacity).size), .i32)
      return builder.call(.textsEqual, .address(a), .address(b), count)
    }
    var difference = Operand.constant(0, .i64)
    for offset in stride(from: 0, to: capacity, by: 8) {
      let left = builder.load(.i64, from: a.advanced(by: offset))
      let right = builder.load(.i64, from: b.advanced(by: offset))
      difference = accumulate(builder.binary(.xor, left, right), in: difference)
    }
    return builder.binary(.equal, difference, .constant(0, .i64))
  }

  /// Emits a comparison of a text with a literal: as many masked words as the literal has.
  private mutating func equality(of text: Expression, withLiteral literal: [UInt8]) -> Operand {
    guard case .string(let capacity) = type(of: text) else { preconditionFailure("not a text") }
    let start = memory(text)
    let bytes = literal + [0]
    guard bytes.count <= capacity else { return .constant(0, .i8) }
    guard bytes.count <= ActionLowering.unrolledLimit else {
      return builder.call(
        .textsEqual, .address(start), .address(module.constant(bytes)), .constant(Int64(bytes.count), .i32))
    }
    var difference = Operand.constant(0, .i64)
    for offset in stride(from: 0, to: bytes.count, by: 8) {
      let word = bytes[offset..<min(offset + 8, bytes.count)]
      let loaded = builder.load(.i64, from: start.advanced(by: offset))
      let mask = word.count == 8 ? -1 : (Int64(1) << Int64(8 * word.count)) - 1
      let masked = mask == -1 ? loaded : builder.binary(.and, loaded, .constant(mask, .i64))
      let expected = word.reversed().reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
      let wrong = builder.binary(.xor, masked, .constant(Int64(bitPattern: expected), .i64))
      difference = accumulate(wrong, in: difference)
    }
    return builder.binary(.equal, difference, .constant(0, .i64))
  }

  /// Emits the union of the bits of two words, and nothing for the first one.
  private mutating func accumulate(_ word: Operand, in difference: Operand) -> Operand {
    difference == .constant(0, .i64) ? word : builder.binary(.or, difference, word)
  }

  /// Returns the index of the probe or function that the literal `expression` names, if it is compared with a value of
  /// `type` that is one: -1 if there is no such name.
  private func nameIndex(of expression: Expression, as type: Type) -> Int? {
    guard let literal = expression.literalString else { return nil }
    let name = String(decoding: literal, as: UTF8.self)
    switch type {
    case .probeName: return module.probes.index(ofProbe: name) ?? -1
    case .functionName: return module.probes.index(ofFunction: name) ?? -1
    default: return nil
    }
  }

  /// Emits a comparison of `expression`, an index into the probe table, with `index`.
  private mutating func isIndex(_ expression: Expression, _ index: Int) -> Operand {
    builder.binary(.equal, scalarOperand(expression), .constant(Int64(index), .i32))
  }

}
