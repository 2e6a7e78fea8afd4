import NIOCore
import NIOPosix
import NIOSSL

/// A client of a server that encrypts.
///
/// It waits without suspending: among hundreds of tests that wait so, a task that is suspended goes on when the server has long lost
/// patience with it.
enum SecureClient {

  /// What the client shows and wants.
  struct Settings {

    /// The certificate that the server must have.
    var server = Certificates.server

    /// The client's certificate and key.
    var client: (certificate: String, key: String)?

    /// The oldest and the newest version.
    var versions: (TLSVersion, TLSVersion) = (.tlsv12, .tlsv13)

    /// The ciphers of versions before 1.3.
    var ciphers: [NIOTLSCipher] = []

  }

  /// Returns what the server at `port` answers to `request`, in which `|` stands for the end of a line.
  static func exchange(_ request: String, port: Int, _ settings: Settings = Settings()) throws -> String {
    var configuration = TLSConfiguration.makeClientConfiguration()
    configuration.trustRoots = .certificates(try NIOSSLCertificate.fromPEMBytes(Array(settings.server.utf8)))
    (configuration.minimumTLSVersion, configuration.maximumTLSVersion) = settings.versions
    if !settings.ciphers.isEmpty { configuration.cipherSuiteValues = settings.ciphers }
    if let client = settings.client {
      let chain = try NIOSSLCertificate.fromPEMBytes(Array(client.certificate.utf8))
      configuration.certificateChain = chain.map { .certificate($0) }
      configuration.privateKey = .privateKey(
        try NIOSSLPrivateKey(bytes: Array(client.key.utf8), format: .pem))
    }
    let context = try NIOSSLContext(configuration: configuration)
    let loop = MultiThreadedEventLoopGroup.singleton.next()
    let answer = loop.makePromise(of: String.self)
    let channel = try ClientBootstrap(group: loop)
      .channelInitializer { channel in
        channel.eventLoop.makeCompletedFuture {
          let pipeline = channel.pipeline.syncOperations
          try pipeline.addHandler(NIOSSLClientHandler(context: context, serverHostname: "localhost"))
          try pipeline.addHandler(Collector(answer))
        }
      }
      .connect(host: "127.0.0.1", port: port).wait()
    let bytes = request.utf8.flatMap { $0 == UInt8(ascii: "|") ? [13, 10] : [$0] }
    // Where it is refused, the answer tells it.
    try? channel.writeAndFlush(ByteBuffer(bytes: bytes)).wait()
    return try answer.futureResult.wait()
  }

  /// Collects what is received until the end.
  private final class Collector: ChannelInboundHandler {
    typealias InboundIn = ByteBuffer

    /// What was received.
    private var text = ""

    /// Who waits for it.
    private let answer: EventLoopPromise<String>

    /// `true` iff somebody was told.
    private var isDone = false

    /// Creates a collector for `answer`.
    init(_ answer: EventLoopPromise<String>) { self.answer = answer }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
      text += String(buffer: unwrapInboundIn(data))
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
      if !isDone, text.isEmpty { answer.fail(error) } else if !isDone { answer.succeed(text) }
      isDone = true
      context.close(promise: nil)
    }

    func channelInactive(context: ChannelHandlerContext) {
      if !isDone { answer.succeed(text) }
      isDone = true
    }

  }

}
