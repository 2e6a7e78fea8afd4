import BPF
import Metrics
import WebServer

/// Serves what scripts hold.
final class MetricsServer: Sendable {

  /// What talks to clients.
  private let server: PageServer

  /// Begins to tell clients that there is nothing yet at the address that `options` say, or ends the run with what is wrong with
  /// that.
  init(_ options: Options) throws(Stop) {
    guard let text = options.metricsAddress, let address = ListeningAddress(text) else {
      preconditionFailure("the address was checked")
    }
    var needed: Capabilities = (1..<1024).contains(address.port) ? .bindPorts : []
    // The files are read again when they change.
    if options.webConfiguration != nil { needed.insert(.readFiles) }
    let kept = needed
    do throws(ServerError) {
      server = try PageServer(
        at: address, configuredBy: options.webConfiguration,
        reportingTo: { Console.noteIfPossible("apus: \($0)\n") },
        preparingThreadsWith: { kept.keepInThread() })
    } catch {
      throw Stop(error.description)
    }
  }

  /// Tells the user where metrics are.
  func announce() { Console.note("serving metrics on \(server.url)/metrics\n") }

  /// Begins to show `pages`.
  func show(_ pages: MetricsPages) { server.answer { pages.answer($0) } }

  /// Ends that.
  func stop() { server.stop() }

}
