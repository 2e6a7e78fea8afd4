public import IR
import LLVM
import Types

/// Why no code could be generated: too much stack memory in use at once, or a fault of ours, with LLVM's words.
public struct CodeGenError: Error, Hashable, Sendable {

  /// What is wrong.
  public let message: String

  /// The place in the script, if there is one: then it is the script that asks for too much.
  public let position: IRPosition?

  /// Creates an instance with the given properties.
  public init(_ message: String, at position: IRPosition? = nil) {
    self.message = message
    self.position = position
  }

  /// Creates an instance for what LLVM said about a module with the given positions.
  ///
  /// LLVM names the line, here the index of a position and 1: `/dev/null/script:7:0: in function …`.
  fileprivate init(_ error: LLVMError, positions: [IRPosition]) {
    guard error.message.contains("BPF stack limit is exceeded") else {
      self.init(error.message)
      return
    }
    let parts = error.message.split(separator: ":", maxSplits: 2)
    let line = parts.count == 3 ? Int(parts[1]) ?? 0 : 0
    self.init(
      "the code for a probe needs more than the 512 bytes of stack that BPF has",
      at: positions.indices.contains(line - 1) ? positions[line - 1] : nil)
  }

}

/// A form of the code that can be shown on the way.
public enum CodeStage: String, Hashable, Sendable, CaseIterable {

  /// LLVM's representation as generated.
  case generated = "codegen"

  /// LLVM's representation after optimisation.
  case optimized = "codegen-opt"

  /// BPF instructions as the kernel is given them.
  case instructions = "dis"

}

/// Returns `module` compiled, with the functions in the bitcode `imported` that the script imports, giving the text of each stage in `stages` to `observe` on the way.
public func generate(
  _ module: TraceModule, linking imported: [UInt8]? = nil, showing stages: Set<CodeStage> = [],
  to observe: (CodeStage, String) -> Void = { _, _ in }
) throws(CodeGenError) -> BPFObject {
  let isLarge = module.programs.contains { $0.estimatedSize > largeSize }
  let module = isLarge ? module.withLongBlocksApart() : module
  do throws(LLVMError) {
    // Up to Linux 6.2 loops go back by jumps only, which another order of blocks can make superfluous (`check_cfg` in
    // `kernel/bpf/verifier.c`).
    let hasLoops = module.programs.contains { $0.body.hasLoops }
    let machine = try TargetMachine(keepsOrder: isLarge || hasLoops)
    let empty = LLVMModule(name: "script", keepsNames: !stages.isEmpty)
    machine.adopt(empty)
    var emitter = ModuleEmitter(of: module, into: empty)
    emitter.emitModule()
    try emitter.linkRuntime()
    if let imported { try emitter.link(imported: imported) }
    let usesRuntime = !emitter.runtimeFunctions.isEmpty || imported != nil
    let kernelCalls = emitter.kernelCalls
    var facts = module.facts
    if module.isRelocatable && emitter.dependsOnCPUCount {
      facts.append(KernelFact(.possibleCPUs, value: Int64(module.possibleCPUCount), isFixed: true))
    }
    let llvm = emitter.finish()
    if stages.contains(.generated) { observe(.generated, llvm.text) }
    try verifyInDebugBuilds(llvm)

    machine.run(passes(inlining: usesRuntime, isLarge: isLarge), on: llvm)
    if stages.contains(.optimized) { observe(.optimized, llvm.text) }
    try verifyInDebugBuilds(llvm)

    let bytes = kernelCalls.replaced(in: try machine.object(from: llvm))
    let lines = SourceLines(module.lines, in: bytes)
    var object = BPFObject(
      bytes: lines?.file.bytes ?? bytes, positions: module.positions, recordPositions: lines?.positions ?? [],
      license: module.license)
    if module.isRelocatable {
      object.facts = facts
      object.factUses = FactPlaceholders.uses(in: object.bytes)
      object.replaceFacts(by: facts.map(\.value))
    }
    if stages.contains(.instructions) {
      let calls = kernelCalls.functions
      let disassembly = Disassembly(of: object.bytes, maps: module.manifest.maps, kernelCalls: calls)
      observe(.instructions, disassembly?.text ?? "")
    }
    return object
  } catch {
    throw CodeGenError(error, positions: module.positions)
  }
}

/// Returns the passes that `generate` runs.
///
/// They are chosen to make what our emitter writes short without rearranging it: no pass moves loads in front of the
/// checks that the verifier wants to see, merges code of different branches, or turns loops into calls of `memcpy`.
/// In large programs every end of the program stays where it is.
private func passes(inlining: Bool, isLarge: Bool) -> [Pass] {
  let inliningPasses: [Pass] = inlining ? [.inlineMarked, .removeUnusedGlobals] : []
  let tidyingPasses: [Pass] = isLarge ? [] : [.simplifyFlow]
  return inliningPasses + [.replaceAggregates, .shareExpressions, .combineInstructions] + tidyingPasses
    + [.shareExpressions, .removeDeadCode]
}

/// Throws iff `module` is not well formed; release builds do not look.
private func verifyInDebugBuilds(_ module: borrowing LLVMModule) throws(LLVMError) {
  #if DEBUG
    try module.verify()
  #endif
}
