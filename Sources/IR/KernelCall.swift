/// A function of the kernel that programs call by its number in the kernel's type information (a "kfunc").
public struct KernelCall: Hashable, Sendable {

  /// The name.
  public let name: String

  /// The number of the function among the types of the kernel itself.
  public let number: Int32

  /// Creates an instance with the given properties.
  public init(name: String, number: Int32) {
    self.name = name
    self.number = number
  }

}
