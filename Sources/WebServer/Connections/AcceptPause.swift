import NIOCore

/// Makes room where the machine has none for more connections, and waits a moment in place of trying again at once and for
/// ever.
final class AcceptPause: ChannelInboundHandler {
  typealias InboundIn = any Channel

  /// How long it waits.
  private static let time: TimeAmount = .milliseconds(100)

  /// What the connections share.
  private let server: ServerState

  /// `true` iff it waits.
  private var isWaiting = false

  /// Creates a handler for connections that share `server`.
  init(server: ServerState) { self.server = server }

  func errorCaught(context: ChannelHandlerContext, error: any Error) {
    // Descriptors or memory have run out (accept(2)); every other error ends the listening by itself.
    guard !isWaiting else { return }
    isWaiting = true
    server.closeLeastWorth()
    set(accepting: false, context.channel)
    let bound = NIOLoopBound((self, context.channel), eventLoop: context.eventLoop)
    context.eventLoop.scheduleTask(in: Self.time) {
      let (pause, channel) = bound.value
      pause.isWaiting = false
      pause.set(accepting: true, channel)
    }
  }

  /// Lets `channel` accept connections, or not.
  private func set(accepting isAccepting: Bool, _ channel: any Channel) {
    // Only a channel that is closed has no options, and it accepts nothing.
    try? channel.syncOptions?.setOption(.autoRead, value: isAccepting)
  }

}
