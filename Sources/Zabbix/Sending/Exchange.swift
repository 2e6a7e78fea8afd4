import NIOCore
import NIOPosix
import NIOSSL

/// Sends one request to a server and waits for the answer.
final class Exchange: ChannelInboundHandler {

  /// What comes from the server.
  typealias InboundIn = ByteBuffer

  /// What is sent.
  typealias OutboundOut = ByteBuffer

  /// The request, nil once it is sent.
  private var request: ByteBuffer?

  /// The number of values in the request.
  private let count: Int

  /// What the server said so far.
  private var received: [UInt8] = []

  /// Who waits for the answer, nil once it is there.
  private var promise: EventLoopPromise<SenderAnswer>?

  /// How long a connection may take to be made.
  static let connectTimeout = TimeAmount.seconds(5)

  /// How long the rest may take.
  static let timeout = TimeAmount.seconds(30)

  /// Creates an instance that sends `request`, which has `count` values, and fulfils `promise`.
  private init(_ request: ByteBuffer, values count: Int, _ promise: EventLoopPromise<SenderAnswer>) {
    self.request = request
    self.count = count
    self.promise = promise
  }

  /// Sends `request`, the data of a packet with `count` values, to `server` and returns the answer.
  static func run(
    _ request: [UInt8], values count: Int, to server: ServerAddress, encryptedBy context: NIOSSLContext?,
    on loop: any EventLoop
  ) -> EventLoopFuture<SenderAnswer> {
    let promise = loop.makePromise(of: SenderAnswer.self)
    var packet = ByteBuffer(bytes: Packet.header(ofByteCount: request.count))
    packet.writeBytes(request)
    ClientBootstrap(group: loop)
      .connectTimeout(connectTimeout)
      .channelInitializer { [packet] channel in
        channel.eventLoop.makeCompletedFuture {
          let pipeline = channel.pipeline.syncOperations
          if let context {
            try pipeline.addHandler(NIOSSLClientHandler(context: context, serverHostname: nil))
          }
          try pipeline.addHandler(Exchange(packet, values: count, promise))
        }
      }
      .connect(host: server.host, port: server.port)
      .whenComplete { result in
        switch result {
        case .failure(let error): promise.fail(error)
        case .success(let channel):
          let limit = loop.scheduleTask(in: timeout) {
            promise.fail(DeliveryFault("it takes too long to answer"))
            channel.close(promise: nil)
          }
          promise.futureResult.whenComplete { _ in limit.cancel() }
        }
      }
    return promise.futureResult
  }

  /// Sends the request.
  func channelActive(context: ChannelHandlerContext) {
    if let request { context.writeAndFlush(wrapOutboundOut(request), promise: nil) }
    request = nil
  }

  /// Takes a part of the answer.
  func channelRead(context: ChannelHandlerContext, data: NIOAny) {
    received += unwrapInboundIn(data).readableBytesView
    do throws(AnswerFault) {
      guard let data = try Packet.data(in: received) else { return }
      finish(context, .success(try SenderAnswer(data, toValues: count)))
    } catch {
      finish(context, .failure(error))
    }
  }

  /// Ends if the server did before it has answered.
  func channelInactive(context: ChannelHandlerContext) {
    finish(context, .failure(DeliveryFault("it ends the connection without an answer")))
  }

  /// Ends because something went wrong.
  func errorCaught(context: ChannelHandlerContext, error: any Error) {
    finish(context, .failure(error))
  }

  /// Tells who waits, and ends the connection.
  private func finish(_ context: ChannelHandlerContext, _ result: Result<SenderAnswer, any Error>) {
    guard let promise else { return }
    self.promise = nil
    promise.completeWith(result)
    context.close(promise: nil)
  }

}
