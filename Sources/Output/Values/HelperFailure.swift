public import Types

/// A call of a helper of the kernel that failed.
public struct HelperFailure: Hashable, Sendable {

  /// The call.
  public let site: HelperSite

  /// What it returned, a negative error number.
  public let code: Int64

  /// The error in words.
  public let message: String

  /// How often it has failed so far.
  public let count: UInt64

  /// Creates an instance with the given properties.
  public init(site: HelperSite, code: Int64, message: String, count: UInt64) {
    self.site = site
    self.code = code
    self.message = message
    self.count = count
  }

}
