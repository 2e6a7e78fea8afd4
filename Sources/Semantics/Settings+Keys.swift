import Diagnostics
public import Types

/// Why a setting cannot be applied.
public struct SettingFault: Error, Hashable, Sendable {

  /// What is wrong, in lower case and without a full stop.
  public let message: String

  /// `true` iff there is no such setting; else its value is wrong.
  public let isUnknownKey: Bool

}

extension Settings {

  /// Applies a setting of the `config` block or of an environment variable (`BPFTRACE_MAX_STRLEN` is `max_strlen`).
  public mutating func apply(key: String, value: String) throws(SettingFault) {
    switch key {
    case "max_strlen": maximumStringLength = try Settings.number(value, of: key, in: 2...16384)
    case "max_map_keys": maximumMapKeys = try Settings.number(value, of: key, in: 1...Int(Int32.max))
    case "max_probes": maximumProbes = try Settings.number(value, of: key, in: 1...Int(Int32.max))
    case "on_stack_limit": stackLimit = try Settings.number(value, of: key, in: 0...256)
    case "perf_rb_pages":
      let pages = try Settings.number(value, of: key, in: 1...(1 << 18))
      guard pages.nonzeroBitCount == 1 else {
        throw SettingFault(message: "'\(key)' must be a power of two", isUnknownKey: false)
      }
      ringBufferPages = pages
    case "print_maps_on_exit": printsMapsAtExit = try Settings.truth(value, of: key)
    case "str_trunc_trailer": truncationTrailer = value
    case "license": license = value
    case "missing_probes":
      guard let choice = MissingProbes(rawValue: value) else {
        throw SettingFault(
          message: "'\(key)' must be 'error', 'warn' or 'ignore', not '\(value)'", isUnknownKey: false)
      }
      missingProbes = choice
    default:
      // Settings of things that never cost us anything, or that this version does not have.
      guard Settings.keysWithoutEffect.contains(key) else {
        throw SettingFault(
          message: "unknown setting '\(key)'\(suggestion(for: key, among: Settings.keys))", isUnknownKey: true
        )
      }
    }
  }

  /// The keys of all settings.
  public static let keys: [String] =
    [
      "license", "max_map_keys", "max_probes", "max_strlen", "missing_probes", "on_stack_limit",
      "perf_rb_pages",
      "print_maps_on_exit", "str_trunc_trailer",
    ] + keysWithoutEffect

  /// The keys of settings that are accepted and change nothing.
  private static let keysWithoutEffect = [
    "cache_user_symbols", "cpp_demangle", "lazy_symbolication", "log_size", "max_ast_nodes", "max_bpf_progs",
    "max_cat_bytes", "max_type_res_iterations", "stack_mode", "symbol_source", "unstable_import",
    "unstable_macro", "unstable_map_decl", "unstable_tseries",
  ]

  /// Returns the number that `value` denotes.
  private static func number(
    _ value: String, of key: String, in range: ClosedRange<Int>
  ) throws(SettingFault) -> Int {
    guard let number = Int(value), range.contains(number) else {
      throw SettingFault(
        message: "'\(key)' must be a number from \(range.lowerBound) to \(range.upperBound), not '\(value)'",
        isUnknownKey: false)
    }
    return number
  }

  /// Returns the truth value that `value` denotes.
  private static func truth(_ value: String, of key: String) throws(SettingFault) -> Bool {
    switch value {
    case "1", "true": return true
    case "0", "false": return false
    default:
      throw SettingFault(message: "'\(key)' must be 'true' or 'false', not '\(value)'", isUnknownKey: false)
    }
  }

}
