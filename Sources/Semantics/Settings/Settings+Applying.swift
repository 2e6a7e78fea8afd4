import Diagnostics
import Syntax
public import Types

extension Settings {

  /// The keys of all settings, sorted.
  public static var keys: [String] { SettingRow.all.keys.sorted() }

  /// Applies the setting that the text of an environment variable makes (`BPFTRACE_MAX_STRLEN` is `max_strlen`); returns what
  /// is expected in its place if the text is no value of the setting, nil if it is one.
  ///
  /// - Requires: `keys` contains `key`.
  public mutating func apply(key: String, variable text: String) -> String? {
    guard let row = SettingRow.all[key] else { preconditionFailure("no setting '\(key)'") }
    return row.apply(.variable(text), to: &self) ? nil : row.expectation
  }

  /// Applies the settings that a script's `config` block makes, reporting what is wrong with them.
  mutating func apply(_ items: [ConfigurationItem], reportingTo diagnostics: inout DiagnosticSet) {
    var first: [String: Name] = [:]
    for item in items {
      let key = Settings.key(named: item.key.text)
      guard let row = SettingRow.all[key] else {
        diagnostics.insert(.unknownSetting(item.key))
        continue
      }
      if let earlier = first[key] {
        diagnostics.insert(.repeatedSetting(item.key, first: earlier))
        continue
      }
      first[key] = item.key
      if item.value.setting.map({ row.apply($0, to: &self) }) != true {
        diagnostics.insert(.wrongSettingValue(item, expected: row.expectation))
      }
    }
  }

}

extension Settings {

  /// Returns the key that a script may also write as the environment has it: `BPFTRACE_MAX_STRLEN`, `MAX_STRLEN`.
  fileprivate static func key(named name: String) -> String {
    let key = name.lowercased()
    let prefix = "bpftrace_"
    return key.hasPrefix(prefix) ? String(key.dropFirst(prefix.utf8.count)) : key
  }

}

extension Expression {

  /// The value of a setting that the expression is, a literal or a bare word; nil if it is something else.
  fileprivate var setting: SettingValue? {
    switch kind {
    case .integer(let literal): Int(exactly: literal.value).map { .number($0) }
    case .string(let bytes): .string(String(decoding: bytes, as: UTF8.self))
    case .boolean(let value): .truth(value)
    case .identifier(let word): .word(word)
    default: nil
    }
  }

}

/// Messages about settings, sorted by name.
extension Diagnostic {

  /// Two settings with one key.
  fileprivate static func repeatedSetting(_ key: Name, first: Name) -> Diagnostic {
    .error(
      "the setting '\(key.text)' is given twice", at: key.site,
      notes: [Note("it is given first here", at: first.site)])
  }

  /// A key that no setting has.
  fileprivate static func unknownSetting(_ key: Name) -> Diagnostic {
    .error(
      "unknown setting '\(key.text)'\(suggestion(for: Settings.key(named: key.text), among: Settings.keys))",
      at: key.site)
  }

  /// A value that a setting does not take.
  fileprivate static func wrongSettingValue(_ item: ConfigurationItem, expected: String) -> Diagnostic {
    .error("'\(item.key.text)' takes \(expected)", at: item.value.site)
  }

}
