import NIOCore

/// A page of which the client has not yet read everything.
struct PageInTransit {

  /// The bytes of it.
  let bytes: [UInt8]

  /// The bytes that were counted for it.
  let reserved: Int

  /// How many of them the client has been sent.
  var sent = 0

  /// When the client must have read all of it.
  let deadline: NIODeadline

  /// The bytes that are handed to the kernel at a time, after which is looked whether the client reads.
  static let step = 64 * 1024

}
