import BPF
import Glibc
import Types
import Zabbix

/// Sending what scripts print to Zabbix.
struct ZabbixExport {

  /// What is sent to which servers, and how.
  private let configuration: ZabbixConfiguration

  /// `true` iff nothing is said that is not wrong.
  private let isQuiet: Bool

  /// Creates what `options` ask for, nil if that is nothing. The key that encrypts is read.
  init?(_ options: Options) throws(Stop) {
    guard options.zabbix.servers != nil else { return nil }
    configuration = try ZabbixConfiguration(options.zabbix)
    isQuiet = options.isQuiet
  }

  /// Returns those who get what `scripts` print, in the same order.
  ///
  /// The thread that sends is started by that. It has no capabilities and gets no signals.
  func receivers(
    for scripts: [(name: String, manifest: Manifest)]
  ) throws(Stop) -> [ZabbixReceiver] {
    var maps: [SentMaps] = []
    do throws(ZabbixFault) {
      for script in scripts {
        maps.append(try SentMaps(script.manifest, ofScript: script.name, configuration))
      }
      try SentMaps.check(maps, configuration)
    } catch {
      throw Stop(error.message, hint: error.hint)
    }
    if !isQuiet {
      for (script, maps) in zip(scripts, maps) where !maps.arePrinted { warn(aboutScript: script.name) }
    }
    let delivery = try delivery()
    return zip(scripts, maps).map { script, maps in
      ZabbixReceiver(script: script.name, reporter: ZabbixReporter(maps, by: delivery))
    }
  }

  /// Says that values of the script called `name` are sent at its end only.
  private func warn(aboutScript name: String) {
    Console.note(
      "WARNING: '\(name)' prints no map while it runs, so that values are sent to Zabbix at its end only; "
        + "'interval:s:10 { print(@map); }' sends them every 10 seconds\n")
  }

  /// Returns what all scripts have in common.
  private func delivery() throws(Stop) -> ZabbixDelivery {
    // What is blocked now is inherited, so that no signal ends the process which other threads wait for.
    var all = sigset_t()
    var before = sigset_t()
    sigfillset(&all)
    pthread_sigmask(SIG_SETMASK, &all, &before)
    defer { pthread_sigmask(SIG_SETMASK, &before, nil) }
    do throws(EncryptionFault) {
      return try ZabbixDelivery(configuration, preparing: { Capabilities.giveUpInThread() }) {
        Console.noteIfPossible("apus: \($0)\n")
      }
    } catch {
      throw Stop(error.message)
    }
  }

}
