/// A compiled script as an ELF object for the BPF machine.
public struct BPFObject: Hashable, Sendable {

  /// The bytes of the ELF file.
  public let bytes: [UInt8]

  /// The place in the script that each line number of the object's line information stands for: line n is element n - 1.
  public let positions: [IRPosition]

  /// The licence of the programs.
  public let license: String

  /// Creates an instance with the given properties.
  public init(bytes: [UInt8], positions: [IRPosition], license: String = "GPL") {
    self.bytes = bytes
    self.positions = positions
    self.license = license
  }

}
