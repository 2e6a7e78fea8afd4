import Glibc
import Output
import Types

/// A format, prepared so that printing a record by it costs little.
final class FormatPlan {

  /// A piece of the format: without references, so that nothing is counted while pieces are looked at.
  private enum Step: BitwiseCopyable {

    /// Text, in `literals`.
    case literal(offset: Int, count: Int)

    /// An integer in decimal, with no more than its digits and a sign.
    case decimal(offset: Int, width: Int, isSigned: Bool, showsSign: Bool)

    /// Text in the record, neither cut nor filled up.
    case text(offset: Int, capacity: Int)

    /// The argument with the given index.
    case other(Int)

  }

  /// The pieces.
  private let steps: UnsafeMutableBufferPointer<Step>

  /// The bytes of the text in the format.
  private let literals: UnsafeMutableBufferPointer<UInt8>

  /// The arguments that take more.
  private let arguments: [FormatArgument]

  /// Memory for the text of pieces that take little.
  private let memory: UnsafeMutableBufferPointer<UInt8>

  /// Creates the plan of `format`, whose arguments are the fields of `event`.
  init(_ format: FormatString, of event: EventDescription) {
    var fields = event.fields.makeIterator()
    var steps: [Step] = []
    var literals: [UInt8] = []
    var arguments: [FormatArgument] = []
    var size = 0
    for piece in format.pieces {
      switch piece {
      case .literal(let text):
        steps.append(.literal(offset: literals.count, count: text.count))
        literals += text
        size += text.count
      case .conversion(let conversion):
        let argument = FormatArgument(conversion, of: &fields)
        switch argument {
        case .integer(let conversion, let offset, let width, let isSigned)
        where conversion.isBare && conversion.length == nil && [.signed, .unsigned].contains(conversion.verb):
          steps.append(
            .decimal(
              offset: offset, width: width, isSigned: isSigned, showsSign: conversion.verb == .signed))
          size += DecimalDigits.greatestCount
        case .text(let conversion, let offset, let capacity)
        where conversion.width == nil && conversion.precision == nil:
          steps.append(.text(offset: offset, capacity: capacity))
          size += capacity
        default:
          steps.append(.other(arguments.count))
          arguments.append(argument)
        }
      }
    }
    self.steps = .allocate(capacity: steps.count)
    _ = self.steps.initialize(from: steps)
    self.literals = .allocate(capacity: literals.count)
    _ = self.literals.initialize(from: literals)
    self.arguments = arguments
    self.memory = .allocate(capacity: max(size, 1))
  }

  /// Frees the memory.
  deinit {
    steps.deallocate()
    literals.deallocate()
    memory.deallocate()
  }

  /// Appends what the format makes of the values in `bytes`, which `decoder` understands, to `output`; returns `false` if a
  /// value is not all there.
  func append(_ bytes: RawBytes, with decoder: ValueDecoder, to output: inout [UInt8]) -> Bool {
    var next = memory.baseAddress!
    for step in steps {
      switch step {
      case .literal(let offset, let count):
        memcpy(next, literals.baseAddress! + offset, count)
        next += count
      case .decimal(let offset, let width, let isSigned, let showsSign):
        guard let bits = bytes.bits(offset, width: width, isSigned: isSigned) else { return false }
        next +=
          showsSign
          ? DecimalDigits.write(Int64(bitPattern: bits), to: next) : DecimalDigits.write(bits, to: next)
      case .text(let offset, let capacity):
        guard let (text, isCut) = decoder.textBytes(at: offset, capacity: capacity, in: bytes) else {
          return false
        }
        if let first = text.baseAddress { memcpy(next, first, text.count) }
        next += text.count
        if isCut {
          flush(&next, to: &output)
          output += decoder.trailer
        }
      case .other(let index):
        flush(&next, to: &output)
        if !decoder.append(arguments[index], of: bytes, to: &output) { return false }
      }
    }
    flush(&next, to: &output)
    return true
  }

  /// Appends the bytes in `memory` in front of `next` to `output` and starts over.
  @inline(__always)
  private func flush(_ next: inout UnsafeMutablePointer<UInt8>, to output: inout [UInt8]) {
    let start = memory.baseAddress!
    if next == start { return }
    output.append(contentsOf: UnsafeBufferPointer(start: start, count: next - start))
    next = start
  }

}

/// A conversion and where its argument is.
enum FormatArgument {

  /// An integer.
  case integer(FormatString.Conversion, offset: Int, width: Int, isSigned: Bool)

  /// Text in the record.
  case text(FormatString.Conversion, offset: Int, capacity: Int)

  /// Any other value.
  case value(FormatString.Conversion, EventField)

  /// A value whose width or precision is a field, too.
  indirect case adjusted(FormatString.Conversion, width: EventField?, precision: EventField?, EventField)

  /// Takes the argument of a conversion, or several, from `fields`.
  init(_ conversion: FormatString.Conversion, of fields: inout IndexingIterator<[EventField]>) {
    let width = conversion.takesWidth ? fields.next() : nil
    let precision = conversion.takesPrecision ? fields.next() : nil
    guard let field = fields.next() else { preconditionFailure("a conversion without a field") }
    if width == nil && precision == nil {
      self.init(conversion, field)
    } else {
      self = .adjusted(conversion, width: width, precision: precision, field)
    }
  }

  /// Creates an instance for a conversion and its argument.
  init(_ conversion: FormatString.Conversion, _ field: EventField) {
    switch (field.type, conversion.verb) {
    case (.string(let capacity), .text):
      self = .text(conversion, offset: field.offset, capacity: capacity)
    case (_, .text), (_, .bytes): self = .value(conversion, field)
    default:
      if let integer = field.type.asInteger {
        self = .integer(conversion, offset: field.offset, width: integer.width, isSigned: integer.isSigned)
      } else {
        self = .value(conversion, field)
      }
    }
  }

}
