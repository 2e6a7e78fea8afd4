import IR
import Syntax
import Types

/// `join(texts[, separator])`: prints the texts in a row of addresses that ends with 0, such as the arguments of a program.
struct Join: Builtin {
  let names = ["join"]
  let arity = 1...2
  let isValue = false

  /// The greatest number of texts, that of bpftrace.
  static let maximumCount = 16

  /// The greatest capacity of each, that of bpftrace.
  static let maximumCapacity = 1024

  func type(of call: BuiltinCall, in scope: inout some TypingScope) -> Type? {
    guard scope.hasProcess(call) else { return nil }
    if call.arguments.count == 2, scope.literal(1, of: call, called: "the separator") == nil { return nil }
    guard let type = scope.type(of: call.arguments[0]) else { return nil }
    switch type {
    case .integer, .pointer(to: .pointer, _), .pointer(to: .none, _), .pointer(to: .integer(.uint64), _):
      break
    default:
      scope.error(
        "'join' takes the address of a row of addresses, not \(type.articled)", at: call.arguments[0].site)
      return nil
    }
    scope.checkSize(of: Join.fields(within: scope.settings), at: call.site)
    return Type.none
  }

  func lower(_ call: BuiltinCall, in lowering: inout some CallLowering) -> LoweredValue {
    let separator = call.arguments.count == 2 ? call.arguments[1].literalString : nil
    let type = lowering.type(of: call.arguments[0])
    let start = lowering.scalar(call.arguments[0], as: .uint64)
    let reader = lowering.textReader(for: type)
    let address = lowering.temporary(size: 8, alignment: 8)
    let fields = Join.fields(within: lowering.settings)
    let capacity = min(Join.maximumCapacity, lowering.settings.maximumStringLength)

    /// Emits the reading of the text at `index` and of those behind it.
    func readText(_ index: Int, to places: [Place], in builder: inout ProgramBuilder) {
      guard index < Join.maximumCount else { return }
      let source = builder.binary(.add, start, .constant(Int64(index * 8), .i64))
      builder.call(
        reader == .probeReadUserString ? .probeReadUser : .probeReadKernel, .address(address),
        .constant(8, .i32), source)
      let text = builder.load(.i64, from: address)
      let isThere = builder.binary(.notEqual, text, .constant(0, .i64))
      builder.branch(isThere) { builder in
        builder.store(.constant(0, .i8), to: places[1 + index])
        builder.call(reader, .address(places[1 + index]), .constant(Int64(capacity), .i32), text)
        builder.store(.constant(Int64(index + 1), .i64), to: places[0])
        readText(index + 1, to: places, in: &builder)
      }
    }

    lowering.sendEvent(.join(separator: separator ?? [UInt8(ascii: " ")]), fields: fields) {
      lowering, places in
      lowering.builder.store(.constant(0, .i64), to: places[0])
      readText(0, to: places, in: &lowering.builder)
    }
    return .none
  }

  /// The fields of the event: the number of texts, and the texts.
  private static func fields(within settings: Settings) -> [Type] {
    let text = Type.string(capacity: min(maximumCapacity, settings.maximumStringLength))
    return [.uint64] + Array(repeating: text, count: maximumCount)
  }
}
