import IR
import Syntax
import Types

extension CallLowering {

  /// Emits the text of `expression`, the name of a probe or of a function, and returns where it is and its capacity.
  mutating func nameText(_ expression: Expression) -> (place: Place, capacity: Int) {
    let type = type(of: expression)
    let texts = names(of: type)
    let index = builder.convert(scalar(expression, as: type), .zeroExtend, to: .i64)
    return (text(at: index, of: texts), (texts.map(\.utf8.count).max() ?? 0) + 1)
  }

  /// Emits the choice of the text at `index`, an `i64`, among `texts`, and returns where it is: in constant memory, as long as a
  /// string that holds the longest.
  mutating func text(at index: Operand, of texts: [String]) -> Place {
    let texts = texts.map { Array($0.utf8) }
    let stride = Type.string(capacity: (texts.map(\.count).max() ?? 0) + 1).size
    let table = constant(texts.flatMap { $0 + Array(repeating: 0, count: stride - $0.count) })
    let known = builder.call(.bounded, index, .constant(Int64(max(texts.count, 1) - 1), .i64))
    let distance = builder.binary(.multiply, known, .constant(Int64(stride), .i64))
    let start = builder.register(.pointer)
    builder.emit(.address(start, table))
    let row = builder.register(.pointer)
    builder.emit(.offset(row, .register(start), distance))
    return Place(.register(row))
  }

}
