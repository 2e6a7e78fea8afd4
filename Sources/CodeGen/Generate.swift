public import IR

/// Why no code could be generated: a fault of ours, with LLVM's words.
public struct CodeGenError: Error, Hashable, Sendable {

  /// What LLVM said.
  public let message: String

  /// Creates an instance with the given message.
  public init(_ message: String) { self.message = message }

}

/// A form of the code that can be shown on the way.
public enum CodeStage: String, Hashable, Sendable, CaseIterable {

  /// LLVM's representation as generated.
  case generated = "codegen"

  /// LLVM's representation after optimisation.
  case optimized = "codegen-opt"

  /// BPF instructions.
  case assembly = "dis"

}

/// Returns `module` compiled, giving the text of each stage in `stages` to `observe` on the way.
public func generate(
  _ module: TraceModule, showing stages: Set<CodeStage> = [],
  to observe: (CodeStage, String) -> Void = { _, _ in }
) throws(CodeGenError) -> BPFObject {
  throw CodeGenError("nothing to generate")
}
