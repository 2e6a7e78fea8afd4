/// What the section `.BTF.ext` of an object says about the lines that its instructions come from.
///
/// See Documentation/bpf/btf.rst in the kernel's sources.
public struct LineRecords {

  /// A record: the instructions from one on come from a line.
  public struct Record {

    /// The name of the section of the instructions.
    public let section: String

    /// The offset of the first instruction in the section.
    public let instruction: Int

    /// The line.
    public let line: Int

    /// The offset of the record in the file.
    public let place: Int

  }

  /// The records, in the order of the file.
  public let records: [Record]

  /// The offset in the file of the texts that records refer to.
  public let texts: Int

  /// Reads the records of `file`; nil if it has none.
  public init?(of file: ObjectFile) {
    guard let types = file.section(".BTF")?.range, let lines = file.section(".BTF.ext")?.range else {
      return nil
    }
    texts =
      types.lowerBound + file.integer(at: types.lowerBound + 4, size: 4)
      + file.integer(at: types.lowerBound + 16, size: 4)
    let header = file.integer(at: lines.lowerBound + 4, size: 4)
    var offset = lines.lowerBound + header + file.integer(at: lines.lowerBound + 16, size: 4)
    let end = min(offset + file.integer(at: lines.lowerBound + 20, size: 4), lines.upperBound)
    let recordSize = file.integer(at: offset, size: 4)
    if recordSize < 16 { return nil }
    offset += 4
    var records: [Record] = []
    while offset + 8 <= end {
      let name = file.text(at: texts + file.integer(at: offset, size: 4))
      let count = file.integer(at: offset + 4, size: 4)
      offset += 8
      guard count <= (end - offset) / recordSize else { return nil }
      for _ in 0..<count {
        // The line is in the upper 22 bits, the column in the others.
        records.append(
          Record(
            section: name, instruction: file.integer(at: offset, size: 4),
            line: file.integer(at: offset + 12, size: 4) >> 10, place: offset))
        offset += recordSize
      }
    }
    self.records = records
  }

  /// Returns the text of the line that `record` of `file` is about.
  public func text(of record: Record, in file: ObjectFile) -> String {
    file.text(at: texts + file.integer(at: record.place + 8, size: 4))
  }

  /// Returns the name of the file that `record` of `file` is about.
  public func fileName(of record: Record, in file: ObjectFile) -> String {
    file.text(at: texts + file.integer(at: record.place + 4, size: 4))
  }

}
