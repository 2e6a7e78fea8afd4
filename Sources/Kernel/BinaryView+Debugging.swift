public import Types

/// What debug information tells about a function of a program or a library.
public struct UserFunctionSignature: Hashable, Sendable {

  /// A parameter.
  public struct Parameter: Hashable, Sendable {

    /// The name; empty if it has none.
    public let name: String

    /// The type, nil if scripts have none such.
    public let type: Type?

    /// The declaration in C: `const char *path`.
    public let declaration: String

    /// The number of the register for integer arguments that the value is in when the function begins, nil if it is elsewhere.
    public let register: Int?

    /// Creates an instance with the given properties.
    public init(name: String, type: Type?, declaration: String, register: Int?) {
      self.name = name
      self.type = type
      self.declaration = declaration
      self.register = register
    }

  }

  /// The parameters.
  public let parameters: [Parameter]

  /// Creates an instance with the given parameters.
  public init(parameters: [Parameter]) { self.parameters = parameters }

}

/// A symbol of a program or a library, a function or a variable.
public struct BinarySymbol: Hashable, Sendable {

  /// The address, relative to where the file is loaded.
  public let address: UInt64

  /// The number of bytes, 0 if that is not known.
  public let size: UInt64

  /// Creates an instance with the given properties.
  public init(address: UInt64, size: UInt64) {
    self.address = address
    self.size = size
  }

}
