import CLLVM

/// The version of LLVM, such as `19.1.7`.
public var llvmVersion: String {
  var (major, minor, patch): (UInt32, UInt32, UInt32) = (0, 0, 0)
  LLVMGetVersion(&major, &minor, &patch)
  return "\(major).\(minor).\(patch)"
}
