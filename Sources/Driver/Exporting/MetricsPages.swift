import Glibc
import Metrics
import Output
import Runtime
import Synchronization
import WebServer

/// The pages that show what scripts hold.
final class MetricsPages: Sendable {

  /// The scripts as metrics.
  private let exposition: Exposition

  /// Where they are asked, in their order.
  private let requests: [SnapshotRequests]

  /// Returns further metrics.
  private let furtherFamilies: @Sendable () -> [PlainFamily]

  /// The number of times that metrics were asked for.
  private let scrapeCount = Atomic<UInt64>(0)

  /// The time in milliseconds that scripts have to answer.
  private static let patience: Int32 = 5000

  /// Creates the pages of `exposition`, whose scripts are asked through `requests`; `families` returns further metrics.
  init(
    of exposition: Exposition, asking requests: [SnapshotRequests],
    adding families: @escaping @Sendable () -> [PlainFamily]
  ) {
    self.exposition = exposition
    self.furtherFamilies = families
    self.requests = requests
  }

  /// Returns the answer to `request`.
  func answer(_ request: WebRequest) -> WebResponse {
    switch request.path {
    case "/metrics": metrics(accepting: request.accept)
    case "/healthz": WebResponse(body: Array("ok\n".utf8))
    default: WebResponse(status: 404, body: Array("there is no such page\n".utf8))
    }
  }

  /// Returns what the scripts hold now.
  private func metrics(accepting accept: String?) -> WebResponse {
    let start = MetricsPages.now()
    guard let states = states() else {
      return WebResponse(status: 503, body: Array("a script is too busy to answer\n".utf8))
    }
    var server = ServerState(version: version)
    server.scrapeCount = scrapeCount.add(1, ordering: .relaxed).newValue
    server.families = furtherFamilies()
    server.scrapeTime = { MetricsPages.now() - start }
    let format = ExpositionFormat(accepting: accept)
    return WebResponse(
      contentType: format.contentType, body: exposition.text(of: states, server, as: format))
  }

  /// Returns how the scripts are doing, nil if one of them does not answer in time.
  private func states() -> [ScriptState]? {
    let snapshots = SnapshotRequests.gather(from: requests, milliseconds: MetricsPages.patience)
    var result: [ScriptState] = []
    for (snapshot, request) in zip(snapshots, requests) {
      guard let snapshot else { return nil }
      result.append(ScriptState(snapshot, isRunning: !request.hasEnded))
    }
    return result
  }

  /// The time of a clock that only goes forward, in nanoseconds.
  private static func now() -> UInt64 {
    var time = timespec()
    clock_gettime(CLOCK_MONOTONIC, &time)
    return UInt64(time.tv_sec) * 1_000_000_000 + UInt64(time.tv_nsec)
  }

}
