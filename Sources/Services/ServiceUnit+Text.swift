extension ServiceUnit {

  /// What stands on the first line of each unit that was made here.
  public static let mark = "# Made by 'apus service install'."

  /// The unit file.
  public var text: String {
    var lines: [String] = []
    lines.append(
      "\(Self.mark) Changes are lost when it is installed again; 'systemctl edit' keeps them apart.")
    lines += ["", "[Unit]", "Description=\(Self.line(summary))", "Documentation=man:apus(8)"]
    if usesNetwork { lines += ["Wants=network-online.target", "After=network-online.target"] }
    // What fails again and again is given up: a script that does not compile any more, or a port that stays taken.
    lines += ["StartLimitIntervalSec=5min", "StartLimitBurst=10"]
    lines += ["", "[Service]"] + serviceLines
    lines += ["", "[Install]", "WantedBy=multi-user.target"]
    return lines.joined(separator: "\n") + "\n"
  }

  /// The lines of the section about the process.
  private var serviceLines: [String] {
    // Ready is said when everything is attached, which takes the kernel minutes for hundreds of trampolines.
    var lines = ["Type=notify", "NotifyAccess=main", "ExecStart=\(commandLine)", "TimeoutStartSec=5min"]
    lines += ["Restart=on-failure", "RestartSec=5s"]
    // A command that takes long would hold up what tells the watchdog that all is well.
    if !runsCommands { lines.append("WatchdogSec=\(Self.watchdogSeconds)s") }
    lines += environment.map { "Environment=" + UnitWord("\($0.name)=\($0.value)").text }
    // Compiled scripts are kept there, so that a restart need not compile.
    lines += ["CacheDirectory=apus", "CacheDirectoryMode=0700", "Environment=XDG_CACHE_HOME=%C"]
    lines += userLines
    if !runsCommands { lines += sandboxLines }
    return lines
  }

  /// How long nothing may be heard of a process that runs, in seconds: several times as long as one that is well keeps silent.
  public static let watchdogSeconds = 60

  /// The command line. Where a word has a dollar, the colon says that no word names a variable.
  private var commandLine: String {
    (command.contains { $0.contains("$") } ? ":" : "")
      + command.map { UnitWord($0).text }.joined(separator: " ")
  }

  /// As whom the process runs and what it may do.
  private var userLines: [String] {
    var lines: [String] = []
    let set = capabilities.map { $0.joined(separator: " ") }
    switch user {
    case .dynamic:
      lines.append("DynamicUser=yes")
      if let set { lines.append("AmbientCapabilities=\(set)") }
    case .root(let reason):
      lines.append("# As root, without root's capabilities: \(Self.line(reason)).")
      lines.append("User=root")
    }
    if let set { lines.append("CapabilityBoundingSet=\(set)") }
    return lines
  }

  /// What is kept from the process.
  private var sandboxLines: [String] {
    var lines = [
      "NoNewPrivileges=yes", "ProtectSystem=strict", "ProtectHome=\(homeFolders.rawValue)",
      "PrivateTmp=\(hasOwnTemporaryFiles ? "yes" : "no")",
    ]
    if !writableFolders.isEmpty {
      lines.append("ReadWritePaths=" + writableFolders.map { UnitWord($0).text }.joined(separator: " "))
    }
    lines += [
      "PrivateDevices=yes", "ProtectClock=yes", "ProtectControlGroups=yes", "ProtectHostname=yes",
      // What ProtectKernelTunables protects, but for the kernel's list of symbols, which it would hide.
      "ReadOnlyPaths=/proc/sys /sys",
    ]
    // It would take the capability away.
    if !(capabilities ?? []).contains("CAP_SYSLOG") { lines.append("ProtectKernelLogs=yes") }
    lines += [
      "RestrictAddressFamilies=AF_UNIX" + (usesNetwork ? " AF_INET AF_INET6 AF_NETLINK" : ""),
      "RestrictNamespaces=yes", "RestrictRealtime=yes", "RestrictSUIDSGID=yes", "LockPersonality=yes",
      "MemoryDenyWriteExecute=yes", "RemoveIPC=yes", "KeyringMode=private",
      "SystemCallArchitectures=native",
      "SystemCallFilter=@system-service bpf open_by_handle_at perf_event_open",
      "SystemCallFilter=~@chown @keyring @memlock @setuid", "SystemCallErrorNumber=EPERM",
    ]
    if !usesNetwork { lines.append("IPAddressDeny=any") }
    // Files that are written are for others to read.
    if writableFolders.isEmpty { lines.append("UMask=0077") }
    return lines
  }

  /// Returns `text` as it can stand in one line of a unit, without specifiers.
  private static func line(_ text: String) -> String {
    String(text.unicodeScalars.map { $0.value < 0x20 || $0.value == 0x7f ? " " : Character($0) })
      .split(separator: "%", omittingEmptySubsequences: false).joined(separator: "%%")
  }

}
