/// What is known of a process: the programs that it ran.
struct ProcessHistory {

  /// The code of each program, the oldest first; never empty.
  private var images: [ProcessImage]

  /// The process that made it, 0 if that is not known.
  let parent: Int32

  /// `true` iff the process is known to have ended.
  var hasEnded = false

  /// When its memory was looked at last, in nanoseconds of the boot-time clock.
  var lookTime: UInt64 = 0

  /// The number of programs that are remembered of one process.
  private static let limit = 8

  /// Creates an instance for a process that `parent` made and that runs a program with the code `image`.
  init(parent: Int32, image: ProcessImage) {
    self.parent = parent
    self.images = [image]
  }

  /// The code of the program that it ran last.
  var current: ProcessImage {
    get { images[images.count - 1] }
    _modify { yield &images[images.count - 1] }
  }

  /// Begins another program at the moment `time`.
  mutating func execute(at time: UInt64) {
    var next = ProcessImage(begin: time, isComplete: true)
    for mapping in current.removeMappings(after: time) { next.add(mapping) }
    if current.mappings.isEmpty { images.removeLast() }
    images.append(next)
    if images.count > Self.limit { images.removeFirst() }
  }

  /// Puts the programs of `older`, a process that had the same number before, in front.
  mutating func follow(_ older: ProcessHistory) {
    images = Array((older.images + images).suffix(Self.limit))
  }

  /// Returns what was mapped at `address`: at the moment `time` if that is known, else by the latest program that had something
  /// there.
  func mapping(at address: UInt64, time: UInt64?) -> Mapping? {
    if let time, let image = images.last(where: { $0.begin <= time }), let found = image.mapping(at: address)
    {
      return found
    }
    for image in images.reversed() {
      if let found = image.mapping(at: address) { return found }
    }
    return nil
  }

}
