import CELF
import Glibc

extension BinaryFile {

  /// Reads `bytes`, the contents of a file, which is called `name` in messages.
  public convenience init(contents bytes: UnsafeRawBufferPointer, name: String) throws(BinaryFault) {
    let file = try Self.memoryFile(name)
    guard write(file, bytes.baseAddress, bytes.count) == bytes.count else {
      let number = errno
      close(file)
      throw .unreadable(errorNumber: number)
    }
    try self.init(owning: file, openedAt: name)
  }

  /// The compressed file within the file that has the symbols that were stripped of it (`.gnu_debugdata`, "MiniDebugInfo"),
  /// nil if there is none that can be read.
  public func embeddedSymbols() -> BinaryFile? {
    guard let section = section(named: ".gnu_debugdata"), let bytes = contents(of: section),
      let file = try? Self.memoryFile(section.name)
    else { return nil }
    guard celf_decompress_xz(bytes, bytes.count, file, Self.longestEmbedded) == 0 else {
      close(file)
      return nil
    }
    return try? BinaryFile(owning: file, openedAt: path + section.name)
  }

  /// The greatest number of bytes that symbols may take when they are not compressed: thousandfold what is compressed is a trap.
  private static let longestEmbedded = 256 << 20

  /// Returns a file that is in memory only.
  private static func memoryFile(_ name: String) throws(BinaryFault) -> Int32 {
    let file = celf_memory_file(name)
    if file < 0 { throw .unreadable(errorNumber: -file) }
    return file
  }

}

extension BinaryFile {

  /// The checksum (CRC-32) of all of the file, nil if it cannot be read.
  public func checksum() -> UInt32? {
    var sum: UInt32 = 0
    var offset: UInt64 = 0
    while offset < file.count {
      let count = min(file.count - offset, 1 << 20)
      guard let bytes = file.bytes(at: offset, count: count) else { return nil }
      sum = celf_checksum(bytes, bytes.count, sum)
      offset += count
    }
    return sum
  }

}
