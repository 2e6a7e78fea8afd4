public import IR
import Kernel
import Syntax
import Types

/// Printing by the kernel: what a pinned iterator prints is read from its file when no process of ours is there any more.
///
/// The kernel has some of printf's conversions (`bpf_bprintf_prepare`, kernel/trace/bpf_trace.c).
extension FormatString {

  /// The greatest number of values (`MAX_BPRINTF_VARARGS` in `include/linux/bpf.h`).
  static let greatestSequenceCount = 12

  /// Returns the format as the kernel understands it where values of the given types are printed, ended by a zero byte; nil if
  /// it does not.
  func forSequences(_ types: [Type]) -> [UInt8]? {
    guard types.count <= Self.greatestSequenceCount else { return nil }
    var result: [UInt8] = []
    var rest = types[...]
    for piece in pieces {
      switch piece {
      case .literal(let bytes):
        for byte in bytes {
          guard (32..<127).contains(byte) || (9...13).contains(byte) else { return nil }
          if byte == UInt8(ascii: "%") { result.append(byte) }
          result.append(byte)
        }
      case .conversion(let conversion):
        guard let type = rest.popFirst(), let text = conversion.forSequences(type) else { return nil }
        result += Array(text.utf8)
      }
    }
    return result + [0]
  }

}

extension FormatString.Conversion {

  /// Returns the conversion as the kernel understands it where a value of `type` is printed; nil if it does not.
  fileprivate func forSequences(_ type: Type) -> String? {
    if precision != nil || takesWidth || takesPrecision { return nil }
    var flags = ""
    if isLeftAligned { flags += "-" }
    if showsPlus { flags += "+" }
    if showsSpace { flags += " " }
    if padsWithZeros { flags += "0" }
    if let width { flags += "\(width)" }
    let prefix = isAlternative ? "0x" : ""
    switch verb {
    case .text where type.isString: return "%\(flags)s"
    case .text where type.isInteger: return "%\(flags)ll\(type.asInteger?.isSigned ?? false ? "d" : "u")"
    case .text where type.asInteger != nil, .pointer: return "0x%\(flags)llx"
    case .signed: return "%\(flags)lld"
    case .unsigned: return "%\(flags)llu"
    case .hexadecimal(let isUpperCase): return "\(prefix)%\(flags)ll\(isUpperCase ? "X" : "x")"
    case .character: return "%\(flags)c"
    case .text, .octal, .bytes, .allocationFlags: return nil
    }
  }

}

extension TypingScope {

  /// Reports an error if the kernel cannot print what `call` is to print.
  mutating func checkSequencePrinting(of call: BuiltinCall) {
    guard let bytes = call.arguments[0].literalString, let format = try? FormatString.parse(bytes) else {
      return
    }
    var types: [Type] = []
    for value in call.arguments.dropFirst() {
      guard let type = type(of: value) else { return }
      types.append(type)
    }
    if types.count != format.arguments.count || format.forSequences(types) != nil { return }
    error(
      "a pinned iterator cannot print that", at: call.site,
      hint: "it prints up to \(FormatString.greatestSequenceCount) numbers and texts, without a precision")
  }

}

extension CallLowering {

  /// Emits the address of what the iterator writes to, nil if the kernel does not tell where it is.
  public mutating func sequence() -> Operand? {
    let meta = StructureName(.struct, "bpf_iter_meta")
    guard let member = kernel.layout(of: meta)?["seq"],
      case .register(let register) = builder.load(.pointer, from: Place(.context))
    else { return nil }
    require(Int64(member.offset), of: .offset(meta, [.member(member.name)]), as: member.type)
    return builder.load(.pointer, from: Place(.register(register), offset: member.offset))
  }

  /// Emits the instructions that make the kernel print `values` as `format` says.
  mutating func printToSequence(_ format: FormatString, _ values: [Expression]) {
    let types = values.map { type(of: $0) }
    guard let text = format.forSequences(types), let sequence = sequence() else { return }
    let words = temporary(size: max(8 * values.count, 8), alignment: 8)
    for (index, value) in values.enumerated() {
      let word: Operand
      if types[index].isString {
        word = builder.convert(.address(memory(value)), .toInteger, to: .i64)
      } else {
        word = scalar(value, as: types[index].asInteger?.isSigned ?? false ? .int64 : .uint64)
      }
      builder.store(word, to: words.advanced(by: 8 * index))
    }
    let data = values.isEmpty ? Operand.constant(0, .pointer) : .address(words)
    builder.call(
      .sequencePrint, sequence, .address(constant(text)), .constant(Int64(text.count), .i32), data,
      .constant(Int64(8 * values.count), .i32))
  }

}
