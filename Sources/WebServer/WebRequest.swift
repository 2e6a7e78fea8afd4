/// A request for a page.
public struct WebRequest: Hashable, Sendable {

  /// The path without the query: `/metrics`.
  public let path: String

  /// What stands behind the question mark, nil if there is none.
  public let query: String?

  /// What the client accepts, the values of all `Accept` fields with commas between them; nil if it does not
  /// say.
  public let accept: String?

  /// Creates an instance with the given properties.
  public init(path: String, query: String? = nil, accept: String? = nil) {
    self.path = path
    self.query = query
    self.accept = accept
  }

}
