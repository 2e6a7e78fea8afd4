import CBPF
import Glibc

/// The process's end of a ring buffer that programs write records to.
///
/// Its layout is that of `kernel/bpf/ringbuf.c`: a page with the position up to which the process has read, a page with the one up
/// to which programs have written, and the data, mapped twice in a row so that every record is in one piece. In front of a
/// record stands its length, with bits that say whether it is still being written, or was given up.
///
/// A program wakes the process when the record that it completes is the one that is to be read next, which costs it much more
/// than the record. So the process keeps some room that it has read to itself until it is about to wait: while it looks by
/// itself now and then, nobody wakes it. When programs that the process runs have something to send, it gives that room back
/// first, so that they find some even while others fill the ring.
public struct RingBuffer: ~Copyable {

  /// The open file of the map.
  private let map: Int32

  /// The page with the position up to which the process has read.
  private let readPage: UnsafeMutableRawPointer

  /// The page with the position up to which programs have written, and the data behind it.
  private let writtenPage: UnsafeRawPointer

  /// The number of bytes that there is room for, a power of two.
  public let capacity: Int

  /// The position of the next record.
  private var position: UInt64

  /// The position that programs believe to be the next one.
  private var releasedPosition: UInt64

  /// The size of a page.
  private static let pageSize = sysconf(Int32(_SC_PAGESIZE))

  /// The number of bytes in front of a record, which are a multiple of 8 with it.
  private static let headerSize: UInt64 = 8

  /// The number of bytes that are kept from programs: none of a small ring, which would be full when the process looks again.
  private let heldSize: UInt64

  /// The number of bytes of a ring that is not small.
  private static let comfortableCapacity = 1 << 20

  /// Creates an instance that reads the ring buffer `map`.
  public init(of map: MapHandle) throws(SystemError) {
    let size = Self.pageSize
    let read = mmap(nil, size, PROT_READ | PROT_WRITE, MAP_SHARED, map.descriptor, 0)
    guard let read, read != MAP_FAILED else { throw SystemError(call: "mmap", number: errno) }
    let written = mmap(nil, size + 2 * map.capacity, PROT_READ, MAP_SHARED, map.descriptor, size)
    guard let written, written != MAP_FAILED else {
      let number = errno
      munmap(read, size)
      throw SystemError(call: "mmap", number: number)
    }
    self.map = map.descriptor
    self.readPage = read
    self.writtenPage = UnsafeRawPointer(written)
    self.capacity = map.capacity
    self.heldSize = map.capacity < Self.comfortableCapacity ? 0 : UInt64(map.capacity / 16)
    self.position = cbpf_load_position(read)
    self.releasedPosition = position
  }

  /// Releases the memory shared with the kernel.
  deinit {
    munmap(readPage, Self.pageSize)
    munmap(UnsafeMutableRawPointer(mutating: writtenPage), Self.pageSize + 2 * capacity)
  }

  /// The number of the open file that `poll` reports as readable while there is a record that programs believe to be unread.
  public var descriptor: Int32 { map }

  /// `true` iff something was read that programs believe to be unread, so that they do not make `descriptor` readable.
  public var isHolding: Bool { releasedPosition != position }

  /// `true` iff there is a record that has not been read, complete or not.
  public var isAhead: Bool { cbpf_load_position(writtenPage) != position }

  /// Gives the records that are complete to `body`, oldest first, until it returns `false`; returns the number of bytes that
  /// they took in the ring.
  ///
  /// The bytes may be used during the call only. Records that programs add meanwhile are given too.
  @discardableResult
  public mutating func consume(_ body: (UnsafeRawBufferPointer) -> Bool) -> Int {
    let start = position
    let data = writtenPage + Self.pageSize
    let mask = UInt64(capacity - 1)
    var end = cbpf_load_position(writtenPage)
    while true {
      if position >= end {
        end = cbpf_load_position(writtenPage)
        if position >= end { break }
      }
      let record = data + Int(position & mask)
      let length = cbpf_load_length(record)
      if length & UInt32(BPF_RINGBUF_BUSY_BIT) != 0 { break }
      let count = UInt64(length & ~UInt32(BPF_RINGBUF_DISCARD_BIT))
      position += (count + Self.headerSize + 7) & ~7
      var wantsMore = true
      if length & UInt32(BPF_RINGBUF_DISCARD_BIT) == 0 {
        wantsMore = body(UnsafeRawBufferPointer(start: record + Int(Self.headerSize), count: Int(count)))
      }
      // Programs need the room before all is read.
      if position - releasedPosition > UInt64(capacity / 8) { release(upTo: position - heldSize) }
      if !wantsMore { break }
    }
    if position - releasedPosition > heldSize { release(upTo: position - heldSize) }
    return Int(position - start)
  }

  /// Gives all room back to programs, so that the next record makes `descriptor` readable.
  public mutating func releaseAll() {
    if isHolding { release(upTo: position) }
  }

  /// Gives the room in front of `position` back to programs.
  private mutating func release(upTo position: UInt64) {
    cbpf_store_position(readPage, position)
    releasedPosition = position
  }

}
