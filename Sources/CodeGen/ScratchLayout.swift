import IR
import Types

/// Where in the map `scratch` the memory of each program is.
struct ScratchLayout {

  /// The number of runs of one program on one CPU that can be under way at once, where the kernel lets one wait for another.
  static let concurrentRuns = 4

  /// For each program that has scratch memory, by its scratch index, the first of its entries.
  private var first: [Int: Int] = [:]

  /// The number of entries for each CPU.
  private(set) var count = 0

  /// The number of bytes of scratch memory.
  private let size: Int

  /// `true` iff some program has several entries.
  private var hasClaims = false

  /// Creates the layout for `programs`, each of which uses up to `size` bytes.
  init(of programs: [IRProgram], size: Int) {
    self.size = size.rounded(upToMultipleOf: 8)
    for program in programs {
      guard let index = program.scratchIndex, first[index] == nil else { continue }
      first[index] = count
      count += program.kind.isPreemptible ? ScratchLayout.concurrentRuns : 1
      hasClaims = hasClaims || program.kind.isPreemptible
    }
  }

  /// The offset in an entry of the word that is not 0 while a run uses it.
  var claimOffset: Int { size }

  /// The number of bytes of an entry.
  var entrySize: Int { hasClaims ? size + 8 : size }

  /// Returns the first entry of the program with the given scratch index.
  func entry(of index: Int) -> Int {
    guard let entry = first[index] else { preconditionFailure("a program without scratch memory") }
    return entry
  }

}
