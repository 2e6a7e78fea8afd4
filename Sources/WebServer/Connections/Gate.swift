import NIOCore
import NIOPosix

/// Stands in front of everything else that handles a connection, so that it can be closed without ceremony.
final class Gate: ChannelInboundHandler {
  typealias InboundIn = ByteBuffer
  typealias InboundOut = ByteBuffer

  /// Where it stands.
  private var context: ChannelHandlerContext?

  func handlerAdded(context: ChannelHandlerContext) { self.context = context }

  func handlerRemoved(context: ChannelHandlerContext) { self.context = nil }

  /// Closes the connection without waiting for the peer; if `resetting`, what it has not received is thrown
  /// away.
  func close(resetting: Bool) {
    guard let context else { return }
    if resetting {
      // Else the kernel would keep up to the size of its buffer for a client that may never read.
      let linger = linger(l_onoff: 1, l_linger: 0)
      _ = (context.channel as? any SocketOptionProvider)?.setSoLinger(linger)
    }
    context.close(mode: .all, promise: nil)
  }

}
