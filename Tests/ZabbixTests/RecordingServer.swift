import NIOConcurrencyHelpers
import NIOCore
import NIOPosix
import NIOSSL

@testable import Zabbix

/// A server of the sender protocol that keeps what it gets, and answers as it is told.
final class RecordingServer: Sendable {

  /// How it answers.
  enum Behaviour: Sendable {

    /// It takes all values but the given number.
    case take(failing: Int)

    /// It writes the given bytes.
    case write(String)

    /// It ends the connection.
    case close

    /// It says nothing.
    case wait

  }

  /// What it got, as text.
  private let received = NIOLockedValueBox<[String]>([])

  /// How it answers.
  private let behaviour: NIOLockedValueBox<Behaviour>

  /// What listens.
  private let channel: any Channel

  /// Its threads.
  private let group: MultiThreadedEventLoopGroup

  /// The port.
  let port: Int

  /// Starts a server at `port`, any free one if that is 0, encrypted as `context` says.
  init(_ behaviour: Behaviour = .take(failing: 0), port: Int = 0, context: NIOSSLContext? = nil) throws {
    let received = received
    let box = NIOLockedValueBox(behaviour)
    self.behaviour = box
    group = MultiThreadedEventLoopGroup(numberOfThreads: 1)
    channel = try ServerBootstrap(group: group)
      .serverChannelOption(.socketOption(.so_reuseaddr), value: 1)
      .childChannelInitializer { channel in
        channel.eventLoop.makeCompletedFuture {
          if let context {
            try channel.pipeline.syncOperations.addHandler(NIOSSLServerHandler(context: context))
          }
          try channel.pipeline.syncOperations.addHandler(Handler(received, box))
        }
      }
      .bind(host: "127.0.0.1", port: port).wait()
    self.port = channel.localAddress?.port ?? 0
  }

  /// What it got, as text.
  var requests: [String] { received.withLockedValue { $0 } }

  /// Answers as `behaviour` says from now on.
  func behave(_ behaviour: Behaviour) { self.behaviour.withLockedValue { $0 = behaviour } }

  /// Ends.
  func stop() {
    try? channel.close().wait()
    try? group.syncShutdownGracefully()
  }

  /// A connection.
  private final class Handler: ChannelInboundHandler {

    typealias InboundIn = ByteBuffer
    typealias OutboundOut = ByteBuffer

    private let requests: NIOLockedValueBox<[String]>
    private let behaviour: NIOLockedValueBox<Behaviour>
    private var bytes: [UInt8] = []

    init(_ requests: NIOLockedValueBox<[String]>, _ behaviour: NIOLockedValueBox<Behaviour>) {
      self.requests = requests
      self.behaviour = behaviour
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
      bytes += unwrapInboundIn(data).readableBytesView
      guard bytes.count >= 13 else { return }
      let count = bytes[5..<9].reversed().reduce(0) { $0 << 8 | Int($1) }
      guard bytes.count == 13 + count else { return }
      let text = String(decoding: bytes[13...], as: UTF8.self)
      requests.withLockedValue { $0.append(text) }
      let total = text.split(separator: "\"key\":").count - 1
      switch behaviour.withLockedValue({ $0 }) {
      case .take(let failing):
        let answer =
          #"{"response":"success","info":"processed: \#(total - failing); failed: \#(failing); total: \#(total); seconds spent: 0.000040"}"#
        var buffer = ByteBuffer(bytes: Packet.header(ofByteCount: answer.utf8.count))
        buffer.writeString(answer)
        context.writeAndFlush(wrapOutboundOut(buffer), promise: nil)
        context.close(promise: nil)
      case .write(let text): context.writeAndFlush(wrapOutboundOut(ByteBuffer(string: text)), promise: nil)
      case .close: context.close(promise: nil)
      case .wait: break
      }
    }

  }

}
