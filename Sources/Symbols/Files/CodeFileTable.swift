import BPF
import Glibc

/// The files that processes have mapped to run code of them, each once.
struct CodeFileTable {

  /// The files, by number.
  private(set) var files: [CodeFile] = []

  /// The numbers of the files.
  private var numbers: [CodeFile.Identity: Int] = [:]

  /// How many more files are kept open.
  private var rest: Int

  /// The number of files that are told from one another; code of further ones has no names.
  private static let limit = 1 << 16

  /// Creates a table that keeps half of the files open that the process may have open.
  init() {
    var limit = rlimit()
    let isKnown = getrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit) == 0
    self.rest = isKnown ? Int(min(limit.rlim_cur, 1 << 16)) / 2 : 0
  }

  /// Returns the number of the file that `process` has mapped as `mapped` says, nil if there are too many.
  ///
  /// A file that was not known is opened, since it may be deleted, or out of reach when the process has ended. What the process
  /// itself cannot be asked for any more is looked for where `ancestors` look.
  mutating func number(
    of mapped: ProcessEvent.MappedFile, in process: Int32, ancestors: () -> [Int32]
  ) -> Int? {
    let identity = CodeFile.Identity(device: mapped.device, inode: mapped.inode, path: mapped.path)
    if let number = numbers[identity] { return number }
    if files.count >= Self.limit { return nil }
    var descriptor: Int32 = -1
    if rest > 0 {
      descriptor = CodeFile.open(mappedBy: process, from: mapped.start, to: mapped.start &+ mapped.count)
      if descriptor < 0 { descriptor = CodeFile.open(identity, processes: [process] + ancestors()) }
      if descriptor >= 0 { rest -= 1 }
    }
    files.append(CodeFile(identity, mappedBy: process, descriptor: descriptor))
    numbers[identity] = files.count - 1
    return files.count - 1
  }

}
