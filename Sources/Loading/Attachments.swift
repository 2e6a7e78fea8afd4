import BPF

/// What is attached, as open files that are closed when the value ends.
struct Attachments: ~Copyable {

  /// The numbers of the open files that stand for links: a program and what it is attached to.
  private var links: [Int32] = []

  /// The numbers of the open files that stand for perf events.
  private var events: [Int32] = []

  /// The number of attach points.
  private(set) var pointCount = 0

  /// The number of open files.
  var fileCount: Int { links.count + events.count }

  /// Adds a link to `pointCount` attach points.
  mutating func add(_ link: consuming FileDescriptor, pointCount count: Int) {
    links.append(link.release())
    pointCount += count
  }

  /// Adds links to perf events, one or more for each of `pointCount` attach points.
  mutating func add(events newEvents: [Int32], links newLinks: [Int32], pointCount count: Int) {
    events += newEvents
    links += newLinks
    pointCount += count
  }

  /// Adds an attach point that needs nothing open.
  mutating func addPoint() { pointCount += 1 }

  /// Detaches everything.
  mutating func removeAll() {
    // Links first: no program runs any more, however long the kernel takes to remove the events.
    closeFiles(links)
    closeFiles(events)
    links = []
    events = []
  }

  /// Detaches everything.
  deinit {
    closeFiles(links)
    closeFiles(events)
  }

}
