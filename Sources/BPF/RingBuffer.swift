import CBPF
import Glibc

/// The process's end of a ring buffer that programs write records to.
public struct RingBuffer: ~Copyable {

  /// Whoever receives the records while they are consumed.
  private final class Receiver {

    /// Takes a record; returns `true` iff it wants more.
    var body: ((UnsafeRawBufferPointer) -> Bool)?

    /// The number of records received since consumption began.
    var count = 0

  }

  /// libbpf's object.
  private let handle: OpaquePointer

  /// Whoever receives the records; libbpf has its address.
  private let receiver: Receiver

  /// Creates an instance that reads the ring buffer `map`.
  public init(of map: MapHandle) throws(SystemError) {
    LibbpfMessages.install()
    let receiver = Receiver()
    let context = Unmanaged.passUnretained(receiver).toOpaque()
    let callback: ring_buffer_sample_fn = { context, data, size in
      let receiver = Unmanaged<Receiver>.fromOpaque(context!).takeUnretainedValue()
      receiver.count += 1
      let wantsMore = receiver.body!(UnsafeRawBufferPointer(start: data, count: Int(size)))
      // A negative number ends consumption; the record counts as consumed.
      return wantsMore ? 0 : -ECANCELED
    }
    errno = 0
    guard let handle = ring_buffer__new(map.descriptor, callback, context, nil) else {
      throw SystemError(call: "ring_buffer__new", number: errno)
    }
    self.handle = handle
    self.receiver = receiver
  }

  /// Releases the memory shared with the kernel.
  deinit { ring_buffer__free(handle) }

  /// The number of the open file that `epoll_wait` and `poll` report as readable while there are records.
  public var descriptor: Int32 { ring_buffer__epoll_fd(handle) }

  /// Gives the records that are there to `body`, oldest first, until it returns `false`; returns the number of records
  /// given.
  ///
  /// The bytes may be used during the call only. Records that programs add meanwhile are given too.
  @discardableResult
  public mutating func consume(_ body: (UnsafeRawBufferPointer) -> Bool) throws(SystemError) -> Int {
    receiver.count = 0
    let status = withoutActuallyEscaping(body) { body in
      receiver.body = body
      defer { receiver.body = nil }
      return ring_buffer__consume(handle)
    }
    if status != -ECANCELED { try check("ring_buffer__consume", status) }
    return receiver.count
  }

}
