import CBPF
import Glibc

/// The process's end of a ring to which the kernel writes what processes do on one CPU.
public final class ProcessEventRing {

  /// The event.
  private let event: FileDescriptor

  /// The memory shared with the kernel: a page that says how far is written and read, and the records.
  private let memory: UnsafeMutableRawBufferPointer

  /// The size of the shared page with positions.
  private static let pageSize = sysconf(Int32(_SC_PAGESIZE))

  /// The number of bytes for records, a power of two; without privileges the kernel locks no more than twice that
  /// (`kernel.perf_event_mlock_kb`).
  private static let capacity = 256 << 10

  /// Begins to record what processes do on `cpu`.
  public init(cpu: Int32) throws(SystemError) {
    let event = FileDescriptor(owning: try check("perf_event_open", cbpf_open_process_events(cpu)))
    let count = Self.pageSize + Self.capacity
    let start = mmap(nil, count, PROT_READ | PROT_WRITE, MAP_SHARED, event.number, 0)
    guard let start, start != MAP_FAILED else { throw SystemError(call: "mmap", number: errno) }
    self.event = event
    self.memory = UnsafeMutableRawBufferPointer(start: start, count: count)
  }

  /// Ends recording.
  deinit { munmap(memory.baseAddress, memory.count) }

  /// The number of the open file that is readable while there are records.
  public var descriptor: Int32 { event.number }

  /// Hands the events that are there to `body`, oldest first, and returns how many were lost.
  public func consume(_ body: (ProcessEvent) -> Void) -> UInt64 {
    let page = memory.baseAddress!.assumingMemoryBound(to: perf_event_mmap_page.self)
    let records = UnsafeRawBufferPointer(rebasing: memory[Self.pageSize...])
    let head = cbpf_ring_head(page)
    var tail = page.pointee.data_tail
    var lost: UInt64 = 0
    while tail < head {
      let size = Int(headerSize(at: tail, in: records))
      // The kernel writes no such header; but to trust it here would be to loop forever if it did.
      if size < 8 || UInt64(size) > head - tail { break }
      switch withBytes(of: records, at: tail, count: size, ProcessEvent.record(in:)) {
      case .event(let event): body(event)
      case .lost(let count): lost += count
      case .irrelevant: break
      }
      tail += UInt64(size)
    }
    cbpf_ring_release(page, head)
    return lost
  }

  /// Returns the size of the record at `position`, which is stored 6 bytes behind its start.
  private func headerSize(at position: UInt64, in records: UnsafeRawBufferPointer) -> UInt16 {
    let offset = Int((position + 6) % UInt64(records.count))
    return records.loadUnaligned(fromByteOffset: offset, as: UInt16.self)
  }

  /// Returns what `body` makes of the `count` bytes at `position`, which may go on at the start of the ring.
  private func withBytes<Result>(
    of records: UnsafeRawBufferPointer, at position: UInt64, count: Int,
    _ body: (UnsafeRawBufferPointer) -> Result
  ) -> Result {
    let offset = Int(position % UInt64(records.count))
    let behind = records.count - offset
    if count <= behind { return body(UnsafeRawBufferPointer(rebasing: records[offset..<offset + count])) }
    let bytes = Array(records[offset...]) + Array(records[..<(count - behind)])
    return bytes.withUnsafeBytes(body)
  }

}
