import NIOConcurrencyHelpers
import NIOCore
import NIOPosix
import NIOSSL
public import Output
import Types

/// Sends what a script prints of its maps to Zabbix's servers.
///
/// Whatever it is told takes some microseconds: connections are a matter of another thread.
public final class ZabbixReporter: Sendable {

  /// Makes values of what is printed.
  private let writer: NIOLockedValueBox<ItemWriter>

  /// One for each of the servers.
  private let senders: [Sender]

  /// How long what is left at the end may take.
  private static let patience = TimeAmount.seconds(5)

  /// Creates an instance that sends `maps` by `delivery`.
  public init(_ maps: SentMaps, by delivery: ZabbixDelivery) {
    let configuration = delivery.configuration
    writer = NIOLockedValueBox(
      ItemWriter(maps, sendsRates: configuration.sendsRates, startingAt: Moments.now))
    senders = configuration.servers.map { server in
      Sender(
        to: server, host: configuration.host, queueLimit: configuration.queueLimit,
        encryptedBy: delivery.context, on: delivery.group.next(), tell: delivery.tell)
    }
  }

  /// Notes that tracing begins.
  public func begin() { writer.withLockedValue { $0.begin(at: Moments.now) } }

  /// Sends what was printed of a map just now.
  public func receive(_ map: PrintedMap) {
    let output = writer.withLockedValue { $0.output(for: map, at: Moments.now) }
    if output.values.isEmpty && output.discoveries.isEmpty { return }
    for sender in senders { sender.send(output) }
  }

  /// Notes that the map called `name` was cleared, or set to zero, just now by something else than printing it.
  public func noteReset(of name: String) {
    writer.withLockedValue { $0.noteReset(of: name, at: Moments.now) }
  }

  /// Sends what is left, for some seconds at most. Nothing more may be printed.
  public func finish() {
    let deadline = NIODeadline.now() + Self.patience
    let ends = senders.map { $0.finish(by: deadline) }
    for end in ends { try? end.wait() }
  }

  /// How much was lost on the way to each server until now.
  public var losses: [(cause: Loss.Cause, total: UInt64)] {
    statistics.flatMap { server, counts -> [(cause: Loss.Cause, total: UInt64)] in
      let reasons: [(UndeliveredReason, UInt64)] = [
        (.queueFull(capacity: counts.queueLimit), counts.droppedCount), (.refused, counts.refusedCount),
        (.unsent, counts.unsentCount),
      ]
      return reasons.map { (.undeliveredValues(receiver: "the Zabbix server \(server)", reason: $0), $1) }
    }
  }

  /// What became of the values for each server until now.
  public var statistics: [(server: String, counts: SenderStatistics)] {
    senders.map { ($0.server.description, $0.statistics) }
  }

}
