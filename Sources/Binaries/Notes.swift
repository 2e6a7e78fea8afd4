/// A note in a file: something that tools left for other tools.
public struct Note: Hashable, Sendable {

  /// Who left it, such as `GNU` or `stapsdt`.
  public let owner: String

  /// The kind, a number that the owner gives a meaning.
  public let kind: UInt32

  /// The contents.
  public let contents: [UInt8]

}

extension BinaryFile {

  /// Returns the notes in the sections called `name`, in order; `.note.stapsdt` has those of USDT probes.
  public func notes(in name: String) -> [Note] {
    sections.filter { $0.name == name && $0.kind == 7 }.flatMap { section in
      contents(of: section).map(BinaryFile.notes) ?? []
    }
  }

  /// The number that tells this build of the file from all others, nil if it has none.
  public var buildID: [UInt8]? {
    var candidates = sections.filter { $0.kind == 7 }.compactMap(contents)
    if sections.isEmpty {
      // PT_NOTE
      candidates = segments.filter { $0.kind == 4 }.compactMap {
        file.bytes(at: $0.offset, count: $0.fileSize)
      }
    }
    for note in candidates.lazy.flatMap(BinaryFile.notes) where note.owner == "GNU" && note.kind == 3 {
      return note.contents.isEmpty ? nil : note.contents
    }
    return nil
  }

  /// The file of the same folder that has what was stripped of this one, and the checksum (CRC-32) by which it is known; nil
  /// if it tells of none.
  public var debugLink: (name: String, checksum: UInt32)? {
    guard let section = section(named: ".gnu_debuglink"), let bytes = contents(of: section),
      let name = bytes.text(at: 0), !name.isEmpty,
      let checksum = bytes.number(UInt32.self, at: (name.utf8.count + 4) & ~3)
    else { return nil }
    return (name, checksum)
  }

  /// Returns the notes in `bytes`: for each three numbers, the owner and the contents, both padded to multiples of 4.
  private static func notes(in bytes: [UInt8]) -> [Note] {
    var result: [Note] = []
    var start = 0
    while let ownerSize = bytes.number(UInt32.self, at: start),
      let size = bytes.number(UInt32.self, at: start + 4), let kind = bytes.number(UInt32.self, at: start + 8)
    {
      let owner = start + 12
      let contents = owner + ((Int(ownerSize) + 3) & ~3)
      let end = contents + Int(size)
      if end > bytes.count { break }
      let name = bytes[owner..<owner + Int(ownerSize)].prefix { $0 != 0 }
      result.append(
        Note(
          owner: String(decoding: name, as: UTF8.self), kind: kind, contents: Array(bytes[contents..<end])))
      start = (end + 3) & ~3
    }
    return result
  }

}
