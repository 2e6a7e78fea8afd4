/// A request for a page.
public struct WebRequest: Hashable, Sendable {

  /// The path without the query: `/metrics`.
  public let path: String

  /// What stands behind the question mark, nil if there is none.
  public let query: String?

  /// What the client accepts, the values of all `Accept` fields with commas between them; nil if it does not say.
  public let accept: String?

  /// Creates an instance with the given properties.
  public init(path: String, query: String? = nil, accept: String? = nil) {
    self.path = path
    self.query = query
    self.accept = accept
  }

}

/// What a request is answered with.
public struct WebResponse: Hashable, Sendable {

  /// The status: `200`, `404` ….
  public let status: Int

  /// The value of `Content-Type`.
  public let contentType: String

  /// The page.
  public let body: [UInt8]

  /// Creates an instance with the given properties.
  public init(status: Int = 200, contentType: String = "text/plain; charset=utf-8", body: [UInt8]) {
    self.status = status
    self.contentType = contentType
    self.body = body
  }

}
