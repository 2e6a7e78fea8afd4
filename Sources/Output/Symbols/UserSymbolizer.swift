/// Names the addresses in processes that stacks and symbols consist of: `ustack`, `usym`.
///
/// A run has one. It may read files and follow what processes do, and remembers what it found out; all calls come from the
/// thread that prints, and none before something is to be named but those of `start` and `catchUp`.
public protocol UserSymbolizer: AnyObject {

  /// The open files that become readable when `catchUp` has something to do; asked once, behind `start`.
  var descriptors: [Int32] { get }

  /// Begins to follow what is needed to name addresses of processes that have ended when something is printed.
  ///
  /// It is called before anything is attached, for scripts with values that are addresses in processes only.
  func start()

  /// Takes notice of what has happened since; called when one of `descriptors` is readable, and before events are printed.
  func catchUp()

  /// Returns what is at `address`: the function, and behind it, where it was inlined, the one that it was inlined into, and
  /// so on; empty if nothing is known of it.
  func frames(at address: UserAddress) -> [UserFrame]

}

extension UserSymbolizer {

  /// None.
  public var descriptors: [Int32] { [] }

  /// Does nothing.
  public func start() {}

  /// Does nothing.
  public func catchUp() {}

}

/// An address in a process.
public struct UserAddress: Hashable, Sendable {

  /// The address.
  public let address: UInt64

  /// The number of the process as apus sees it, 0 if apus does not see it.
  public let process: Int32

  /// A moment at which the address meant what is asked for, in nanoseconds of the boot-time clock; nil if none is known.
  ///
  /// The process may have run another program before or since.
  public let time: UInt64?

  /// `true` iff a call returns to the address, which may be behind the last byte of the function that called.
  public let isReturnAddress: Bool

  /// Creates an instance with the given properties.
  public init(_ address: UInt64, in process: Int32, at time: UInt64? = nil, isReturnAddress: Bool = false) {
    self.address = address
    self.process = process
    self.time = time
    self.isReturnAddress = isReturnAddress
  }

}

/// What an address in a process stands for.
public struct UserFrame: Hashable, Sendable {

  /// The name of the function as it is shown; nil if only the file is known.
  public var function: [UInt8]?

  /// The distance of the address from the start of the function in bytes.
  public var offset: UInt64

  /// The path of the file that the function is in, as the process sees it; nil if it is in none.
  public var file: [UInt8]?

  /// The place in the source, `main.c:12`, where it is to be shown.
  public var source: [UInt8]?

  /// `true` iff the function was inlined there, so that it has no start.
  public var isInlined: Bool

  /// Creates an instance with the given properties.
  public init(
    function: [UInt8]? = nil, offset: UInt64 = 0, file: [UInt8]? = nil, source: [UInt8]? = nil,
    isInlined: Bool = false
  ) {
    self.isInlined = isInlined
    self.function = function
    self.offset = offset
    self.file = file
    self.source = source
  }

}

/// Names nothing, so that addresses are printed as numbers.
public final class NamelessSymbolizer: UserSymbolizer {

  /// Creates an instance.
  public init() {}

  /// Returns nothing.
  public func frames(at address: UserAddress) -> [UserFrame] { [] }

}
