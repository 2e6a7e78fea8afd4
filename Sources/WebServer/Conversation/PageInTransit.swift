import Glibc
import NIOCore
import NIOHTTP1

/// A page of which the client has not yet read everything.
struct PageInTransit {

  /// The bytes of it that are kept, as they were counted.
  let bytes: [UInt8]

  /// How many of them the client has been sent.
  var sent = 0

  /// When the client must have read all of it.
  let deadline: NIODeadline

  /// The bytes that are handed to the kernel at a time, after which is looked whether the client reads.
  static let step = 64 * 1024

}

extension Conversation {

  /// Begins to send `response`, with `fields` besides.
  func begin(
    _ response: WebResponse, fields: [(name: String, value: String)], isBodyWanted: Bool, connection: String?
  ) {
    guard let context else { return }
    var headers = HTTPHeaders()
    headers.add(name: "Date", value: HTTPDate.text(of: time(nil)))
    headers.add(name: "Content-Type", value: response.contentType)
    headers.add(name: "Content-Length", value: "\(response.body.count)")
    for field in server.configuration().configuration.fields {
      headers.add(name: field.name, value: field.value)
    }
    for field in fields { headers.add(name: field.name, value: field.value) }
    if let connection { headers.add(name: "Connection", value: connection) }
    let status = HTTPResponseStatus(statusCode: response.status)
    let head = HTTPResponseHead(version: .http1_1, status: status, headers: headers)
    context.write(wrapOutboundOut(.head(head)), promise: nil)
    page = PageInTransit(
      bytes: isBodyWanted ? response.body : [], deadline: .now() + server.limits.responseTime)
    sendMore()
  }

  /// Sends the next part of the page, and goes on once the client has taken it.
  private func sendMore() {
    guard let context, var page else { return }
    let now = NIODeadline.now()
    guard now < page.deadline else { return closeAtOnce() }
    startTimer(min(server.limits.stallTime, page.deadline - now)) { $0.closeAtOnce() }
    let end = min(page.sent + PageInTransit.step, page.bytes.count)
    let part = ByteBuffer(bytes: page.bytes[page.sent..<end])
    page.sent = end
    self.page = page
    let isLast = end == page.bytes.count
    let promise = context.eventLoop.makePromise(of: Void.self)
    let bound = NIOLoopBound(self, eventLoop: context.eventLoop)
    promise.futureResult.whenSuccess {
      let conversation = bound.value
      guard conversation.context != nil else { return }
      conversation.noteProgress()
      if isLast { conversation.finishResponse() } else { conversation.sendMore() }
    }
    if isLast {
      context.write(wrapOutboundOut(.body(.byteBuffer(part))), promise: nil)
      context.writeAndFlush(wrapOutboundOut(.end(nil)), promise: promise)
    } else {
      context.writeAndFlush(wrapOutboundOut(.body(.byteBuffer(part))), promise: promise)
    }
  }

  /// Gives back the memory of the page, if there is one.
  func releasePage() {
    guard let page else { return }
    self.page = nil
    server.release(page.bytes.count)
  }

}
