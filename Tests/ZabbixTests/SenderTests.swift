import NIOConcurrencyHelpers
import NIOCore
import NIOPosix
import NIOSSL
import Testing

@testable import Zabbix

/// Sending to a server, or to none.
@Suite struct SenderTests {

  /// The thread of the senders.
  private static let group = MultiThreadedEventLoopGroup(numberOfThreads: 1)

  /// A sender and what it tells the user.
  private struct Subject {

    /// The sender.
    let sender: Sender

    /// What it told.
    let told = NIOLockedValueBox<[String]>([])

    /// Creates a sender to `ports` of this machine.
    init(_ ports: Int..., queueLimit: Int = 100, context: NIOSSLContext? = nil) {
      let told = told
      sender = Sender(
        to: ServerGroup(nodes: ports.map { ServerAddress(host: "127.0.0.1", port: $0) }), host: "h",
        queueLimit: queueLimit, encryptedBy: context, on: SenderTests.group.next()
      ) { text in told.withLockedValue { $0.append(text) } }
    }

    /// Sends values with the given numbers.
    func send(_ numbers: some Sequence<Int>) {
      sender.send(.init(values: numbers.map { ZabbixValue(key: "k[\($0)]", value: "\($0)", time: 1) }))
    }

    /// Sends what is left within `seconds`.
    func finish(within seconds: Int64 = 20) throws {
      try sender.finish(by: .now() + .seconds(seconds)).wait()
    }

    /// Waits until `condition` is true of what is counted, for some seconds.
    func wait(_ condition: (SenderStatistics) -> Bool) async throws -> Bool {
      for _ in 0..<500 {
        if condition(sender.statistics) { return true }
        try await Task.sleep(for: .milliseconds(20))
      }
      return false
    }

  }

