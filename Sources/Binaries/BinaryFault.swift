/// Why a file is no program or library that can be read.
public enum BinaryFault: Error, Hashable, Sendable {

  /// The file cannot be opened or read, for the reason with the given number (`errno`).
  case unreadable(errorNumber: Int32)

  /// The file is not an ELF file.
  case notELF

  /// The file is an ELF file of another kind than programs and libraries are: an object file or a core dump.
  case notLoadable

  /// The file is for machines that store the most significant byte first.
  case wrongByteOrder

  /// The tables of the file lead out of it.
  case malformed

}
