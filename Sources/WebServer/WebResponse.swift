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
