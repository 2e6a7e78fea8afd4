public import Types

/// Something that compiled code takes for granted about the kernel that it runs on, and that can be otherwise in another one.
///
/// Code that is to run on other kernels uses such numbers by `Operand.fact`, so that they can be replaced in the finished object;
/// code that is for the kernel at hand has them as constants.
public struct KernelFact: Hashable, Sendable, Codable {

  /// What the number is that the code uses.
  public let subject: Subject

  /// The number in the kernel that the code was compiled for.
  public let value: Int64

  /// The type that the code takes the thing to have, nil if it has none.
  public let type: Type?

  /// `true` iff the number is used where it cannot be replaced, so that it must be the same.
  public let isFixed: Bool

  /// The place in the script that asks for it first, an index into the positions of the module; nil if there is none.
  public let position: Int?

  /// Creates an instance with the given properties.
  public init(
    _ subject: Subject, value: Int64, type: Type? = nil, isFixed: Bool = false, position: Int? = nil
  ) {
    self.subject = subject
    self.value = value
    self.type = type
    self.isFixed = isFixed
    self.position = position
  }

  /// What a number of the kernel is.
  public enum Subject: Hashable, Sendable, Codable {

    /// The distance in bytes from the start of a structure to what the steps lead to.
    case offset(StructureName, [Step])

    /// The distance in bytes from the start of a structure to the byte that the first bit of a bit field is in.
    case bits(StructureName, member: String)

    /// The number of bits above the last one of a bit field in the 64-bit word that begins with the byte of its first one.
    case shift(StructureName, member: String)

    /// The number of bits of 64 that a bit field leaves to others.
    case others(StructureName, member: String)

    /// The number of bytes of a structure.
    case size(StructureName)

    /// The value of a constant of an enumeration, whose name is empty if it has none.
    case constant(String, enumeration: String)

    /// The constants of an enumeration, by which its values are printed; the number is that of their bits.
    case names(ofEnumeration: String)

    /// The address of a symbol.
    case symbol(String)

    /// The number of CPUs that the kernel may ever use.
    case possibleCPUs

    /// The number of the control group with the given path.
    case controlGroup(String)

    /// The distance in bytes from the start of a tracepoint's record to a field of it, or to where that tells where the data is.
    case field(String, subsystem: String, event: String, isDataLocation: Bool)

    /// What a helper tells about processes is meant in the initial PID namespace; the number is 0.
    case initialProcessNumbers

  }

  /// A step on the way to a part of a structure.
  public enum Step: Hashable, Sendable, Codable {

    /// The member with the given name.
    case member(String)

    /// The element with the given index.
    case element(Int)

  }

}

extension KernelFact: CustomStringConvertible {

  /// The fact as the text of a module shows it: `offset(struct sock_common.skc_dport)`.
  public var description: String { subject.description }

}

extension KernelFact.Subject: CustomStringConvertible {

  /// The subject as the text of a module shows it.
  public var description: String {
    switch self {
    case .offset(let structure, let steps): "offset(\(structure)\(steps.path))"
    case .bits(let structure, let member): "bits(\(structure).\(member))"
    case .shift(let structure, let member): "shift(\(structure).\(member))"
    case .others(let structure, let member): "others(\(structure).\(member))"
    case .size(let structure): "size(\(structure))"
    case .constant(let name, _): "constant(\(name))"
    case .names(let enumeration): "names(\(enumeration))"
    case .symbol(let name): "symbol(\(name))"
    case .possibleCPUs: "cpus"
    case .controlGroup(let path): "cgroup(\(path))"
    case .field(let name, let subsystem, let event, _): "field(\(subsystem):\(event).\(name))"
    case .initialProcessNumbers: "pids"
    }
  }

}

extension [KernelFact.Step] {

  /// The steps as C writes them behind a value: `.a.b[1]`.
  public var path: String {
    map { step in
      switch step {
      case .member(let name): ".\(name)"
      case .element(let index): "[\(index)]"
      }
    }.joined()
  }

}
