import Binaries
import Glibc
public import Kernel

/// The places that programmers marked.
extension LiveBinaries {

  /// Returns the marked places in `binary`, in the order of the file.
  public func staticProbes(of binary: TargetBinary) throws(BinaryLookupFault) -> [StaticProbe] {
    let file = try file(binary)
    let base = file.section(named: ".stapsdt.base")?.address
    return file.notes(in: ".note.stapsdt").compactMap { note in
      note.owner == "stapsdt" && note.kind == 3 ? StaticProbe(note.contents, base: base, in: file) : nil
    }
  }

  /// Returns the programs and libraries that some process runs, each file once, sorted.
  public func runningBinaries() -> [TargetBinary] {
    guard let folder = opendir("/proc") else { return [] }
    defer { closedir(folder) }
    var processes: [Int32] = []
    while let entry = readdir(folder) {
      let name = withUnsafeBytes(of: entry.pointee.d_name) {
        String(decoding: $0.prefix { $0 != 0 }, as: UTF8.self)
      }
      if let number = Int32(name) { processes.append(number) }
    }
    var seen: Set<TargetBinary> = []
    for number in processes.sorted() {
      let process = ViewedProcess(identifier: number)
      let files = process.mappedFiles
      if files.isEmpty { continue }
      let root = process.root
      for path in files { seen.insert(TargetBinary(path: path, root: root)) }
    }
    return distinct(Array(seen))
  }

}

extension StaticProbe {

  /// Creates the probe that a note of `file` describes, nil if that makes no sense: three addresses, that of the probe, that of
  /// the section `.stapsdt.base` when the note was written, and that of the counter; then three texts.
  ///
  /// Where the section is elsewhere now, whoever moved the file's contents did not know of the addresses in the note.
  fileprivate init?(_ bytes: [UInt8], base: UInt64?, in file: BinaryFile) {
    let width = file.is64Bit ? 8 : 4
    var addresses: [UInt64] = []
    for i in 0..<3 {
      guard (i + 1) * width <= bytes.count else { return nil }
      addresses.append(bytes[i * width..<(i + 1) * width].reversed().reduce(0) { $0 << 8 | UInt64($1) })
    }
    let texts = bytes[(3 * width)...].split(separator: 0, maxSplits: 3, omittingEmptySubsequences: false)
    guard texts.count >= 3, !texts[1].isEmpty else { return nil }
    let distance = base.map { $0 &- addresses[1] } ?? 0
    let address = addresses[0] &+ distance
    guard let offset = file.offset(ofAddress: address) else { return nil }
    var semaphore: UInt64 = 0
    if addresses[2] != 0 {
      guard let place = file.offset(ofAddress: addresses[2] &+ distance) else { return nil }
      semaphore = place
    }
    self.init(
      namespace: String(decoding: texts[0], as: UTF8.self), name: String(decoding: texts[1], as: UTF8.self),
      address: address, offset: offset, semaphoreOffset: semaphore,
      arguments: String(decoding: texts[2], as: UTF8.self))
  }

}
