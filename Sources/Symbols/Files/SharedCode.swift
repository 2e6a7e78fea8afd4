import BPF
import Binaries
import Glibc

/// The code that the kernel gives to all processes (`vdso(7)`).
enum SharedCode {

  /// The name under which it is listed.
  static let path = Array("[vdso]".utf8)

  /// Returns the functions of the code that this process was given; that of other processes is the same. Nil if there is none.
  static func symbols() -> FileSymbols? {
    guard let memory = MapsFile.executableMemory(of: getpid()),
      let place = memory.first(where: { $0.path == path }),
      let start = UnsafeRawPointer(bitPattern: UInt(place.start))
    else { return nil }
    let bytes = UnsafeRawBufferPointer(start: start, count: Int(place.count))
    return (try? BinaryFile(contents: bytes, name: "vdso")).map { FileSymbols(embeddedIn: $0) }
  }

}
