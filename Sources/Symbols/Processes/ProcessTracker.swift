import BPF
import Glibc

/// Knows which code is where in the memory of processes, also of those that have ended.
struct ProcessTracker {

  /// The files that the code is from.
  private(set) var files = CodeFileTable()

  /// What is known of each process, by its number.
  private var histories: [Int32: ProcessHistory] = [:]

  /// The processes that have ended, in that order; those in front of `forgottenCount` are forgotten.
  private var ended: [Int32] = []

  /// How many of the processes that have ended are forgotten.
  private var forgottenCount = 0

  /// `true` iff what processes do is followed, by `apply`; else their memory is looked at when that is asked for.
  var isFollowing = false

  /// When notice of what processes did was lost last, in nanoseconds of the boot-time clock.
  private var lossTime: UInt64 = 0

  /// The number of processes that are remembered when they have ended.
  private let memory: Int

  /// How long what was seen of a process that is not followed is taken to be true, in nanoseconds.
  private static let shelfLife: UInt64 = 100_000_000

  /// Creates an instance that remembers `memory` processes that have ended.
  init(remembering memory: Int = 16384) { self.memory = memory }

  /// Returns what `process` has or had mapped at `address`, at the moment `time` if that is known; nil if nothing is known.
  mutating func mapping(at address: UInt64, in process: Int32, time: UInt64?) -> Mapping? {
    if mustLook(at: process) { look(at: process) }
    return histories[process]?.mapping(at: address, time: time)
  }

  /// Takes notice of what processes did.
  mutating func apply(_ events: [ProcessEvent]) {
    for event in events.sorted(by: { $0.time < $1.time }) where event.process > 0 { apply(event) }
  }

  /// Takes notice of something that a process did.
  private mutating func apply(_ event: ProcessEvent) {
    switch event.action {
    case .started(let parent):
      let maker = histories[parent]
      var image = ProcessImage(begin: event.time, isComplete: false)
      if let maker { image = ProcessImage(copying: maker.current, at: event.time, lookTime: maker.lookTime) }
      let own = histories[event.process]
      // Its first mapping may have been told before its start.
      if let own, !own.hasEnded { image.add(contentsOf: own.current) }
      var history = ProcessHistory(parent: parent, image: image)
      history.lookTime = image.isComplete ? event.time : 0
      if let own { history.follow(own) }
      histories[event.process] = history
    case .executed:
      if histories[event.process]?.execute(at: event.time) == nil {
        let image = ProcessImage(begin: event.time, isComplete: true)
        histories[event.process] = ProcessHistory(parent: 0, image: image)
      }
      histories[event.process]?.lookTime = event.time
    case .mapped(let file):
      guard let mapping = mapping(of: file, in: event.process, time: event.time) else { return }
      let unknown = ProcessHistory(parent: 0, image: ProcessImage(begin: 0, isComplete: false))
      histories[event.process, default: unknown].current.add(mapping)
    case .ended:
      guard histories[event.process] != nil else { return }
      histories[event.process]?.hasEnded = true
      ended.append(event.process)
      forgetOldest()
    }
  }

  /// Takes notice of that not all events were told.
  mutating func noteLoss() { lossTime = Self.now() }

  /// Looks at the memory of all processes that there are.
  mutating func lookAtAll() {
    guard let directory = opendir("/proc") else { return }
    defer { closedir(directory) }
    while let entry = readdir(directory) {
      let name = withUnsafeBytes(of: &entry.pointee.d_name) {
        String(decoding: $0.prefix { $0 != 0 }, as: UTF8.self)
      }
      if let process = Int32(name) { look(at: process) }
    }
  }

  /// Looks at the memory of `process`.
  mutating func look(at process: Int32) {
    let time = Self.now()
    guard let files = MapsFile.executableMemory(of: process) else { return }
    let unknown = ProcessHistory(parent: 0, image: ProcessImage(begin: 0, isComplete: false))
    histories[process, default: unknown].lookTime = time
    if files.isEmpty { return }
    let mappings = files.compactMap { mapping(of: $0, in: process, time: time) }
    for mapping in mappings { histories[process]?.current.add(mapping) }
    histories[process]?.current.isComplete = true
  }

  /// Returns `true` iff what is known of `process` may be wrong or too little, and the process can be looked at.
  private func mustLook(at process: Int32) -> Bool {
    guard process > 0, let history = histories[process] else { return process > 0 }
    if !isFollowing { return Self.now() &- history.lookTime > Self.shelfLife }
    return !history.hasEnded
      && (history.lookTime == 0 && !history.current.isComplete || history.lookTime < lossTime)
  }

  /// Returns how `process` has mapped `file`, nil if there are too many files.
  private mutating func mapping(
    of file: ProcessEvent.MappedFile, in process: Int32, time: UInt64
  ) -> Mapping? {
    let content: Mapping.Content
    if file.path.elementsEqual("[vdso]".utf8) {
      content = .vdso
    } else if file.inode == 0 || file.path.starts(with: "//".utf8) {
      content = .anonymous
    } else {
      let histories = histories
      guard
        let number = files.number(
          of: file, in: process, ancestors: { Self.ancestors(of: process, in: histories) })
      else { return nil }
      content = .file(number)
    }
    return Mapping(
      start: file.start, end: file.start &+ file.count, fileOffset: file.fileOffset, content: content,
      time: time)
  }

  /// Returns the processes that made `process`, the nearest first.
  private static func ancestors(of process: Int32, in histories: [Int32: ProcessHistory]) -> [Int32] {
    var result: [Int32] = []
    var process = process
    while result.count < 8, let parent = histories[process]?.parent, parent > 1 {
      result.append(parent)
      process = parent
    }
    return result
  }

  /// Forgets the process that ended first if there are too many that have ended.
  private mutating func forgetOldest() {
    guard ended.count - forgottenCount > memory else { return }
    let process = ended[forgottenCount]
    forgottenCount += 1
    // The number may be that of another process now.
    if histories[process]?.hasEnded == true { histories[process] = nil }
    if forgottenCount > memory {
      ended.removeFirst(forgottenCount)
      forgottenCount = 0
    }
  }

  /// The time of the boot-time clock in nanoseconds.
  private static func now() -> UInt64 {
    var time = timespec()
    clock_gettime(CLOCK_BOOTTIME, &time)
    return UInt64(time.tv_sec) * 1_000_000_000 + UInt64(time.tv_nsec)
  }

}
