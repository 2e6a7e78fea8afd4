import NIOCore
import NIOHTTP1

/// What goes on between the server and one client: one request after the other, each answered before the next
/// is looked at.
final class Conversation: ChannelDuplexHandler {
  typealias InboundIn = HTTPServerRequestPart
  typealias OutboundIn = HTTPServerResponsePart
  typealias OutboundOut = HTTPServerResponsePart

  /// What the connections share.
  let server: ServerState

  /// What the connection is worth.
  var standing: ConnectionStanding

  /// `true` iff the connection is one of TLS.
  let isEncrypted: Bool

  /// What closes the connection without ceremony.
  let gate: Gate

  /// What measures the heads.
  let meter: HeadMeterHandler

  /// Where this stands, nil once the connection has ended.
  var context: ChannelHandlerContext?

  /// The head of the request that is looked at.
  var head: HTTPRequestHead?

  /// Parts of the requests after it.
  var waitingParts: CircularBuffer<HTTPServerRequestPart> = []

  /// `true` iff more was wanted from the client than is good while a request is looked at.
  var isReadWanted = false

  /// `true` iff the connection stays when the request that is looked at is answered.
  var keepsAlive = true

  /// `true` iff the client has said that it sends nothing more.
  var isInputClosed = false

  /// `true` iff the time that runs is that for a head.
  var isHeadTimed = true

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
  func headIsLate() {
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
  func take(_ part: HTTPServerRequestPart) {
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

  /// Returns `true` iff a client that sends `fields`, those called `Accept-Encoding`, can read what is compressed by gzip.
  static func takesGzip(_ fields: [String]) -> Bool {
    fields.flatMap { $0.split(separator: ",") }.contains { entry in
      let parts = entry.split(separator: ";").map { $0.filter { $0 != " " && $0 != "\t" }.lowercased() }
      guard let name = parts.first, name == "gzip" || name == "x-gzip" else { return false }
      // A weight of 0 means that it is not wanted (RFC 9110, 12.4.2).
      return !parts.dropFirst().contains {
        $0.hasPrefix("q=0") && $0.dropFirst(3).allSatisfy { "0.".contains($0) }
      }
    }
  }

  /// Has the page made that `request` asks for.
  private func answer(_ request: WebRequest) {
    guard server.takeToken() else { return send(.tooMany) }
    guard let answer = server.answer else { return send(.later) }
    let isCompressed = head?.method == .GET && Self.takesGzip(head?.headers["accept-encoding"] ?? [])
    let isTaken = server.pages.perform({ Page(answer(request), isCompressed: isCompressed) }) { [self] page in
      if context != nil { send(page) }
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
      case .waiting where waitingParts.isEmpty, .closing: closeAtOnce()
      case .waiting, .answering, .sending: isInputClosed = true
      }
    }
    context.fireUserInboundEventTriggered(event)
  }

}
