import Output
import Runtime
import Types
import Zabbix

/// One script's way to Zabbix.
struct ZabbixReceiver: OutputReceiver {

  /// The name of the script.
  let script: String

  /// Sends what it is told.
  let reporter: ZabbixReporter

  /// Notes that tracing begins.
  func begin() { reporter.begin() }

  /// Sends what was printed of a map just now.
  func receive(_ map: PrintedMap) { reporter.receive(map) }

  /// Notes that `map` was cleared, or set to zero, just now by something else than printing it.
  func noteReset(of map: MapDescription) { reporter.noteReset(of: map.name) }

  /// Sends what is left, for some seconds at most.
  func finish() { reporter.finish() }

  /// Returns how much was lost on the way until now, by cause.
  func losses() -> [(cause: Loss.Cause, total: UInt64)] { reporter.losses }

}
