import NIOCore

/// Waits a moment where the machine has no room for more connections, in place of trying again at once and
/// for ever.
final class AcceptPause: ChannelDuplexHandler {
  typealias InboundIn = any Channel
  typealias OutboundIn = any Channel

  /// How long it waits.
  private static let time: TimeAmount = .milliseconds(100)

  /// `true` iff it waits.
  private var isWaiting = false

  /// `true` iff somebody wanted to accept meanwhile.
  private var isWanted = false

  func read(context: ChannelHandlerContext) {
    if isWaiting { isWanted = true } else { context.read() }
  }

  func errorCaught(context: ChannelHandlerContext, error: any Error) {
    // Descriptors or memory have run out (accept(2)); every other error ends the listening by itself.
    guard !isWaiting else { return }
    isWaiting = true
    let bound = NIOLoopBound((self, context), eventLoop: context.eventLoop)
    context.eventLoop.scheduleTask(in: Self.time) {
      let (pause, context) = bound.value
      pause.isWaiting = false
      if pause.isWanted {
        pause.isWanted = false
        context.read()
      }
    }
  }

}
