import Types

extension SettingRow {

  /// Every setting, by key.
  static let all: [String: SettingRow] = Dictionary(
    uniqueKeysWithValues: (effective + symbols + unstable + withoutEffect).map { ($0.key, $0) })

  /// Settings of how much a script may hold and of how it is run.
  private static let effective: [SettingRow] = [
    SettingRow(key: "license", kind: .text { $0.license = $1 }),
    SettingRow(key: "max_bpf_progs", kind: .number(1...Int(Int32.max)) { $0.maximumPrograms = $1 }),
    SettingRow(key: "max_cat_bytes", kind: .number(1...(1 << 30)) { $0.maximumCatBytes = $1 }),
    SettingRow(key: "max_map_keys", kind: .number(1...Int(Int32.max)) { $0.maximumMapKeys = $1 }),
    SettingRow(key: "max_probes", kind: .number(1...Int(Int32.max)) { $0.maximumProbes = $1 }),
    SettingRow(key: "max_strlen", kind: .number(2...16384) { $0.maximumStringLength = $1 }),
    SettingRow(
      key: "missing_probes",
      kind: .word(["error", "warn", "ignore"]) {
        $0.missingProbes = Settings.MissingProbes(rawValue: $1) ?? .error
      }),
    SettingRow(key: "narrow_probes", kind: .truth { $0.narrowsProbes = $1 }),
    SettingRow(key: "on_stack_limit", kind: .number(0...256) { $0.stackLimit = $1 }),
    SettingRow(key: "perf_rb_pages", kind: .powerOfTwo(1...(1 << 18)) { $0.ringBufferPages = $1 }),
    SettingRow(key: "print_maps_on_exit", kind: .truth { $0.printsMapsAtExit = $1 }),
    SettingRow(key: "str_trunc_trailer", kind: .text { $0.truncationTrailer = $1 }),
  ]

  /// Settings of how stacks and addresses are shown.
  private static let symbols: [SettingRow] = [
    SettingRow(
      key: "cache_user_symbols",
      kind: .word(["per_pid", "per_program", "none"]) {
        $0.symbolCache = Settings.SymbolCache(rawValue: $1) ?? .perProcess
      }),
    SettingRow(key: "cpp_demangle", kind: .truth { $0.demanglesNames = $1 }),
    SettingRow(key: "show_debug_info", kind: .truth { $0.showsDebugInformation = $1 }),
    SettingRow(key: "lazy_symbolication", kind: .truth { $0.resolvesSymbolsLate = $1 }),
    SettingRow(
      key: "stack_mode",
      kind: .word(StackMode.allCases.map(\.rawValue)) {
        $0.stackMode = StackMode(rawValue: $1) ?? .bpftrace
      }),
  ]

  /// What to do about parts of the language that other implementations call unstable, each by a setting of its own.
  private static let unstable: [SettingRow] = Settings.UnstableFeature.allCases.map { feature in
    SettingRow(
      key: "unstable_\(feature.rawValue)",
      kind: .word(["error", "warn", "enable"]) {
        $0.unstable[feature] = Settings.UnstablePolicy(rawValue: $1) ?? .enable
      })
  }

  /// Settings that scripts may hold and that change nothing here.
  private static let withoutEffect: [SettingRow] = [
    // The verifier's words get as much room as they need.
    SettingRow(key: "log_size", kind: .number(1...(1 << 30)) { _, _ in }),
    // Analysis is bounded by what the script itself can hold.
    SettingRow(key: "max_ast_nodes", kind: .number(0...(1 << 30)) { _, _ in }),
    SettingRow(key: "max_type_res_iterations", kind: .number(0...(1 << 30)) { _, _ in }),
    // Symbols come from the symbol table; nothing reads DWARF for them.
    SettingRow(key: "symbol_source", kind: .word(["symbol_table", "dwarf"]) { _, _ in }),
  ]

}
