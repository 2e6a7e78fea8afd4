import NIOCore
import NIOHTTP1

/// Lets the bytes of heads through as long as no head is too long.
final class HeadMeterHandler: ChannelInboundHandler {
  typealias InboundIn = ByteBuffer
  typealias InboundOut = ByteBuffer

  /// What measures.
  private var meter: HeadMeter

  /// How a head was too long, nil as long as none was.
  private(set) var excess: HeadMeter.Excess?

  /// `true` iff a part of a head has been received.
  var isWithinHead: Bool { meter.count > 0 }

  /// Creates a handler for heads of at most `limit` bytes.
  init(limit: Int) { meter = HeadMeter(limit: limit) }

  func channelRead(context: ChannelHandlerContext, data: NIOAny) {
    guard excess == nil else { return }
    do throws(HeadMeter.Excess) {
      try meter.measure(unwrapInboundIn(data).readableBytesView)
      context.fireChannelRead(data)
    } catch {
      excess = error
      context.fireErrorCaught(HTTPParserError.headerOverflow)
    }
  }

}
