public import Kernel

/// Where in a program or library a probe is.
public struct UserCodePlace: Hashable, Codable, Sendable {

  /// The program or library.
  public let binary: TargetBinary

  /// The address of the probe, relative to where the file is loaded; nil if that is always at the same place.
  public let address: UInt64?

  /// Creates the place of `target`, nil if it is not known where that is in memory.
  init?(_ target: UserCodeTarget, on kernel: any KernelView) {
    binary = target.binary
    if (try? kernel.binaries.isRelocatable(binary)) == false {
      address = nil
      return
    }
    // Where the program is when a function returns, nothing tells of the function.
    guard !target.isReturn, let address = try? kernel.binaries.address(ofOffset: target.offset, in: binary)
    else { return nil }
    self.address = address
  }

}

extension ProbeContext {

  /// Returns the context, that of `point`, with the place in a program or library if `uaddr` is among the builtins `names`.
  func placed(at point: AttachPoint, using names: Set<String>, on kernel: any KernelView) -> ProbeContext {
    guard names.contains("uaddr"), case .userCode(let target) = point.target else { return self }
    var result = self
    result.codePlace = UserCodePlace(target, on: kernel)
    return result
  }

}
