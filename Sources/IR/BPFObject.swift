/// A compiled script as an ELF object for the BPF machine.
public struct BPFObject: Hashable, Codable, Sendable {

  /// The bytes of the ELF file.
  public let bytes: [UInt8]

  /// The places in the script that instructions come from.
  public let positions: [IRPosition]

  /// For each record of the object's line information the number of its place, an index + 1 into `positions`; 0 for none.
  public let recordPositions: [Int]

  /// The licence of the programs.
  public let license: String

  /// Creates an instance with the given properties.
  public init(bytes: [UInt8], positions: [IRPosition], recordPositions: [Int] = [], license: String = "GPL") {
    self.bytes = bytes
    self.positions = positions
    self.recordPositions = recordPositions
    self.license = license
  }

}
