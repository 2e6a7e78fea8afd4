import LLVM

/// What generates code, and its version: `LLVM 19.1.7`.
public var generatorVersion: String { "LLVM \(llvmVersion)" }