  @Test func `values arrive once`() throws {
    let server = try RecordingServer()
    defer { server.stop() }
    let subject = Subject(server.port, queueLimit: 1000)
    subject.send(0..<600)
    try subject.finish()
    #expect(server.requests.count == 3)
    for number in 0..<600 {
      #expect(
        server.requests.count {
          $0.contains("\"key\":\"k[\(number)]\",\"value\":\"\(number)\",\"clock\":0,\"ns\":1}")
        } == 1)
    }
    #expect(subject.sender.statistics.deliveredCount == 600)
    #expect(subject.told.withLockedValue { $0 } == [])
  }

  @Test func `values arrive without an end`() async throws {
    let server = try RecordingServer()
    defer { server.stop() }
    let subject = Subject(server.port)
    subject.send(0..<2)
    #expect(try await subject.wait { $0.deliveredCount == 2 })
    subject.send(2..<3)
    #expect(try await subject.wait { $0.deliveredCount == 3 })
    #expect(server.requests.count == 2)
  }

  @Test func `what is refused is counted and told once`() throws {
    let server = try RecordingServer(.take(failing: 1))
    defer { server.stop() }
    let subject = Subject(server.port, queueLimit: 1000)
    subject.send(0..<300)
    try subject.finish()
    #expect(subject.sender.statistics.refusedCount == 22)
    #expect(subject.sender.statistics.deliveredCount == 278)
    let told = subject.told.withLockedValue { $0 }
    #expect(told.count == 2)
    #expect(told.first?.contains("took 249 of 250 values of 'h'") == true)
    // Of those that follow, some are sent alone, to find out which are refused.
    #expect(told.last?.contains("refuses values of 'k[250]', 'k[251]', ") == true)
  }

  @Test(
    arguments: [
      .write("HTTP/1.1 400 Bad Request\r\n\r\n"),
      .write("ZBXD\u{1}\u{2}\u{0}\u{0}\u{0}\u{0}\u{0}\u{0}\u{0}{}"), .close,
      .write("ZBXD\u{1}\u{2}\u{0}\u{0}\u{7f}\u{0}\u{0}\u{0}\u{0}{}"),
    ] as [RecordingServer.Behaviour])
  func `what is not understood is sent again`(behaviour: RecordingServer.Behaviour) async throws {
    let server = try RecordingServer(behaviour)
    defer { server.stop() }
    let subject = Subject(server.port)
    subject.send(0..<2)
    #expect(try await subject.wait { $0.failureCount >= 1 })
    #expect(subject.sender.statistics.queuedCount == 2)
    server.behave(.take(failing: 0))
    try subject.finish()
    #expect(subject.sender.statistics.deliveredCount == 2)
    let told = subject.told.withLockedValue { $0 }
    #expect(told.count == 2)
    #expect(told.first?.contains("does not take values: ") == true)
    #expect(told.last?.contains("takes values again") == true)
  }

  @Test func `nothing is lost that fits while there is no server`() async throws {
    let first = try RecordingServer()
    let port = first.port
    first.stop()
    let subject = Subject(port, queueLimit: 10)
    subject.send(0..<14)
    #expect(try await subject.wait { $0.failureCount >= 1 })
    #expect(subject.sender.statistics.droppedCount == 4)
    let server = try RecordingServer(port: port)
    defer { server.stop() }
    try subject.finish()
    #expect(subject.sender.statistics.deliveredCount == 10)
    #expect(server.requests.count == 1)
    #expect(server.requests.first?.contains("k[3]") == false)
    #expect(server.requests.first?.contains("k[4]") == true)
    #expect(subject.told.withLockedValue { $0.first }?.contains("connection refused") == true)
  }

  @Test func `what is left at the end is counted`() throws {
    let server = try RecordingServer(.wait)
    defer { server.stop() }
    let subject = Subject(server.port)
    subject.send(0..<3)
    try subject.finish(within: 1)
    #expect(subject.sender.statistics.unsentCount == 3)
    subject.send(3..<4)
    #expect(subject.sender.statistics.unsentCount == 4)
  }

  @Test func `the second node of a cluster takes what the first does not`() throws {
    let closed = try RecordingServer()
    closed.stop()
    let server = try RecordingServer()
    defer { server.stop() }
    let subject = Subject(closed.port, server.port)
    subject.send(0..<3)
    try subject.finish()
    #expect(subject.sender.statistics.deliveredCount == 3)
    #expect(subject.sender.statistics.failureCount == 1)
    #expect(subject.told.withLockedValue { $0 } == [])
  }

  @Test func `names that are not known are told`() async throws {
    let told = NIOLockedValueBox<[String]>([])
    let sender = Sender(
      to: ServerGroup(nodes: [ServerAddress(host: "nowhere.invalid")]), host: "h", queueLimit: 10,
      encryptedBy: nil, on: Self.group.next()
    ) { text in told.withLockedValue { $0.append(text) } }
    sender.send(.init(values: [ZabbixValue(key: "k", value: "1", time: 0)]))
    for _ in 0..<500 where told.withLockedValue({ $0.isEmpty }) {
      try await Task.sleep(for: .milliseconds(20))
    }
    #expect(told.withLockedValue { $0.first }?.contains("nowhere.invalid:10051 does not take values") == true)
  }

  @Test func `a shared key encrypts`() async throws {
    let key = [UInt8](1...32)
    var configuration = TLSConfiguration.makePreSharedKeyConfiguration()
    configuration.minimumTLSVersion = .tlsv12
    configuration.maximumTLSVersion = .tlsv12
    configuration.cipherSuiteValues = [.TLS_ECDHE_PSK_WITH_AES_128_CBC_SHA]
    configuration.pskServerProvider = { context in
      guard context.clientIdentity == "apus" else { throw ChannelError.eof }
      return PSKServerIdentityResponse(key: NIOSSLSecureBytes(key))
    }
    let server = try RecordingServer(context: try NIOSSLContext(configuration: configuration))
    defer { server.stop() }
    let context = try Encryption.sharedKey(identity: "apus", key: key).context()
    let subject = Subject(server.port, context: context)
    subject.send(0..<3)
    try subject.finish()
    #expect(subject.sender.statistics.deliveredCount == 3)
    let other = try Encryption.sharedKey(identity: "other", key: key).context()
    let stranger = Subject(server.port, context: other)
    stranger.send(0..<1)
    #expect(try await stranger.wait { $0.failureCount >= 1 })
    #expect(stranger.told.withLockedValue { $0.first }?.contains("TLS failed") == true)
  }

  @Test func `certificates that are not there are a fault`() {
    #expect(throws: EncryptionFault.self) {
      try Encryption.certificates(authority: "/nowhere", certificate: nil, key: nil).context()
    }
  }

}
