import Output
import Types

extension ValueDecoder {

  /// Appends what `steps` make of the values in `bytes` to `output`; returns `false` if a value is not all there.
  func append(_ steps: [FormatStep], of bytes: RawBytes, to output: inout [UInt8]) -> Bool {
    for step in steps {
      switch step {
      case .literal(let text): output.append(contentsOf: text)
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
      }
    }
    return true
  }

}
