/// A compiled script as an ELF object for the BPF machine.
public struct BPFObject: Hashable, Sendable {

  /// The bytes of the ELF file.
  public let bytes: [UInt8]

  /// The place in the script that each line number of the object's line information stands for: line n is element n - 1.
  public let positions: [IRPosition]

  /// Creates an instance with the given properties.
  public init(bytes: [UInt8], positions: [IRPosition]) {
    self.bytes = bytes
    self.positions = positions
  }

}
