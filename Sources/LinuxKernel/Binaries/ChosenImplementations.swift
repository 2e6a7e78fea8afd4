import Binaries
import Glibc

/// The functions that the loader has chosen for names that stand for one of several, such as `strlen`.
///
/// What is chosen depends on the processor alone, so that the choices in this process hold for all others with the same library.
/// No other way is open: to choose, code of the library would have to be run.
struct ChosenImplementations {

  /// A part of a file that this process has in memory.
  private struct Mapping {

    /// The addresses.
    let addresses: Range<UInt>

    /// The place in the file of the first byte.
    let offset: UInt64

    /// The path.
    let path: String

  }

  /// The parts of files with code.
  private let mappings: [Mapping]

  /// Finds the libraries of this process.
  init() {
    let text = (try? readFile("/proc/self/maps")) ?? []
    mappings = text.split(separator: UInt8(ascii: "\n")).compactMap { line in
      // The addresses, what is allowed, the offset, the device, the inode and, behind spaces, the path; see proc(5).
      let fields = line.split(separator: UInt8(ascii: " "), maxSplits: 5).map {
        String(decoding: $0, as: UTF8.self)
      }
      guard fields.count == 6, fields[1].contains("x"), let offset = UInt64(fields[2], radix: 16) else {
        return nil
      }
      let ends = fields[0].split(separator: "-").compactMap { UInt($0, radix: 16) }
      guard ends.count == 2, ends[0] < ends[1] else { return nil }
      return Mapping(
        addresses: ends[0]..<ends[1], offset: offset, path: String(fields[5].drop { $0 == " " }))
    }
  }

  /// Returns the place in the given file of the function that is called by `name`, nil if that is not known.
  func offset(of name: String, in file: FileIdentity) -> UInt64? {
    guard let symbol = dlsym(nil, name) else { return nil }
    let address = UInt(bitPattern: symbol)
    // A library in front of it may have the same name.
    var status = stat()
    guard let mapping = mappings.first(where: { $0.addresses.contains(address) }),
      stat(mapping.path, &status) == 0,
      FileIdentity(device: UInt64(status.st_dev), inode: UInt64(status.st_ino)) == file
    else { return nil }
    return UInt64(address - mapping.addresses.lowerBound) + mapping.offset
  }

}
