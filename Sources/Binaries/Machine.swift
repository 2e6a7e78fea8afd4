/// The machine that code is for, as ELF files number it (`e_machine`).
public struct Machine: RawRepresentable, Hashable, Sendable {

  /// The number.
  public let rawValue: UInt16

  /// Creates the machine with the given number.
  public init(rawValue: UInt16) { self.rawValue = rawValue }

  /// The machine that this process runs on.
  public static var current: Machine {
    #if arch(x86_64)
      Machine(rawValue: 62)
    #elseif arch(arm64)
      Machine(rawValue: 183)
    #else
      #error("the number of this architecture is not known")
    #endif
  }

  /// The name, as `uname -m` prints it.
  public var name: String {
    switch rawValue {
    case 3: "i386"
    case 8: "mips"
    case 20: "ppc"
    case 21: "ppc64"
    case 22: "s390"
    case 40: "arm"
    case 62: "x86_64"
    case 183: "aarch64"
    case 243: "riscv"
    case 247: "bpf"
    case 258: "loongarch"
    default: "machine \(rawValue)"
    }
  }

}
