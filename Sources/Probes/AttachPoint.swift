public import Diagnostics

/// One place that a program is attached to.
public struct AttachPoint: Hashable, Codable, Sendable {

  /// The full name, which `probe` gives and `-l` lists: `kprobe:tcp_ack`.
  public let name: String

  /// The function that it is in, which `func` gives; empty if none.
  public let function: String

  /// What to attach to.
  public let target: AttachTarget

  /// `true` iff a wildcard chose it: then it is left out if the kernel refuses it, else that is an error.
  public let isChosenByWildcard: Bool

  /// The probe in the script that denotes it.
  public let site: SourceSpan

  /// Creates an instance with the given properties.
  public init(
    name: String, function: String = "", target: AttachTarget, isChosenByWildcard: Bool = false,
    site: SourceSpan
  ) {
    self.name = name
    self.function = function
    self.target = target
    self.isChosenByWildcard = isChosenByWildcard
    self.site = site
  }

}

/// What a program is attached to, in the terms of the mechanisms that the kernel has.
public enum AttachTarget: Hashable, Codable, Sendable {

  /// Run once before tracing begins.
  case begin

  /// Run once after tracing has ended.
  case end

  /// Run by the process every so many nanoseconds.
  case timer(period: UInt64)

  /// Run on every CPU every so many nanoseconds of the CPU's clock.
  case sampler(period: UInt64)

  /// A kernel function's entry at `offset` bytes, or its return.
  case kernelFunction(KernelFunctionTarget)

  /// A place in a program or a library.
  case userCode(UserCodeTarget)

  /// A tracepoint.
  case tracepoint(subsystem: String, event: String, id: Int)

  /// Memory that is read, written or executed.
  case memory(WatchTarget)

  /// Run by the process for each signal with the given number that it gets.
  case signal(Int32)

  /// Run by the process to be tested or measured.
  case trial(name: String)

  /// So many events that are counted.
  case counter(CounterTarget)

  /// The entry or the return of a function whose type is known.
  case tracedFunction(TracedFunctionTarget)

  /// What a tracepoint hands to programs; the number of its type, nil if that is not known, and the module it is in.
  case rawTracepoint(event: String, module: String?, typeNumber: Int?)

  /// The objects of the kernel that an iterator goes through.
  case iterator(IteratorTarget)

}

extension AttachTarget {

  /// `true` iff the point is there for the script itself: it is run when tracing begins or ends.
  public var isOfScript: Bool { self == .begin || self == .end }

}

/// A place in a kernel function.
public struct KernelFunctionTarget: Hashable, Codable, Sendable {

  /// The function; empty where `address` is given.
  public let function: String

  /// The module, nil for the kernel itself or where it was not named.
  public let module: String?

  /// The number of bytes behind the function's start.
  public let offset: UInt64

  /// The address, for probes on a bare address.
  public let address: UInt64?

  /// `true` iff the probe fires when the function returns.
  public let isReturn: Bool

  /// Creates an instance with the given properties.
  public init(
    function: String, module: String? = nil, offset: UInt64 = 0, address: UInt64? = nil,
    isReturn: Bool = false
  ) {
    self.function = function
    self.module = module
    self.offset = offset
    self.address = address
    self.isReturn = isReturn
  }

}
