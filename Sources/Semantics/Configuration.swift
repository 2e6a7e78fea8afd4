import Diagnostics
import Syntax
import Types

extension Settings {

  /// Applies the settings that a script's `config` block makes, reporting what is wrong with them.
  mutating func apply(_ items: [ConfigurationItem], reportingTo diagnostics: inout DiagnosticSet) {
    for item in items {
      guard let value = item.value.settingText else {
        diagnostics.insert(.invalidSettingValue(item))
        continue
      }
      do {
        try apply(key: item.key.text, value: value)
      } catch {
        diagnostics.insert(.error(error.message, at: error.isUnknownKey ? item.key.site : item.value.site))
      }
    }
  }

}

extension Expression {

  /// The text of the value of a setting: a literal or a bare word.
  fileprivate var settingText: String? {
    switch kind {
    case .integer(let literal): String(literal.value)
    case .string(let bytes): String(decoding: bytes, as: UTF8.self)
    case .boolean(let value): String(value)
    case .identifier(let word): word
    default: nil
    }
  }

}
