import CELF
import Glibc

/// A file with machine code, an ELF file, that is open for reading.
public final class BinaryFile {

  /// The path that it was opened by.
  public let path: String

  /// libelf's view of the file.
  let elf: OpaquePointer

  /// The open file.
  private let descriptor: Int32

  /// Opens the ELF file at `path`; nil if there is none that can be read.
  public init?(at path: String) {
    elf_version(UInt32(EV_CURRENT))
    let descriptor = open(path, O_RDONLY | O_CLOEXEC)
    if descriptor < 0 { return nil }
    guard let elf = elf_begin(descriptor, ELF_C_READ_MMAP, nil), elf_kind(elf) == ELF_K_ELF else {
      close(descriptor)
      return nil
    }
    self.path = path
    self.elf = elf
    self.descriptor = descriptor
  }

  /// Closes the file.
  deinit {
    elf_end(elf)
    close(descriptor)
  }

}
