import NIOCore
import NIOHTTP1

/// What goes on between the server and one client: one request after the other, each answered before the next is looked at.
final class Conversation: ChannelDuplexHandler {
  typealias InboundIn = HTTPServerRequestPart
  typealias OutboundIn = HTTPServerResponsePart
  typealias OutboundOut = HTTPServerResponsePart

  /// What the connections share.
  let server: ServerState

  /// What the connection is worth.
  private(set) var standing: ConnectionStanding

  /// `true` iff the connection is one of TLS.
  private let isEncrypted: Bool

  /// What closes the connection without ceremony.
  private let gate: Gate

  /// What measures the heads.
  private let meter: HeadMeterHandler

  /// Where this stands, nil once the connection has ended.
  var context: ChannelHandlerContext?

  /// The head of the request that is looked at.
  private var head: HTTPRequestHead?

  /// Parts of the requests after it.
  private var waitingParts: CircularBuffer<HTTPServerRequestPart> = []

  /// `true` iff more was wanted from the client than is good while a request is looked at.
  private var isReadWanted = false

  /// `true` iff the connection stays when the request that is looked at is answered.
  private var keepsAlive = true

  /// `true` iff the client has said that it sends nothing more.
  private var isInputClosed = false

  /// `true` iff the time that runs is that for a head.
  private var isHeadTimed = true

  /// What happens when the client has done nothing for too long.
  private var timer: Scheduled<Void>?

  /// The page that is being sent.
  var page: PageInTransit?

  /// Creates the conversation with the client at `peer`.
  init(server: ServerState, peer: String, isEncrypted: Bool, gate: Gate, meter: HeadMeterHandler) {
    self.isEncrypted = isEncrypted
    self.server = server
    self.gate = gate
    self.meter = meter
    standing = ConnectionStanding(activity: .waiting, isServed: false, lastActive: .now(), peer: peer)
  }

  // MARK: The connection

  func handlerAdded(context: ChannelHandlerContext) {
    self.context = context
    startTimer(server.limits.headTime) { $0.headIsLate() }
  }

  func handlerRemoved(context: ChannelHandlerContext) { end() }

  func channelInactive(context: ChannelHandlerContext) {
    end()
    context.fireChannelInactive()
  }

  /// Gives back what the connection held.
  private func end() {
    guard context != nil else { return }
    context = nil
    timer?.cancel()
    waitingParts.removeAll()
    releasePage()
    server.remove(self)
  }

  /// Closes the connection, whatever goes on.
  func closeAtOnce() {
    gate.close(resetting: standing.activity == .sending)
    end()
  }

  /// Does `action` after `time` unless a timer is started again.
  func startTimer(_ time: TimeAmount, _ action: @escaping (Conversation) -> Void) {
    timer?.cancel()
    let bound = NIOLoopBound((self, action), eventLoop: server.loop)
    timer = server.loop.scheduleTask(in: time) {
      let (conversation, action) = bound.value
      if conversation.context != nil { action(conversation) }
    }
  }

  /// Ends a conversation in which a head has not come in time.
  private func headIsLate() {
    if meter.isWithinHead { refuse(.tooSlow) } else { closeAtOnce() }
  }

  // MARK: Requests

  func channelRead(context: ChannelHandlerContext, data: NIOAny) {
    switch standing.activity {
    case .waiting where waitingParts.isEmpty: take(unwrapInboundIn(data))
    case .closing: break
    default: waitingParts.append(unwrapInboundIn(data))
    }
  }

  func channelReadComplete(context: ChannelHandlerContext) {
    if standing.activity == .waiting, !isHeadTimed, meter.isWithinHead {
      isHeadTimed = true
      startTimer(server.limits.headTime) { $0.headIsLate() }
    }
    context.fireChannelReadComplete()
  }

  func read(context: ChannelHandlerContext) {
    switch standing.activity {
    case .waiting, .closing: context.read()
    case .answering, .sending: isReadWanted = true
    }
  }

  /// Looks at `part` of a request.
  private func take(_ part: HTTPServerRequestPart) {
    switch part {
    case .head(let head):
      self.head = head
      // What comes after a request to speak something else would not be read as requests.
      keepsAlive = keepsAlive && head.isKeepAlive && !head.headers.contains(name: "upgrade")
      if let refusal = Refusal.of(head, limits: server.limits) { refuse(refusal) }
    case .body: break
    case .end:
      guard let head, let request = WebRequest(head) else { return }
      timer?.cancel()
      standing.activity = .answering
      authorize { $0.answer(request) }
    }
  }

