import Glibc

/// A call to the kernel or to libbpf that failed.
public struct SystemError: Error, Hashable, Sendable {

  /// The name of the function that was called.
  public let call: String

  /// The error number (`errno`), positive.
  public let number: Int32

  /// Creates an instance with the given properties.
  public init(call: String, number: Int32) {
    self.call = call
    self.number = number
  }

  /// What the error number means, in the C library's words.
  public var explanation: String { String(cString: strerror(number)) }

}

extension SystemError: CustomStringConvertible {

  /// The call and what the error number means: `bpf_link_create: No such process`.
  public var description: String { "\(call): \(explanation)" }

}

/// Returns `result`, what the function `name` returned, if it is not negative; a negative one is an error number.
///
/// All that libbpf returns goes through this function. (libbpf 1.0 and later return -errno throughout, see
/// `libbpf_legacy.h`.)
@discardableResult
func check(_ name: String, _ result: Int32) throws(SystemError) -> Int32 {
  if result < 0 { throw SystemError(call: name, number: -result) }
  return result
}

/// Returns `result`, what the function `name` returned, if it is not −1; else the error is in `errno`.
@discardableResult
func checkErrno<Result: SignedInteger>(_ name: String, _ result: Result) throws(SystemError) -> Result {
  if result == -1 { throw SystemError(call: name, number: errno) }
  return result
}
