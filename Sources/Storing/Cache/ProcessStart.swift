/// What the kernel told the process when it was started; see getauxval(3).
struct ProcessStart {

  /// `true` iff the process has more rights than whoever started it.
  let isPrivileged: Bool

  /// Where the program headers of the executable are, how large one is, and how many there are.
  private let headers: (address: UInt, size: Int, count: Int)

  /// Reads what the kernel told, nil if that is not possible.
  init?() {
    guard let bytes = SmallFile.contents(of: "/proc/self/auxv") else { return nil }
    var values: [UInt: UInt] = [:]
    bytes.withUnsafeBytes { memory in
      for place in stride(from: 0, to: memory.count - 15, by: 16) {
        let type = memory.loadUnaligned(fromByteOffset: place, as: UInt.self)
        values[type] = memory.loadUnaligned(fromByteOffset: place + 8, as: UInt.self)
      }
    }
    // AT_PHDR, AT_PHENT, AT_PHNUM, AT_SECURE
    guard let address = values[3], let size = values[4], let count = values[5], size >= 56 else { return nil }
    headers = (address, Int(size), Int(count))
    isPrivileged = values[23] != 0
  }

  /// The number that tells the executable from all that were built from other sources or in another way; nil if it has none.
  var buildID: [UInt8]? {
    guard let start = UnsafeRawPointer(bitPattern: headers.address) else { return nil }
    var base: UInt = 0
    var notes: [(address: UInt, size: Int)] = []
    for index in 0..<headers.count {
      let header = start + index * headers.size
      let address = header.load(fromByteOffset: 16, as: UInt.self)
      switch header.load(as: UInt32.self) {
      // PT_PHDR: the table that this is an entry of.
      case 6: base = headers.address &- address
      // PT_NOTE
      case 4: notes.append((address, header.load(fromByteOffset: 32, as: Int.self)))
      default: break
      }
    }
    for (address, size) in notes {
      guard let note = UnsafeRawPointer(bitPattern: base &+ address) else { continue }
      if let found = ProcessStart.buildID(in: UnsafeRawBufferPointer(start: note, count: size)) {
        return found
      }
    }
    return nil
  }

  /// Returns the build ID that stands in `notes`, nil if none does.
  private static func buildID(in notes: UnsafeRawBufferPointer) -> [UInt8]? {
    var place = 0
    while place + 12 <= notes.count {
      let nameSize = Int(notes.loadUnaligned(fromByteOffset: place, as: UInt32.self))
      let size = Int(notes.loadUnaligned(fromByteOffset: place + 4, as: UInt32.self))
      let type = notes.loadUnaligned(fromByteOffset: place + 8, as: UInt32.self)
      let name = place + 12
      let contents = name + (nameSize + 3) / 4 * 4
      guard contents + size <= notes.count else { return nil }
      // NT_GNU_BUILD_ID
      if type == 3, nameSize == 4, notes[name..<name + 4].elementsEqual("GNU\0".utf8) {
        return Array(notes[contents..<contents + size])
      }
      place = contents + (size + 3) / 4 * 4
    }
    return nil
  }

}
