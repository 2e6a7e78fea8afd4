import NIOHTTP1

/// What a request is answered with that is not asked for a page.
struct Refusal: Hashable {

  /// The status.
  let status: Int

  /// Fields of the response that belong to it.
  var fields: [(name: String, value: String)] = []

  /// The name of the status, which is the page.
  var text: String { "\(status) \(HTTPResponseStatus(statusCode: status).reasonPhrase)\n" }

  /// The page.
  var response: WebResponse { WebResponse(status: status, body: Array(text.utf8)) }

  static func == (one: Refusal, other: Refusal) -> Bool { one.text == other.text }

  func hash(into hasher: inout Hasher) { hasher.combine(status) }

  /// Nothing but `GET` and `HEAD` is understood.
  static let method = Refusal(status: 405, fields: [("Allow", "GET, HEAD")])

  /// The request is no HTTP.
  static let malformed = Refusal(status: 400)

  /// The head took too long.
  static let tooSlow = Refusal(status: 408)

  /// Nothing may be sent along with a request.
  static let body = Refusal(status: 413)

  /// The path and the query are too long.
  static let longTarget = Refusal(status: 414)

  /// The fields are too long.
  static let longFields = Refusal(status: 431)

  /// The client has not shown that it may see pages.
  static let unauthorized = Refusal(
    status: 401, fields: [("WWW-Authenticate", #"Basic realm="metrics", charset="UTF-8""#)])

  /// Pages are asked for more often than the configuration allows.
  static let tooMany = Refusal(status: 429, fields: [("Retry-After", "1")])

  /// There is too much to do, or nothing to show yet.
  static let later = Refusal(status: 503, fields: [("Retry-After", "1")])

  /// The version of HTTP is not known.
  static let version = Refusal(status: 505)

  /// Returns what the request with the given head is answered with if it is refused, nil if it is not.
  static func of(_ head: HTTPRequestHead, limits: ServerLimits) -> Refusal? {
    guard head.version.major == 1 else { return .version }
    if head.uri.utf8.count > limits.targetBytes { return .longTarget }
    let hosts = head.headers["host"]
    // RFC 9112, 3.2
    if hosts.count > 1 || head.version != .http1_0 && hosts.isEmpty { return .malformed }
    guard head.method == .GET || head.method == .HEAD else { return .method }
    if head.headers.contains(name: "transfer-encoding") { return .body }
    // The parser has refused what is no number.
    if head.headers["content-length"].contains(where: { $0 != "0" }) { return .body }
    return WebRequest(head) == nil ? .malformed : nil
  }

}
