import NIOConcurrencyHelpers
import NIOCore
import NIOSSL

/// Gets values to a server, on an event loop's thread, while others are printed.
///
/// A value is sent until the server has answered, so that one whose answer got lost is there twice.
final class Sender: Sendable {

  /// The server.
  let server: ServerGroup

  /// The name of the host that the values are of.
  private let host: String

  /// What connections are encrypted with.
  private let context: NIOSSLContext?

  /// Where all of it happens.
  private let loop: any EventLoop

  /// Tells the user something: a sentence.
  private let tell: @Sendable (String) -> Void

  /// What is to be sent, and how far that has got. Whoever holds it does nothing else meanwhile.
  private let state: NIOLockedValueBox<SenderState>

  /// The greatest number of values in a request, as Zabbix's own sender has it.
  static let batchLimit = 250

  /// The greatest number of bytes of keys and values in a request with more than one value.
  static let byteLimit = 1 << 20

  /// How long values wait for others that are printed at the same time.
  private static let gatherTime = TimeAmount.milliseconds(50)

  /// Creates an instance that sends values of `host` to `server` and keeps as many as `queueLimit`.
  init(
    to server: ServerGroup, host: String, queueLimit: Int, encryptedBy context: NIOSSLContext?,
    on loop: any EventLoop, tell: @escaping @Sendable (String) -> Void
  ) {
    self.server = server
    self.host = host
    self.context = context
    self.loop = loop
    self.tell = tell
    state = NIOLockedValueBox(SenderState(queueLimit: queueLimit))
  }

  /// What became of the values until now.
  var statistics: SenderStatistics { state.withLockedValue { $0.statistics } }

  /// Takes what there is to send. Nothing of it waits.
  func send(_ output: ItemWriter.Output) {
    let isNews = state.withLockedValue { $0.add(output) }
    if isNews { loop.execute { self.goOn() } }
  }

  /// Does what is due: the one step from which all others follow.
  private func goOn() {
    switch state.withLockedValue({ $0.nextStep() }) {
    case .nothing: return
    case .gather:
      loop.scheduleTask(in: Self.gatherTime) {
        self.state.withLockedValue { $0.endPause() }
        self.goOn()
      }
    case .send(let batch): send(batch)
    case .finished(let promise): promise.succeed()
    }
  }

  /// Sends `batch` to the node whose turn it is.
  private func send(_ batch: SenderState.Batch) {
    let node = server.nodes[batch.attempt % server.nodes.count]
    let time = Moments.now.time
    let request = SenderRequest.data(with: batch.values, of: host, at: time)
    Exchange.run(request, values: batch.values.count, to: node, encryptedBy: context, on: loop)
      .whenComplete { result in
        switch result {
        case .success(let answer): self.take(answer, to: batch, from: node)
        case .failure(let error): self.take(DeliveryFault(error), at: node)
        }
      }
  }

  /// Notes what `node` says about `batch`.
  private func take(_ answer: SenderAnswer, to batch: SenderState.Batch, from node: ServerAddress) {
    let news = state.withLockedValue { $0.take(answer, to: batch) }
    if news.isBack { tell("the Zabbix server \(node) takes values again") }
    if news.isFirstRefusal { tell(refusal(of: batch, by: node, answer)) }
    if !news.refusedKeys.isEmpty {
      let keys = news.refusedKeys.map { "'\($0)'" }.joined(separator: ", ")
      tell("the Zabbix server \(node) refuses values of \(keys)")
    }
    goOn()
  }

  /// Returns what to say about values of `batch` that `node` did not take.
  private func refusal(
    of batch: SenderState.Batch, by node: ServerAddress, _ answer: SenderAnswer
  ) -> String {
    if batch.isDiscovery {
      let keys = batch.values.map { "'\($0.key)'" }.joined(separator: ", ")
      return
        "the Zabbix server \(node) has no discovery rule \(keys) of the type 'Zabbix trapper' for '\(host)', "
        + "or not for this machine, so that items for new keys are not made"
    }
    let keys = Set(batch.values.map(\.key)).sorted().prefix(3).map { "'\($0)'" }.joined(separator: ", ")
    return
      "the Zabbix server \(node) took \(answer.processedCount) of \(batch.values.count) values of '\(host)' "
      + "and not the others; it needs enabled items of the type 'Zabbix trapper' with keys such as \(keys), "
      + "for values of their kind, whose allowed hosts include this machine, and some time to learn of new ones"
  }

  /// Notes that `node` did not get or answer a request because of `fault`.
  private func take(_ fault: DeliveryFault, at node: ServerAddress) {
    var generator = SystemRandomNumberGenerator()
    let (pause, isNews) = state.withLockedValue {
      $0.noteFailure(nodeCount: server.nodes.count, using: &generator)
    }
    if isNews {
      tell("the Zabbix server \(node) does not take values: \(fault.reason); they are kept and sent later")
    }
    guard let pause else { return goOn() }
    let task = loop.scheduleTask(in: .milliseconds(Int64(pause))) {
      self.state.withLockedValue { $0.endPause() }
      self.goOn()
    }
    state.withLockedValue { $0.pause = task }
  }

  /// Begins to send what is left without waiting; what is left at `deadline` counts as lost.
  ///
  /// - Returns: What is fulfilled when that is over.
  func finish(by deadline: NIODeadline) -> EventLoopFuture<Void> {
    let promise = loop.makePromise(of: Void.self)
    loop.execute {
      let limit = self.loop.scheduleTask(deadline: deadline) {
        self.state.withLockedValue { $0.giveUp() }?.succeed()
      }
      promise.futureResult.whenComplete { _ in limit.cancel() }
      self.state.withLockedValue { $0.beginFinishing(promise) }
      self.goOn()
    }
    return promise.futureResult
  }

}
