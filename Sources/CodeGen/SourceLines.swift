import IR
import LLVM
import Types

/// The lines of the script in an object, for `bpftool prog dump` and the verifier to show.
struct SourceLines {

  /// The object with the lines in it.
  private(set) var file: ObjectFile

  /// The number of the position that each record of line information stands for; 0 for none.
  private(set) var positions: [Int] = []

  /// What is put behind the texts of the object.
  private var added: [UInt8] = []

  /// The offsets of these, counted from the first text of the object on.
  private var offsets: [[UInt8]: Int] = [:]

  /// The number of bytes of the object's own texts.
  private var ownSize = 0

  /// The greatest column, and the greatest line, that a record has bits for.
  private static let greatest = (column: (1 << 10) - 1, line: (1 << 22) - 1)

  /// Puts `lines` into `object`, an ELF file of LLVM's, where it has the number of a position in place of a line: line n comes from
  /// element n - 1. Without any, only the numbers are taken down.
  init?(_ lines: [IRSourceLine], in object: [UInt8]) {
    guard let file = ObjectFile(object) else { return nil }
    self.file = file
    guard let types = file.section(".BTF"), let records = LineRecords(of: file) else { return }
    // struct btf_header: the number of bytes of the texts is the last of its six words, which count from its end on.
    ownSize = file.integer(at: types.range.lowerBound + 20, size: 4)
    for record in records.records {
      let isOurs = records.fileName(of: record, in: file) == DebugInformation.fileName
      positions.append(isOurs ? record.line : 0)
      guard isOurs, lines.indices.contains(record.line - 1) else { continue }
      let line = lines[record.line - 1]
      let column = min(line.column, SourceLines.greatest.column)
      self.file.set(offset(of: Array(line.file.utf8)), size: 4, at: record.place + 4)
      self.file.set(offset(of: line.text), size: 4, at: record.place + 8)
      self.file.set(min(line.line, SourceLines.greatest.line) << 10 | column, size: 4, at: record.place + 12)
    }
    if added.isEmpty { return }
    let end = records.texts + ownSize
    var contents = Array(file.bytes[types.range.lowerBound..<end]) + added
    let size = ownSize + added.count
    for i in 0..<4 { contents[20 + i] = UInt8(truncatingIfNeeded: size >> (8 * i)) }
    self.file.replace(types, with: contents)
  }

  /// Returns the offset of `text`, which is added unless it was.
  private mutating func offset(of text: [UInt8]) -> Int {
    if let offset = offsets[text] { return offset }
    let result = ownSize + added.count
    offsets[text] = result
    added += text.prefix { $0 != 0 } + [0]
    return result
  }

}
