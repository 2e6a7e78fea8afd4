import Compression

/// A page as it is sent.
struct Page: Sendable {

  /// The smallest page that is compressed: smaller ones fit into a packet.
  private static let smallest = 1400

  /// What a request is answered with.
  let response: WebResponse

  /// Fields of the response that tell how it is sent.
  let fields: [(name: String, value: String)]

  /// Creates the page that shows `response`, compressed if that is wanted and is worth it.
  init(_ response: WebResponse, isCompressed: Bool) {
    // Whoever keeps the page must know that others are sent another form.
    let varying = (name: "Vary", value: "Accept, Accept-Encoding")
    if isCompressed, response.body.count >= Self.smallest, let body = Gzip.compress(response.body),
      body.count < response.body.count
    {
      self.response = WebResponse(
        status: response.status, contentType: response.contentType, body: body)
      fields = [varying, ("Content-Encoding", "gzip")]
    } else {
      self.response = response
      fields = [varying]
    }
  }

}
