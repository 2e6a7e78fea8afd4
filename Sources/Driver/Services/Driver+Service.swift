import Diagnostics
import Glibc
import Services
import Syntax

extension Driver {

  /// Installs the service that runs the script, takes it back, or shows its unit.
  static func serve(_ action: ServiceAction, _ options: Options) throws(Stop) {
    switch action {
    case .show: Console.show(try unit(of: options).text)
    case .install: try install(options)
    case .uninstall: try uninstall(options)
    }
  }

  /// Writes the unit and has systemd start it with the machine, and at once if that is asked for.
  private static func install(_ options: Options) throws(Stop) {
    let manager = try SystemManager()
    let name = try options.serviceName()
    let sharedPlace = try options.fullScriptPaths().lazy.compactMap(\.placeForOthers).first
    let unit = try unit(of: options)
    let file = UnitFile(of: name)
    try file.check()
    if options.showsWarnings, let sharedPlace {
      Console.report("WARNING: others than root can change '\(sharedPlace)', and so what the service does")
    }
    try file.write(unit.text)
    try manager.run("daemon-reload")
    try manager.run("enable", "--quiet", file.name)
    if !options.isQuiet { Console.show("Installed \(file.path)\n") }
    if options.service.startsNow { try start(file.name, by: manager, options) }
  }

  /// Starts the service `name`, anew if it runs, and waits until everything is attached.
  private static func start(_ name: String, by manager: SystemManager, _ options: Options) throws(Stop) {
    do throws(Stop) {
      try manager.run("restart", name)
    } catch {
      throw Stop("the service did not start", hint: "'journalctl -u \(name) -n 20' says why")
    }
    if options.isQuiet { return }
    let name = name.dropLast(".service".count)
    Console.show(
      "Started; 'systemctl status \(name)' tells how it is, 'journalctl -fu \(name)' what it prints\n")
  }

  /// Stops the services and removes their units.
  private static func uninstall(_ options: Options) throws(Stop) {
    let manager = try SystemManager()
    let names =
      options.service.name.map { [$0] } ?? options.scriptArguments.map(UnitName.service(forScriptAt:))
    let files = names.map(UnitFile.init)
    for file in files { try file.checkPresence() }
    for file in files {
      try manager.run("disable", "--now", "--quiet", file.name)
      try file.remove()
    }
    try manager.run("daemon-reload")
    // A service that failed would be remembered; one that did not is not known any more.
    for file in files { manager.forget(file.name) }
    if !options.isQuiet { for file in files { Console.show("Removed \(file.path)\n") } }
  }

}
