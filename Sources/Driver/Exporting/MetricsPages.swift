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

  /// What people see.
  private let statusPage: StatusPage

  /// When the process was started.
  private let start = ProcessStartTime()

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
    self.statusPage = StatusPage(of: exposition, version: version)
  }

  /// Returns the answer to `request`.
  func answer(_ request: WebRequest) -> WebResponse {
    switch request.path {
    case "/metrics": metrics(accepting: request.accept)
    case "/": WebResponse(contentType: "text/html; charset=utf-8", body: statusPage.text(of: states()))
    case "/healthz": WebResponse(body: Array("ok\n".utf8))
    default: WebResponse(status: 404, body: Array("there is no such page\n".utf8))
    }
  }

  /// Returns what the scripts hold now.
  private func metrics(accepting accept: String?) -> WebResponse {
    let start = MonotonicTime.now()
    let all = states()
    let states = all.compactMap { $0 }
    if let silent = all.firstIndex(where: { $0 == nil }) {
      let name = exposition.scripts[silent].name
      return WebResponse(status: 503, body: Array("the script '\(name)' is too busy to answer\n".utf8))
    }
    var server = ServerState(version: version)
    server.scrapeCount = scrapeCount.add(1, ordering: .relaxed).newValue
    server.families = furtherFamilies()
    server.process = ProcessFigures(reading: self.start)
    server.scrapeTime = { MonotonicTime.now() - start }
    let format = ExpositionFormat(accepting: accept)
    return WebResponse(
      contentType: format.contentType, body: exposition.text(of: states, server, as: format))
  }

  /// Returns how the scripts are doing, nil in place of those that do not answer in time.
  private func states() -> [ScriptState?] {
    let snapshots = SnapshotRequests.gather(from: requests, milliseconds: MetricsPages.patience)
    return zip(snapshots, requests).map { snapshot, request in
      snapshot.map { ScriptState($0, isRunning: !request.hasEnded) }
    }
  }

}
