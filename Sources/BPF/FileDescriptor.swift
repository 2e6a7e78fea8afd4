import Glibc

/// An open file of the process, closed when the value ends.
public struct FileDescriptor: ~Copyable, Sendable {

  /// The number.
  public let number: Int32

  /// Creates an instance that owns the open file with the given number.
  public init(owning number: Int32) { self.number = number }

  /// Closes the file.
  deinit { close(number) }

  /// Returns the number, which the caller must close.
  public consuming func release() -> Int32 {
    let result = number
    discard self
    return result
  }

}
