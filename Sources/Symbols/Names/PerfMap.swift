import Glibc

/// The names of functions that a process made while it ran, which it tells in a file
/// (`tools/perf/Documentation/jit-interface.txt` in the kernel's source).
struct PerfMap {

  /// A function.
  private struct Entry {

    /// The first address.
    let start: UInt64

    /// The address behind the last one.
    let end: UInt64

    /// The name.
    let name: Range<Int>

  }

  /// The text of the file.
  private let text: [UInt8]

  /// The functions by address; of several at one address, the last one of the file.
  private let entries: [Entry]

  /// Reads `text`, lines with a start and a size in hexadecimal and a name; lines in other forms are left out.
  init(_ text: [UInt8]) {
    var entries: [Entry] = []
    text.withUnsafeBytes { bytes in
      var start = 0
      while start < bytes.count {
        let end = bytes[start...].firstIndex(of: UInt8(ascii: "\n")) ?? bytes.count
        if let entry = Self.entry(in: UnsafeRawBufferPointer(rebasing: bytes[start..<end]), at: start) {
          entries.append(entry)
        }
        start = end + 1
      }
    }
    // The sort is stable: what was written later stays behind.
    entries.sort { $0.start < $1.start }
    var unique: [Entry] = []
    for entry in entries {
      if unique.last?.start == entry.start { unique.removeLast() }
      unique.append(entry)
    }
    self.text = text
    self.entries = unique
  }

  /// Returns the function at `address` and the address where it begins, nil if there is none.
  func function(at address: UInt64) -> (name: [UInt8], start: UInt64)? {
    var (low, high) = (0, entries.count)
    while low < high {
      let middle = (low + high) / 2
      if entries[middle].start <= address { low = middle + 1 } else { high = middle }
    }
    guard low > 0, address < entries[low - 1].end else { return nil }
    return (Array(text[entries[low - 1].name]), entries[low - 1].start)
  }

  /// Returns what `line`, which begins at `position` in the text, is about.
  private static func entry(in line: UnsafeRawBufferPointer, at position: Int) -> Entry? {
    var scanner = FieldScanner(line)
    guard let start = scanner.takeHexadecimal(), scanner.take(" "), let size = scanner.takeHexadecimal(),
      scanner.take(" "), !scanner.rest.isEmpty
    else { return nil }
    let (end, overflows) = start.addingReportingOverflow(size)
    let name = position + line.count - scanner.rest.count..<position + line.count
    return overflows ? nil : Entry(start: start, end: end, name: name)
  }

}
