import Output
import Types

extension ValueDecoder {

  /// Appends what `argument` makes of the values in `bytes` to `output`; returns `false` if a value is not all there.
  func append(_ argument: FormatArgument, of bytes: RawBytes, to output: inout [UInt8]) -> Bool {
    switch argument {
    case .integer(let conversion, let offset, let width, let isSigned):
      guard let bits = bytes.bits(offset, width: width, isSigned: isSigned) else { return false }
      conversion.print(integer: bits, to: &output)
    case .text(let conversion, let offset, let capacity):
      guard let (text, isCut) = textBytes(at: offset, capacity: capacity, in: bytes) else { return false }
      if isCut {
        conversion.print(bytes: Array(text) + trailer, to: &output)
      } else {
        conversion.print(bytes: text, to: &output)
      }
    case .value(let conversion, let field):
      guard let value = value(of: field.type, at: field.offset, in: bytes) else { return false }
      conversion.print(value, to: &output)
    case .adjusted(let conversion, let width, let precision, let field):
      let numbers = [width, precision].map { $0.flatMap { number(in: $0, of: bytes) } }
      if (numbers[0] == nil) != (width == nil) || (numbers[1] == nil) != (precision == nil) { return false }
      let adjusted = conversion.with(width: numbers[0], precision: numbers[1])
      return append(FormatArgument(adjusted, field), of: bytes, to: &output)
    }
    return true
  }

  /// Returns the integer in `field`, nil if it is not all there.
  private func number(in field: EventField, of bytes: RawBytes) -> Int64? {
    guard let integer = field.type.asInteger else { return nil }
    return bytes.bits(field.offset, width: integer.width, isSigned: integer.isSigned).map {
      Int64(bitPattern: $0)
    }
  }

}
