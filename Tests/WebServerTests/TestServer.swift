import Glibc
import NIOCore

@testable import WebServer

/// A server whose pages tests know.
final class TestServer: Sendable {

  /// The server.
  let server: PageServer

  /// The port that it listens at.
  let port: Int

  /// The bytes of the page `/big`.
  static let bigSize = 3 << 20

  /// Starts a server that is configured by the file at `path`, if there is one.
  init(
    limits: ServerLimits = ServerLimits(), configuredBy path: String? = nil,
    reportingTo report: @escaping @Sendable (String) -> Void = { _ in }, isReady: Bool = true
  ) throws(ServerError) {
    server = try PageServer(
      at: ListeningAddress(host: .named("127.0.0.1"), port: 0), configuredBy: path, limits: limits,
      reportingTo: report)
    port = Int(server.addresses[0].split(separator: ":")[1]) ?? 0
    if isReady { beReady() }
  }

  deinit { server.stop() }

  /// Has requests answered.
  func beReady() {
    let big = [UInt8](repeating: UInt8(ascii: "a"), count: Self.bigSize)
    server.answer { request in
      switch request.path {
      case "/": WebResponse(body: Array("page \(request.query ?? "-") \(request.accept ?? "-")".utf8))
      case "/big": WebResponse(body: big)
      case "/slow":
        {
          usleep(300_000)
          return WebResponse(body: Array("slow".utf8))
        }()
      default: WebResponse(status: 404, body: Array("none".utf8))
      }
    }
  }

  /// Returns a new connection to the server, which lives as long as that.
  func connect(receiveBuffer: Int32? = nil) -> RawClient {
    RawClient(port: port, receiveBuffer: receiveBuffer, keeping: self)
  }

  /// Returns what the server sends to a client that sends `text` and waits for the end of the connection.
  func exchange(_ text: String) -> String {
    let client = connect()
    client.send(text)
    return client.receiveAll()
  }

  /// Returns `true` iff a new client is shown a page.
  func servesOthers() -> Bool {
    exchange("GET / HTTP/1.1|Host: a|Connection: close||").hasSuffix("page - -")
  }

}
