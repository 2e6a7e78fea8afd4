import IR
public import Syntax
public import Types

/// What a use of `kstack` or `ustack` asks for.
public struct StackRequest: Hashable, Sendable {

  /// `true` iff it is the stack of the kernel, not the one of the process.
  public let isOfKernel: Bool

  /// How the stack is printed.
  public let mode: StackMode

  /// The greatest number of frames.
  public let depth: Int

  /// Creates an instance for `expression`, whose arguments have been checked; nil if it asks for no stack.
  public init?(_ expression: Expression, settings: Settings) {
    switch expression.kind {
    case .identifier(let name): self.init(name, [], settings: settings)
    case .call(let name, let arguments): self.init(name.text, arguments, settings: settings)
    default: return nil
    }
  }

  /// Creates an instance for a use of the builtin `name`, whose arguments have been checked; nil if it asks for no stack.
  init?(_ name: String, _ arguments: [Expression], settings: Settings) {
    guard let isOfKernel = StackBuiltin.isOfKernel(name) else { return nil }
    self.isOfKernel = isOfKernel
    mode =
      arguments.first?.word.flatMap { StackMode(rawValue: $0) }
      ?? StackMode.usual(isOfKernel: isOfKernel, settings)
    depth = arguments.last?.literalInteger.map { Int($0) } ?? StackMode.defaultDepth
  }

  /// The type of the stack.
  public var type: Type { isOfKernel ? .kernelStack(mode) : .userStack(mode) }

  /// The number of bytes of the frames.
  public var frameBytes: Int { mode.frameSize * depth }

}

extension StackMode {

  /// Returns how stacks are printed where the script does not say it: files of the kernel have no build identifiers.
  static func usual(isOfKernel: Bool, _ settings: Settings) -> StackMode {
    isOfKernel && settings.stackMode == .buildID ? .raw : settings.stackMode
  }

}
