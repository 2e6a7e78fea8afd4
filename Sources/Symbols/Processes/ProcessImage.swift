/// The code that a process had in its memory while it ran one program.
struct ProcessImage {

  /// When the process began to run the program, in nanoseconds of the boot-time clock; 0 if it did before that was followed.
  let begin: UInt64

  /// `true` iff all that the process had mapped is known.
  var isComplete: Bool

  /// What is mapped, by address; no two overlap.
  private(set) var mappings: [Mapping] = []

  /// The number of mappings that are remembered, which is the number that the kernel allows unless it is told otherwise
  /// (`vm.max_map_count`).
  private static let limit = 65536

  /// Creates an instance without mappings.
  init(begin: UInt64, isComplete: Bool) {
    self.begin = begin
    self.isComplete = isComplete
  }

  /// Creates an instance with what `parent` had mapped at the moment `time`: that of a new process.
  ///
  /// What was seen at the moment `lookTime` was there before, as far as is known.
  init(copying parent: ProcessImage, at time: UInt64, lookTime: UInt64) {
    self.begin = time
    self.isComplete = parent.isComplete && lookTime <= time
    self.mappings = parent.mappings
    mappings.removeAll { $0.time > time && $0.time != lookTime }
  }

  /// Returns what is mapped at `address`, nil if nothing is.
  func mapping(at address: UInt64) -> Mapping? {
    let index = firstIndex(endingBehind: address)
    guard index < mappings.count, mappings[index].start <= address else { return nil }
    return mappings[index]
  }

  /// Adds `new` in the place of what was mapped at its addresses.
  mutating func add(_ new: Mapping) {
    guard new.start < new.end, mappings.count < Self.limit else { return }
    let first = firstIndex(endingBehind: new.start)
    var last = first
    while last < mappings.count, mappings[last].start < new.end { last += 1 }
    var parts: [Mapping] = []
    if first < last {
      let (before, behind) = (mappings[first], mappings[last - 1])
      if before.start < new.start { parts.append(before.part(from: before.start, to: new.start)) }
      parts.append(new)
      if behind.end > new.end { parts.append(behind.part(from: new.end, to: behind.end)) }
    } else {
      parts.append(new)
    }
    mappings.replaceSubrange(first..<last, with: parts)
  }

  /// Adds what `other` has in the place of what was mapped at those addresses.
  mutating func add(contentsOf other: ProcessImage) {
    if mappings.isEmpty { mappings = other.mappings } else { other.mappings.forEach { add($0) } }
  }

  /// Takes what was mapped behind the moment `time` out and returns it.
  ///
  /// What happens on different CPUs is not told in order: a program's first mapping may be before its start.
  mutating func removeMappings(after time: UInt64) -> [Mapping] {
    guard mappings.contains(where: { $0.time > time }) else { return [] }
    let result = mappings.filter { $0.time > time }
    mappings.removeAll { $0.time > time }
    return result
  }

  /// Returns the index of the first mapping that ends behind `address`.
  private func firstIndex(endingBehind address: UInt64) -> Int {
    var (low, high) = (0, mappings.count)
    while low < high {
      let middle = (low + high) / 2
      if mappings[middle].end <= address { low = middle + 1 } else { high = middle }
    }
    return low
  }

}
