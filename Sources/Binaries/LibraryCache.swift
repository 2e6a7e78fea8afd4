/// The libraries that the loader knows by their names: the file `/etc/ld.so.cache`, which ldconfig(8) writes.
public struct LibraryCache: Sendable {

  /// A library.
  public struct Entry: Hashable, Sendable {

    /// The name that programs know it by: `libc.so.6`.
    public let name: String

    /// The path.
    public let path: String

    /// Creates an instance with the given properties.
    public init(name: String, path: String) {
      self.name = name
      self.path = path
    }

  }

  /// The libraries for this machine, in the order of the file, the newest versions first.
  public let entries: [Entry]

  /// Creates an instance from the contents of the file; empty if it is not one.
  ///
  /// glibc's `sysdeps/generic/dl-cache.h` describes it: behind an older form, which may be missing, stand 20 bytes that tell the
  /// version, the number of entries, the length of the texts and, padded to 48 bytes, further numbers. Each entry has the flags
  /// and the offsets of name and path from the start of this form, and takes 24 bytes.
  public init(parsing bytes: [UInt8]) {
    let mark = Array("glibc-ld.so.cache1.1".utf8)
    var start = 0
    if !bytes.starts(with: mark) {
      // The older form: its mark, a number of entries with 12 bytes each, then the texts, aligned to 8 bytes.
      guard bytes.starts(with: "ld.so-1.7.0".utf8), let count = bytes.number(UInt32.self, at: 12) else {
        entries = []
        return
      }
      start = (16 + Int(count) * 12 + 7) & ~7
      guard start <= bytes.count - mark.count, bytes[start..<start + mark.count].elementsEqual(mark) else {
        entries = []
        return
      }
    }
    var found: [Entry] = []
    let count = Int(bytes.number(UInt32.self, at: start + 20) ?? 0)
    for index in 0..<min(count, bytes.count / 24) {
      let entry = start + 48 + 24 * index
      guard let flags = bytes.number(UInt32.self, at: entry),
        let name = bytes.number(UInt32.self, at: entry + 4),
        let path = bytes.number(UInt32.self, at: entry + 8), flags == LibraryCache.flags,
        let nameText = bytes.text(at: start + Int(name)), let pathText = bytes.text(at: start + Int(path))
      else { continue }
      found.append(Entry(name: nameText, path: pathText))
    }
    entries = found
  }

  /// What the flags of a library for this machine and its C library are.
  private static var flags: UInt32 {
    #if arch(x86_64)
      0x0303
    #elseif arch(arm64)
      0x0a03
    #else
      #error("the flags of this architecture are not known")
    #endif
  }

}
