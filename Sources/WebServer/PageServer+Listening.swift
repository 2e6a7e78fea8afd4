import Glibc
import NIOCore
import NIOHTTP1
import NIOPosix

extension PageServer {

  /// Returns what listens at `address` and has its connections handled with `state`.
  static func listen(at address: SocketAddress, for state: NIOLoopBound<ServerState>) throws -> any Channel {
    var bootstrap = ServerBootstrap(group: state.eventLoop)
      // Where the queue is full the kernel drops the requests for connections, and clients try again only
      // after a second.
      .serverChannelOption(.backlog, value: 4096)
      .serverChannelOption(.socketOption(.so_reuseaddr), value: 1)
      .serverChannelInitializer { channel in
        channel.eventLoop.makeCompletedFuture {
          try channel.pipeline.syncOperations.addHandler(AcceptPause(server: state.value))
        }
      }
      .childChannelOption(.tcpOption(.tcp_nodelay), value: 1)
      // A client that has sent everything may say so, and still wants its answer.
      .childChannelOption(.allowRemoteHalfClosure, value: true)
      .childChannelOption(.maxMessagesPerRead, value: 1)
      .childChannelOption(.recvAllocator, value: FixedSizeRecvByteBufferAllocator(capacity: 8192))
      // What the kernel keeps for a client that does not read.
      .childChannelOption(.socketOption(.so_sndbuf), value: 256 * 1024)
      .childChannelInitializer { channel in
        channel.eventLoop.makeCompletedFuture { try addHandlers(to: channel, for: state.value) }
      }
    if address.protocol == .inet6 {
      let isAlone = ChannelOptions.Types.SocketOption(level: .ipv6, name: .ipv6_v6only)
      bootstrap = bootstrap.serverChannelOption(isAlone, value: 1)
    }
    return try bootstrap.bind(to: address).wait()
  }

  /// Adds to a connection what handles it.
  private static func addHandlers(to channel: any Channel, for state: ServerState) throws {
    let gate = Gate()
    let meter = HeadMeterHandler(limit: state.limits.headBytes)
    let encryption = state.configuration().encryption
    let conversation = Conversation(
      server: state, peer: channel.remoteAddress?.ipAddress ?? "", isEncrypted: encryption != nil, gate: gate,
      meter: meter)
    guard state.admit(conversation) else { throw ChannelError.eof }
    var limits = NIOHTTPDecoderLimitConfiguration()
    limits.maxHeaderFieldSize = state.limits.headBytes
    limits.maxHeaderListSize = state.limits.headBytes
    let pipeline = channel.pipeline.syncOperations
    do {
      try pipeline.addHandler(gate)
      if let encryption { try pipeline.addHandler(encryption.makeHandler()) }
      try pipeline.addHandlers([
        meter, HTTPResponseEncoder(),
        ByteToMessageHandler(
          HTTPRequestDecoder(leftOverBytesStrategy: .dropBytes, limitConfiguration: limits)),
        conversation,
      ])
    } catch {
      state.remove(conversation)
      throw error
    }
  }

  /// Returns `address` as it stands in addresses of pages.
  static func text(of address: SocketAddress) -> String {
    let host = address.ipAddress ?? "?"
    return "\(host.contains(":") ? "[\(host)]" : host):\(address.port ?? 0)"
  }

  /// Returns why the system refused something, in the system's words.
  static func reason(of error: any Error) -> String {
    guard let error = error as? IOError else { return "\(error)" }
    return String(cString: strerror(error.errnoCode))
  }

}

extension ListeningAddress.Candidate {

  /// Returns `true` iff nobody misses the address that could not be listened at for `error`, others being
  /// listened at.
  ///
  /// If any port will do, one that is free for the others is good enough.
  func mayBeLacking(for error: any Error, choosingPort: Bool) -> Bool {
    guard isOptional, let error = error as? IOError else { return false }
    return [EADDRNOTAVAIL, EAFNOSUPPORT].contains(error.errnoCode)
      || choosingPort && error.errnoCode == EADDRINUSE
  }

}
