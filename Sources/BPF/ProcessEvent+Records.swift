import CBPF

extension ProcessEvent {

  /// What a record of the kernel's ring says.
  enum Record: Equatable {

    /// A process did something.
    case event(ProcessEvent)

    /// The ring had no room for as many records.
    case lost(UInt64)

    /// Nothing that changes where code is.
    case irrelevant

  }

  /// Returns what `record` says, its header included; `irrelevant` if it is not all there.
  ///
  /// The forms are those of `perf_event_open(2)`, with the time alone behind each record (`sample_id_all`).
  static func record(in record: UnsafeRawBufferPointer) -> Record {
    guard let type = load(record, 0, UInt32.self), let flags = load(record, 4, UInt16.self),
      record.count >= 16
    else { return .irrelevant }
    let time = load(record, record.count - 8, UInt64.self) ?? 0
    let body = UnsafeRawBufferPointer(rebasing: record[8..<record.count - 8])
    guard let process = load(body, 0, Int32.self), let thread = load(body, 4, Int32.self) else {
      return .irrelevant
    }
    switch type {
    case PERF_RECORD_LOST.rawValue:
      return .lost(load(body, 8, UInt64.self) ?? 1)
    case PERF_RECORD_COMM.rawValue:
      // Other records of this type are new names of threads.
      guard flags & UInt16(PERF_RECORD_MISC_COMM_EXEC) != 0 else { return .irrelevant }
      return .event(ProcessEvent(process: process, time: time, action: .executed))
    case PERF_RECORD_FORK.rawValue:
      // The fields are pid, ppid, tid, ptid: threads are made within one process.
      guard process != thread else { return .irrelevant }
      return .event(ProcessEvent(process: process, time: time, action: .started(parent: thread)))
    case PERF_RECORD_EXIT.rawValue:
      // A process ends with its first thread; the others' ends are of no interest.
      guard load(body, 8, Int32.self) == process else { return .irrelevant }
      return .event(ProcessEvent(process: process, time: time, action: .ended))
    case PERF_RECORD_MMAP2.rawValue:
      guard let file = mappedFile(in: body) else { return .irrelevant }
      return .event(ProcessEvent(process: process, time: time, action: .mapped(file)))
    default:
      return .irrelevant
    }
  }

  /// Returns what the body of a record about mapped memory says, nil if it is not all there.
  private static func mappedFile(in body: UnsafeRawBufferPointer) -> MappedFile? {
    guard let start = load(body, 8, UInt64.self), let count = load(body, 16, UInt64.self),
      let offset = load(body, 24, UInt64.self), let major = load(body, 32, UInt32.self),
      let minor = load(body, 36, UInt32.self), let inode = load(body, 40, UInt64.self), body.count >= 64
    else { return nil }
    let path = body[64...].prefix { $0 != 0 }
    return MappedFile(
      start: start, count: count, fileOffset: offset, device: deviceNumber(major, minor), inode: inode,
      path: Array(path))
  }

  /// Returns the number of the device with the given parts, as `makedev` makes it.
  public static func deviceNumber(_ major: UInt32, _ minor: UInt32) -> UInt64 {
    let (major, minor) = (UInt64(major), UInt64(minor))
    return (major & 0xffff_f000) << 32 | (major & 0xfff) << 8 | (minor & 0xffff_ff00) << 12 | minor & 0xff
  }

}

/// Returns the integer at `offset` in `bytes`, nil if it is not all there.
private func load<T: FixedWidthInteger & BitwiseCopyable>(
  _ bytes: UnsafeRawBufferPointer, _ offset: Int, _ type: T.Type
) -> T? {
  guard offset + MemoryLayout<T>.size <= bytes.count else { return nil }
  return bytes.loadUnaligned(fromByteOffset: offset, as: type)
}
