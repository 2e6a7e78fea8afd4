/// What stands in front of the bytes of a packet that a program sends: the time since boot in nanoseconds, 64 bits, then in 32 bits
/// each the index of the file that it goes to, the number of bytes, and the number of those at the beginning that are left out.
public enum PacketRecord {

  /// The offset of the time.
  public static let time = 0

  /// The offset of the index of the file.
  public static let file = 8

  /// The offset of the number of bytes.
  public static let length = 12

  /// The offset of the number of bytes that are left out.
  public static let skipped = 16

  /// The number of bytes of all that.
  public static let size = 24

  /// The greatest number of bytes of a packet: `BPF_F_CTXLEN_MASK` in include/uapi/linux/bpf.h has 20 bits.
  public static let greatestLength = (1 << 20) - 1

}
