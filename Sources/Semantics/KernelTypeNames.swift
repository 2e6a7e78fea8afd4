public import Types

/// What of a script's types is the kernel's, so that it can be otherwise on another one.
public struct KernelTypeNames: Hashable, Sendable {

  /// The structures and unions.
  public var structures: Set<StructureName> = []

  /// The enumerations.
  public var enumerations: Set<String> = []

  /// Creates an instance without names.
  public init() {}

}
