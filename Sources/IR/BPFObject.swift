/// A compiled script as an ELF object for the BPF machine.
public struct BPFObject: Hashable, Codable, Sendable {

  /// The bytes of the ELF file.
  public internal(set) var bytes: [UInt8]

  /// The places in the script that instructions come from.
  public let positions: [IRPosition]

  /// For each record of the object's line information the number of its place, an index + 1 into `positions`; 0 for none.
  public let recordPositions: [Int]

  /// The licence of the programs.
  public let license: String

  /// What the programs take for granted about the kernel.
  public var facts: [KernelFact] = []

  /// Where in `bytes` the instructions are that use one of these facts; they load a number of 64 bits.
  public var factUses: [FactUse] = []

  /// An instruction that loads a number of the kernel.
  public struct FactUse: Hashable, Sendable, Codable {

    /// The offset of the instruction in the file.
    public let offset: Int

    /// The index of the fact.
    public let fact: Int

    /// Creates an instance with the given properties.
    public init(offset: Int, fact: Int) {
      self.offset = offset
      self.fact = fact
    }

  }

  /// Creates an instance with the given properties.
  public init(bytes: [UInt8], positions: [IRPosition], recordPositions: [Int] = [], license: String = "GPL") {
    self.bytes = bytes
    self.positions = positions
    self.recordPositions = recordPositions
    self.license = license
  }

}
