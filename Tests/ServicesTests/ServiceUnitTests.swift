import Foundation
import Testing

@testable import Services

/// Units as systemd reads them.
@Suite struct ServiceUnitTests {

  /// Returns the lines of `unit` that set `key`.
  private func lines(_ key: String, of unit: ServiceUnit) -> [String] {
    unit.text.split(separator: "\n").filter { $0.hasPrefix(key + "=") }.map {
      String($0.dropFirst(key.count + 1))
    }
  }

  @Test(arguments: [
    ("plain", "plain"), ("/a/b.c-d_e:f,g=h+i@j", "/a/b.c-d_e:f,g=h+i@j"), ("", #""""#),
    ("two words", #""two words""#), ("a\tb\nc", #""a\tb\nc""#), ("\u{1}\u{7f}", #""\x01\x7f""#),
    (#"say "it" \ 'so'"#, #""say \"it\" \\ 'so'""#), ("100%", "100%%"), ("50 %i", #""50 %%i""#),
    (";", #"";""#), ("#x", ##""#x""##), ("ü", #""ü""#), ("$HOME", #""$HOME""#), ("-e", "-e"),
  ])
  func words(word: String, written: String) {
    #expect(UnitWord(word).text == written)
  }

  @Test func dollarsAreNoVariables() {
    #expect(
      lines("ExecStart", of: ServiceUnit("x", running: ["/bin/apus", "-e", "BEGIN { $a = 1; }"]))
        == [#":/bin/apus -e "BEGIN { $a = 1; }""#])
    #expect(lines("ExecStart", of: ServiceUnit("x", running: ["/bin/apus", "x.bt"])) == ["/bin/apus x.bt"])
  }

  @Test func textStaysInItsLine() {
    let unit = ServiceUnit("one\nExecStartPre=/bin/evil 5%", running: ["/bin/apus"])
    #expect(lines("Description", of: unit) == ["one ExecStartPre=/bin/evil 5%%"])
    #expect(lines("ExecStartPre", of: unit).isEmpty)
  }

  @Test func capabilities() {
    var unit = ServiceUnit("x", running: ["/bin/apus"])
    unit.capabilities = ["CAP_BPF", "CAP_PERFMON"]
    #expect(lines("CapabilityBoundingSet", of: unit) == ["CAP_BPF CAP_PERFMON"])
    #expect(lines("AmbientCapabilities", of: unit) == ["CAP_BPF CAP_PERFMON"])
    #expect(lines("DynamicUser", of: unit) == ["yes"] && lines("ProtectKernelLogs", of: unit) == ["yes"])
    unit.capabilities?.append("CAP_SYSLOG")
    #expect(lines("ProtectKernelLogs", of: unit).isEmpty)
    unit.user = .root(reason: "it writes a file")
    #expect(lines("User", of: unit) == ["root"] && lines("DynamicUser", of: unit).isEmpty)
    #expect(lines("AmbientCapabilities", of: unit).isEmpty)
    #expect(lines("CapabilityBoundingSet", of: unit) == ["CAP_BPF CAP_PERFMON CAP_SYSLOG"])
  }

  @Test func whatRunsCommandsIsNotConfined() {
    var unit = ServiceUnit("x", running: ["/bin/apus"])
    unit.capabilities = nil
    unit.runsCommands = true
    unit.user = .root(reason: "it runs commands")
    for key in ["CapabilityBoundingSet", "ProtectSystem", "SystemCallFilter", "WatchdogSec"] {
      #expect(lines(key, of: unit).isEmpty, "\(key)")
    }
  }

  @Test func network() {
    var unit = ServiceUnit("x", running: ["/bin/apus"])
    #expect(lines("RestrictAddressFamilies", of: unit) == ["AF_UNIX"])
    #expect(lines("IPAddressDeny", of: unit) == ["any"] && lines("After", of: unit).isEmpty)
    unit.usesNetwork = true
    #expect(lines("RestrictAddressFamilies", of: unit) == ["AF_UNIX AF_INET AF_INET6 AF_NETLINK"])
    #expect(lines("IPAddressDeny", of: unit).isEmpty && lines("After", of: unit) == ["network-online.target"])
  }

  /// systemd itself finds nothing wrong with units, and counts them as confined.
  @Test(.enabled(if: FileManager.default.isExecutableFile(atPath: "/usr/bin/systemd-analyze")))
  func systemdUnderstandsUnits() throws {
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent("apus-units-\(getpid())")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    for (number, unit) in Self.samples.enumerated() {
      let file = folder.appendingPathComponent("apus-\(number).service")
      try unit.text.write(to: file, atomically: true, encoding: .utf8)
      let process = Process()
      process.executableURL = URL(fileURLWithPath: "/usr/bin/systemd-analyze")
      process.arguments = ["verify", "--man=no", "--recursive-errors=no", file.path]
      let output = Pipe()
      process.standardOutput = output
      process.standardError = output
      try process.run()
      let text = String(decoding: output.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
      process.waitUntilExit()
      #expect(!text.contains("apus-\(number).service"), "\(text)\n\(unit.text)")
    }
  }

  /// One service of each sort.
  private static var samples: [ServiceUnit] {
    var confined = ServiceUnit(
      "traffic by subnet", running: ["/bin/true", "-v", "/etc/apus/traffic.bt", "a b;$c%"])
    confined.capabilities = ["CAP_BPF", "CAP_PERFMON", "CAP_DAC_READ_SEARCH"]
    confined.environment = [("BPFTRACE_MAX_STRLEN", "200"), ("X", "a \"b\" 100%")]
    var writing = confined
    writing.user = .root(reason: "it writes to '/var/log/a b'")
    writing.writableFolders = ["/var/log", "/tmp"]
    writing.usesNetwork = true
    writing.homeFolders = .readable
    var commanding = ServiceUnit("x", running: ["/bin/true"])
    commanding.capabilities = nil
    commanding.runsCommands = true
    commanding.user = .root(reason: "it runs commands")
    return [confined, writing, commanding]
  }

}
