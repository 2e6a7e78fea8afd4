import IR
import Syntax
import Types

extension CallLowering {

  /// Emits the text of `expression`, the name of a probe or of a function, and returns where it is and its capacity.
  mutating func nameText(_ expression: Expression) -> (place: Place, capacity: Int) {
    let type = type(of: expression)
    let texts = names(of: type).map { Array($0.utf8) }
    let capacity = (texts.map(\.count).max() ?? 0) + 1
    let stride = Type.string(capacity: capacity).size
    let table = constant(texts.flatMap { $0 + Array(repeating: 0, count: stride - $0.count) })

    let index = builder.convert(scalar(expression, as: type), .zeroExtend, to: .i64)
    let known = builder.call(.bounded, index, .constant(Int64(max(texts.count, 1) - 1), .i64))
    let distance = builder.binary(.multiply, known, .constant(Int64(stride), .i64))
    let start = builder.register(.pointer)
    builder.emit(.address(start, table))
    let row = builder.register(.pointer)
    builder.emit(.offset(row, .register(start), distance))
    return (Place(.register(row)), capacity)
  }

}
