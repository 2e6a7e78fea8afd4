import CBPF
import Glibc

/// The process's end of the buffers, one for each CPU, that programs send packets to (`bpf_skb_output`).
public final class PacketBuffer {

  /// libbpf's object; nil only while it is made.
  private var handle: OpaquePointer?

  /// Takes what programs have sent, while it is consumed.
  private var body: ((UnsafeRawBufferPointer) -> Void)?

  /// How many packets there was no room for.
  public private(set) var lostCount: UInt64 = 0

  /// The number of pages of each buffer.
  private static let pageCount = 256

  /// Creates an instance that reads what is sent by way of `map`.
  public init(of map: MapHandle) throws(SystemError) {
    LibbpfMessages.install()
    let context = Unmanaged.passUnretained(self).toOpaque()
    errno = 0
    handle = perf_buffer__new(
      map.descriptor, PacketBuffer.pageCount,
      { context, _, data, size in
        let buffer = Unmanaged<PacketBuffer>.fromOpaque(context!).takeUnretainedValue()
        buffer.body?(UnsafeRawBufferPointer(start: data, count: Int(size)))
      },
      { context, _, count in
        Unmanaged<PacketBuffer>.fromOpaque(context!).takeUnretainedValue().lostCount += count
      }, context, nil)
    if handle == nil { throw SystemError(call: "perf_buffer__new", number: errno) }
  }

  /// Releases the memory shared with the kernel.
  deinit { if let handle { perf_buffer__free(handle) } }

  /// The number of the open file that `poll` reports as readable while there are packets.
  public var descriptor: Int32 { perf_buffer__epoll_fd(handle) }

  /// Gives what is there to `body`; the bytes may be used during the call only.
  public func consume(_ body: (UnsafeRawBufferPointer) -> Void) {
    withoutActuallyEscaping(body) { body in
      self.body = body
      defer { self.body = nil }
      _ = perf_buffer__consume(handle)
    }
  }

}
