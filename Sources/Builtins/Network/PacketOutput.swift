import IR
import Syntax
import Types

/// `skboutput("file", skb, length, offset)`: writes the bytes of a packet from `offset` up to `length` to a file in the format of
/// pcap, as IP packets; 0, or a negative number of an error.
struct PacketOutput: Builtin {
  let names = ["skboutput"]
  let arity = 4...4
  let isValue = false

  func type(of call: BuiltinCall, in scope: inout some TypingScope) -> Type? {
    guard scope.literal(0, of: call, called: "the name of the file") != nil,
      scope.requireTypedProbe(for: call, kinds: [.fentry, .fexit, .typedRawTracepoint]),
      scope.structure(1, of: call, among: ["sk_buff"], written: "\"file.pcap\", args.skb, args.skb->len, 0"),
      scope.integerArgument(2, of: call) != nil, scope.integerArgument(3, of: call) != nil
    else { return nil }
    return .int64
  }

  func lower(_ call: BuiltinCall, in lowering: inout some CallLowering) -> LoweredValue {
    let file = lowering.packetFile(String(decoding: call.arguments[0].literalString ?? [], as: UTF8.self))
    let asked = lowering.scalar(call.arguments[2], as: .uint64)
    let skipped = lowering.scalar(call.arguments[3], as: .uint32)
    let (pointer, packet) = lowering.typedArgument(1, of: call)
    let head = lowering.temporary(size: PacketRecord.size, alignment: 8)
    let limit = Operand.constant(Int64(PacketRecord.greatestLength), .i64)
    let length = lowering.builder.binary(.and, asked, limit)
    lowering.builder.emit(.zero(head, count: PacketRecord.size, alignment: 8))
    let time = lowering.builder.call(.ktimeGetBootNanoseconds)
    lowering.builder.store(time, to: head.advanced(by: PacketRecord.time))
    lowering.builder.store(.constant(Int64(file), .i32), to: head.advanced(by: PacketRecord.file))
    let count = lowering.builder.convert(length, .truncate, to: .i32)
    lowering.builder.store(count, to: head.advanced(by: PacketRecord.length))
    lowering.builder.store(skipped, to: head.advanced(by: PacketRecord.skipped))
    // The length of the packet in the upper half, BPF_F_CURRENT_CPU in the lower one.
    let upper = lowering.builder.binary(.shiftLeft, length, .constant(32, .i64))
    let flags = lowering.builder.binary(.or, upper, .constant(0xffff_ffff, .i64))
    let result = lowering.builder.local(.i64)
    // EFAULT, which the kernel gives for packets that are not there.
    lowering.builder.set(result, to: .constant(-14, .i64))
    let isThere = lowering.builder.isNotNull(pointer)
    lowering.builder.branch(isThere) { builder in
      let status = builder.call(
        .skbOutput, packet, .packets, flags, .address(head), .constant(Int64(PacketRecord.size), .i64))
      builder.set(result, to: status)
    }
    return .scalar(lowering.builder.get(result))
  }
}
