import Glibc
import NIOCore
import NIOHTTP1

extension Conversation {

  /// Answers what cannot be answered with a page, and ends the conversation: what else the client sends is
  /// not looked at.
  func refuse(_ refusal: Refusal) {
    keepsAlive = false
    standing.activity = .answering
    send(refusal)
  }

  /// Answers the request that is looked at with `refusal`.
  func send(_ refusal: Refusal) { begin(refusal.response, fields: refusal.fields, reserved: 0) }

  /// Answers the request that is looked at with `page`, for which there must be room.
  func send(_ page: Page) {
    let count = head?.method == .HEAD ? 0 : page.response.body.count
    guard server.reserve(count) else { return send(.later) }
    begin(page.response, fields: page.fields, reserved: count)
  }

  /// Begins to send `response`, with `fields` besides; `reserved` bytes were counted for it.
  private func begin(
    _ response: WebResponse, fields: [(name: String, value: String)], reserved: Int
  ) {
    guard let context else { return }
    standing.activity = .sending
    // Requests that were let in and answered, whatever they asked for, are what a client is known by.
    standing.isServed = standing.isServed || keepsAlive && ![401, 429, 503].contains(response.status)
    standing.lastActive = .now()
    var headers = HTTPHeaders()
    headers.add(name: "Date", value: HTTPDate.text(of: time(nil)))
    headers.add(name: "Content-Type", value: response.contentType)
    headers.add(name: "Content-Length", value: "\(response.body.count)")
    let configured = server.configuration().configuration.fields
    for field in configured { headers.add(name: field.name, value: field.value) }
    for field in fields { headers.add(name: field.name, value: field.value) }
    // That a connection stays is what a client of HTTP/1.0 must be told, and that it does not, one of
    // HTTP/1.1.
    if !keepsAlive {
      headers.add(name: "Connection", value: "close")
    } else if head?.version == .http1_0 {
      headers.add(name: "Connection", value: "keep-alive")
    }
    let status = HTTPResponseStatus(statusCode: response.status)
    let start = HTTPResponseHead(version: .http1_1, status: status, headers: headers)
    context.write(wrapOutboundOut(.head(start)), promise: nil)
    page = PageInTransit(
      bytes: head?.method == .HEAD ? [] : response.body, reserved: reserved,
      deadline: .now() + server.limits.responseTime)
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
      conversation.standing.lastActive = .now()
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
    server.release(page.reserved)
  }

  /// Goes on once a page has been sent.
  private func finishResponse() {
    releasePage()
    head = nil
    standing.lastActive = .now()
    guard keepsAlive, !isInputClosed || !waitingParts.isEmpty else { return endGently() }
    standing.activity = .waiting
    guard waitingParts.isEmpty else { return takeWaitingParts() }
    waitForRequest()
  }

  /// Looks at the parts of requests that came while another was looked at.
  ///
  /// Not before the caller has returned, who may have answered the request before in the same way.
  private func takeWaitingParts() {
    let bound = NIOLoopBound(self, eventLoop: server.loop)
    server.loop.execute {
      let conversation = bound.value
      while conversation.context != nil, conversation.standing.activity == .waiting,
        let part = conversation.waitingParts.popFirst()
      { conversation.take(part) }
      if conversation.context != nil, conversation.standing.activity == .waiting {
        conversation.waitForRequest()
      }
    }
  }

  /// Waits for the next request, or for the rest of it.
  private func waitForRequest() {
    guard let context else { return }
    if isInputClosed { return closeAtOnce() }
    isHeadTimed = meter.isWithinHead
    startTimer(isHeadTimed ? server.limits.headTime : server.limits.idleTime) { $0.headIsLate() }
    if isReadWanted {
      isReadWanted = false
      context.read()
    }
  }

  /// Closes the connection so that the client can still read what was sent.
  ///
  /// A socket that is closed with unread bytes in it resets the connection, and what the client has not read
  /// is lost (RFC 9112, 9.6): what comes is read for a moment and thrown away.
  private func endGently() {
    guard let context else { return }
    standing.activity = .closing
    waitingParts.removeAll()
    startTimer(server.limits.closingTime) { $0.closeAtOnce() }
    context.close(mode: isEncrypted ? .all : .output, promise: nil)
    if isReadWanted { context.read() }
  }

}
