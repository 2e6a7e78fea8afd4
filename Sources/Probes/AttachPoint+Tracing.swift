/// The entry or the return of a function whose type is known.
public struct TracedFunctionTarget: Hashable, Codable, Sendable {

  /// The function.
  public let function: String

  /// The module, nil for the kernel itself.
  public let module: String?

  /// The number of the BPF program that the function is one of, nil for functions of the kernel.
  public let program: UInt32?

  /// The number of the function in the type information of the kernel, the module or the BPF program.
  public let typeNumber: Int

  /// `true` iff the probe fires when the function returns.
  public let isReturn: Bool

  /// Creates an instance with the given properties.
  public init(
    function: String, module: String? = nil, program: UInt32? = nil, typeNumber: Int, isReturn: Bool = false
  ) {
    self.function = function
    self.module = module
    self.program = program
    self.typeNumber = typeNumber
    self.isReturn = isReturn
  }

}

/// The objects of the kernel that an iterator goes through.
public struct IteratorTarget: Hashable, Codable, Sendable {

  /// The name of the iterator: `task`.
  public let name: String

  /// The module, nil for the kernel itself.
  public let module: String?

  /// The number of the iterator's function in the type information.
  public let typeNumber: Int

  /// The path of the file that the iterator is pinned to, nil if it runs once.
  public let pin: String?

  /// The process that iterators over tasks are narrowed to, nil for all.
  public let process: Int32?

  /// Creates an instance with the given properties.
  public init(
    name: String, module: String? = nil, typeNumber: Int, pin: String? = nil, process: Int32? = nil
  ) {
    self.name = name
    self.module = module
    self.typeNumber = typeNumber
    self.pin = pin
    self.process = process
  }

}
