public import Types

/// What type information tells about a function, or about what a tracepoint hands to programs.
public struct FunctionSignature: Hashable, Sendable {

  /// A parameter or a result.
  public struct Value: Hashable, Sendable {

    /// The name; empty if it has none.
    public let name: String

    /// The type.
    public let type: Type

    /// `true` iff the kernel's verifier knows what structure the value, a pointer, points to.
    public let isTracked: Bool

    /// The declaration in C: `struct sock *sk`.
    public let declaration: String

    /// Creates an instance with the given properties.
    public init(name: String, type: Type, isTracked: Bool = false, declaration: String = "") {
      self.name = name
      self.type = type
      self.isTracked = isTracked
      self.declaration = declaration
    }

  }

  /// The number of the type by which programs are attached: that of the function, or of the tracepoint's `typedef`.
  public let typeNumber: Int

  /// The parameters.
  public let parameters: [Value]

  /// The result, nil if there is none.
  public let result: Value?

  /// Creates an instance with the given properties.
  public init(typeNumber: Int, parameters: [Value], result: Value? = nil) {
    self.typeNumber = typeNumber
    self.parameters = parameters
    self.result = result
  }

}

/// A function of a BPF program in the kernel.
public struct ProgramFunction: Hashable, Sendable {

  /// The number of the program.
  public let program: UInt32

  /// The name of the function.
  public let name: String

  /// The number of the function in the program's type information.
  public let typeNumber: Int

  /// Creates an instance with the given properties.
  public init(program: UInt32, name: String, typeNumber: Int) {
    self.program = program
    self.name = name
    self.typeNumber = typeNumber
  }

}

/// A kind of thing that type information has names of.
public enum DescribedKind: Hashable, Sendable { case function, typedef, structure, union, enumeration }