  /// Goes on with `proceed` if the client may see pages.
  private func authorize(_ proceed: @escaping (Conversation) -> Void) {
    let users = server.configuration().configuration.users
    if users.isEmpty { return proceed(self) }
    let fields = head?.headers["authorization"] ?? []
    guard fields.count == 1, let credentials = Credentials(fields[0]) else { return send(.unauthorized) }
    server.passwords.check(credentials, of: users) { [self] verdict in
      guard context != nil else { return }
      switch verdict {
      case .right: proceed(self)
      case .wrong: send(.unauthorized)
      case .overloaded: send(.later)
      }
    }
  }

  /// Has the page made that `request` asks for.
  private func answer(_ request: WebRequest) {
    guard server.takeToken() else { return send(.tooMany) }
    guard let answer = server.answer else { return send(.later) }
    let isTaken = server.pages.perform({ answer(request) }) { [self] response in
      if context != nil { send(response) }
    }
    if !isTaken { send(.later) }
  }

  func errorCaught(context: ChannelHandlerContext, error: any Error) {
    guard error is HTTPParserError else { return closeAtOnce() }
    switch standing.activity {
    case .waiting: refuse(refusal(of: error))
    // The requests before it are answered; then nobody can tell where the next one begins.
    case .answering, .sending: keepsAlive = false
    case .closing: break
    }
  }

  /// Returns the answer to a request that was none for the parser.
  private func refusal(of error: any Error) -> Refusal {
    switch (meter.excess, error as? HTTPParserError) {
    case (.line, _): .longTarget
    case (.fields, _), (nil, .headerOverflow): .longFields
    case (nil, .invalidVersion): .version
    default: .malformed
    }
  }

  func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
    if case ChannelEvent.inputClosed = event {
      switch standing.activity {
      case .waiting, .closing: closeAtOnce()
      case .answering, .sending: isInputClosed = true
      }
    }
    context.fireUserInboundEventTriggered(event)
  }

  // MARK: Responses

  /// Answers what cannot be answered with a page, and ends the conversation: what else the client sends is not looked at.
  private func refuse(_ refusal: Refusal) {
    keepsAlive = false
    standing.activity = .answering
    send(refusal)
  }

  /// Answers the request that is looked at with `refusal`.
  private func send(_ refusal: Refusal) { send(refusal.response, fields: refusal.fields) }

  /// Answers the request that is looked at with `response`, and `fields` besides.
  private func send(_ response: WebResponse, fields: [(name: String, value: String)] = []) {
    let isBodyWanted = head?.method != .HEAD
    guard server.reserve(isBodyWanted ? response.body.count : 0) else {
      return send(.later)
    }
    standing.activity = .sending
    // Requests that were let in and answered, whatever they asked for, are what a client is known by.
    standing.isServed = standing.isServed || keepsAlive && ![401, 429, 503].contains(response.status)
    standing.lastActive = .now()
    // That a connection stays is what a client of HTTP/1.0 must be told, and that it does not, one of HTTP/1.1.
    let isOld = head.map { $0.version == .http1_0 } ?? false
    let connection = keepsAlive ? (isOld ? "keep-alive" : nil) : "close"
    begin(response, fields: fields, isBodyWanted: isBodyWanted, connection: connection)
  }

  /// Notes that the client has taken something.
  func noteProgress() { standing.lastActive = .now() }

  /// Goes on once a page has been sent.
  func finishResponse() {
    releasePage()
    head = nil
    noteProgress()
    guard keepsAlive, let context, !isInputClosed || !waitingParts.isEmpty else { return endGently() }
    standing.activity = .waiting
    while standing.activity == .waiting, let part = waitingParts.popFirst() { take(part) }
    guard standing.activity == .waiting else { return }
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
  /// A socket that is closed with unread bytes in it resets the connection, and what the client has not read is lost
  /// (RFC 9112, 9.6): what comes is read for a moment and thrown away.
  private func endGently() {
    guard let context else { return }
    standing.activity = .closing
    waitingParts.removeAll()
    startTimer(server.limits.closingTime) { $0.closeAtOnce() }
    context.close(mode: isEncrypted ? .all : .output, promise: nil)
    if isReadWanted { context.read() }
  }

}
