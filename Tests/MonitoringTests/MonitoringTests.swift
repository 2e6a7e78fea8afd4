import Foundation
import TestSupport
import Testing

/// Whole runs with the programs that people monitor with: Prometheus reads metrics, a Zabbix server takes values.
///
/// Each check is a script, so that it can be run by hand: `APUS=… Tests/Monitoring/Checks/NAME`.
@Suite(.serialized) struct MonitoringTests {

  /// The directory with the checks.
  private static let directory = projectRoot.appendingPathComponent("Tests/Monitoring/Checks")

  /// The names of the checks; those in guests are left out where guests are.
  private static let names = {
    let names = (try? FileManager.default.contentsOfDirectory(atPath: directory.path)) ?? []
    let skipsGuests = ProcessInfo.processInfo.environment["SKIP_GUESTS"] == "1"
    return names.filter { !$0.contains(".") && !(skipsGuests && $0.hasSuffix("-guest")) }.sorted()
  }()

  @Test func checksAreFound() { #expect(!Self.names.isEmpty) }

  @Test(arguments: names)
  func check(name: String) throws {
    let path = Self.directory.appendingPathComponent(name).path
    let result = try run("/usr/bin/env", ["APUS=\(executable)", "timeout", "600", path])
    #expect(result.status == 0, "\(result.output)\(result.errors)")
  }

}
