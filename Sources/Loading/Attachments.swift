import BPF
import Glibc

/// What is attached, as open files that are closed when the value ends.
struct Attachments: ~Copyable {

  /// The open files of one attachment, by number.
  private struct Files {

    /// The link: a program and what it is attached to.
    let link: Int32

    /// The perf event, −1 if there is none.
    let event: Int32

    /// The open file of the program, if the kernel counts how often it could not be run there; else −1.
    var program: Int32 = -1

    /// Closes the files.
    func closeAll() {
      close(link)
      if event >= 0 { close(event) }
    }

  }

  /// The open files of attachments that the kernel removes quickly.
  private var quickFiles: [Files] = []

  /// The open files of attachments that are so many that removing them takes long.
  private var slowFiles: [Files] = []

  /// The open files of what watches memory, by address.
  private var watches: [UInt64: [Files]] = [:]

  /// The number of attach points.
  private(set) var pointCount = 0

  /// How often the kernel could not run each program whose attachments were removed, by open file.
  private var missesOfRemoved: [Int32: UInt64] = [:]

  /// The greatest number of open files.
  var fileCount: Int { 2 * (quickFiles.count + slowFiles.count + watches.values.reduce(0) { $0 + $1.count }) }

  /// The number of attachments that `removeQuick` leaves.
  var slowCount: Int { slowFiles.count }

  /// Adds a link to `pointCount` attach points; `program` is what it attaches, if the kernel counts how often that could not be
  /// run there.
  mutating func add(
    _ link: consuming FileDescriptor, pointCount count: Int, missedBy program: ProgramHandle? = nil
  ) {
    quickFiles.append(Files(link: link.release(), event: -1, program: program?.descriptor ?? -1))
    pointCount += count
  }

  /// Adds a link that needs no other file, which is one of those of an attach point; `isSlow` says whether there are many.
  mutating func add(_ link: consuming FileDescriptor, isSlow: Bool) {
    let files = Files(link: link.release(), event: -1)
    if isSlow { slowFiles.append(files) } else { quickFiles.append(files) }
  }

  /// Adds a link to a perf event, which is one of those of an attach point; `isSlow` says whether there are many, `program` is
  /// what it attaches, if the kernel counts how often that could not be run there.
  mutating func add(
    _ link: consuming FileDescriptor, to event: consuming FileDescriptor, isSlow: Bool = false,
    missedBy program: ProgramHandle? = nil
  ) {
    let files = Files(link: link.release(), event: event.release(), program: program?.descriptor ?? -1)
    if isSlow { slowFiles.append(files) } else { quickFiles.append(files) }
  }

  /// Adds everything of `other`, for `removeWatches` to find it if `address` is given.
  mutating func add(_ other: consuming Attachments, watching address: UInt64? = nil) {
    if let address {
      watches[address, default: []] += other.quickFiles
    } else {
      quickFiles += other.quickFiles
    }
    slowFiles += other.slowFiles
    pointCount += other.pointCount
    other.quickFiles = []
    other.slowFiles = []
  }

  /// Ends everything that watches `address`.
  mutating func removeWatches(on address: UInt64) {
    if let files = watches.removeValue(forKey: address) { Attachments.closeAll(files) }
  }

  /// Adds an attach point whose files, if it needs any, are added one by one.
  mutating func addPoint() { pointCount += 1 }

  /// How often the kernel came by a place and could not run the program that is attached there, by the program's open file.
  ///
  /// What happens when nothing is attached any more, or in slow attachments that do nothing any more, does not count.
  var misses: [Int32: UInt64] {
    var result = missesOfRemoved
    for files in quickFiles + (isOver ? [] : slowFiles) where files.program >= 0 {
      result[files.program, default: 0] += Link.missedHits(of: files.link)
    }
    return result
  }

  /// `true` iff what is still attached has no effect.
  private var isOver = false

  /// Detaches what the kernel removes quickly, when nothing that is attached is to have an effect any more.
  mutating func removeQuick() {
    missesOfRemoved = misses
    isOver = true
    Attachments.closeAll(quickFiles)
    quickFiles = []
    for address in Array(watches.keys) { removeWatches(on: address) }
  }

  /// Detaches everything.
  mutating func removeAll() {
    removeQuick()
    Attachments.closeAll(slowFiles)
    slowFiles = []
  }

  /// Detaches everything.
  deinit {
    Attachments.closeAll(quickFiles)
    Attachments.closeAll(slowFiles)
    for files in watches.values { Attachments.closeAll(files) }
  }

  /// The number of threads that close files where grace periods of RCU do not wait for each other: of links to functions of
  /// programs each one of its own (`uprobe_unregister_sync` in kernel/events/uprobes.c).
  private static let threadCountOfLinks = 64

  /// Closes `files`, by several threads where that takes grace periods of RCU.
  ///
  /// Closing a link waits for one under one lock of the kernel (`perf_event_detach_bpf_prog`), closing a perf event for two
  /// under another (`perf_kprobe_destroy`), so that more threads than there are stages gain nothing. For 367 kprobes on
  /// Linux 6.1, closing one file after the other took 36 s, all links and then all events by 32 threads 26 s, and pairs by
  /// 4 threads 18 s.
  private static func closeAll(_ files: [Files]) {
    if files.count < 4 {
      for pair in files { pair.closeAll() }
    } else {
      let areLinks = files.allSatisfy { $0.event < 0 }
      inParallel(files.count, threads: areLinks ? threadCountOfLinks : 4) { files[$0].closeAll() }
    }
  }

}
