import IR
import Kernel
import Syntax
import Types

/// `watchpoint`: whenever memory is read, written or executed.
struct WatchpointProvider: ProbeProvider {

  /// `true` iff a process need not wait until the memory is watched that a function of it is given.
  let isAsynchronous: Bool

  /// The names in scripts.
  var names: [String] { isAsynchronous ? ["asyncwatchpoint", "aw"] : ["watchpoint", "w"] }

  /// The numbers of bytes that processors can watch.
  private static let lengths: Set<UInt64> = [1, 2, 4, 8]

  /// Returns the attach points that `spec` denotes.
  func resolve(
    _ spec: ProbeSpec, on kernel: any KernelView, settings: Settings
  ) throws(ProbeFault) -> [AttachPoint] {
    guard spec.parts.count == 4, spec.parts.allSatisfy({ !$0.text.isEmpty }) else {
      throw .wrongForm(spec, expected: "\(names[0]):0x10000000:8:w")
    }
    guard let length = wholeNumber(spec.parts[2].text), Self.lengths.contains(length) else {
      throw .invalidLength(spec.parts[2])
    }
    let access = try access(spec.parts[3])
    if access == .execute, length != Self.codeLength { throw .invalidCodeLength(spec.parts[2]) }
    guard let address = wholeNumber(spec.parts[1].text) else { throw .invalidAddress(spec.parts[1]) }
    guard address % length == 0 else { throw .unalignedAddress(spec.parts[1], length: length) }
    let target = WatchTarget(
      address: address, length: length, access: access, process: settings.targetPID)
    return [AttachPoint(name: spec.name(of: names[0]), target: .memory(target), site: spec.site)]
  }

  #if arch(x86_64)
    /// The number of bytes that the kernel wants to be watched for execution: `sizeof(long)` (`arch_build_bp_info` in
    /// `arch/x86/kernel/hw_breakpoint.c`).
    private static let codeLength: UInt64 = 8
  #else
    /// The number of bytes that the kernel wants to be watched for execution: an instruction.
    private static let codeLength: UInt64 = 4
  #endif

  /// Returns what `part` asks for: `r`, `w`, `rw` or `x`.
  private func access(_ part: Name) throws(ProbeFault) -> WatchTarget.Access {
    var result: WatchTarget.Access = []
    for character in part.text {
      let one: WatchTarget.Access
      switch character {
      case "r": one = .read
      case "w": one = .write
      case "x": one = .execute
      default: throw .invalidAccess(part)
      }
      if result.contains(one) { throw .invalidAccess(part) }
      result.insert(one)
    }
    if result.contains(.execute) && result != .execute { throw .codeAndData(part) }
    #if arch(x86_64)
      if result == .read { throw .readOnlyWatch(part) }
    #endif
    return result
  }

  /// Returns what programs find at `point`.
  func context(of point: AttachPoint, on kernel: any KernelView) throws(ProbeFault) -> ProbeContext {
    guard case .memory(let target) = point.target else {
      preconditionFailure("an attach point of another provider")
    }
    return ProbeContext(
      programKind: .perfEvent, provider: names[0], addressSpace: target.process == nil ? .kernel : .user,
      hasCookie: kernel.mayHaveCookies && !point.target.isInherited)
  }

  /// Returns how programs are attached to `point`.
  func mechanism(for point: AttachPoint, on kernel: any KernelView) -> AttachMechanism { .perfBreakpoint }

}
