import Diagnostics
import Syntax
import Types

extension Script {

  /// Reports the uses of parts of the language that the settings `unstable_…` warn of or forbid.
  func checkUnstableFeatures(_ settings: Settings, reportingTo diagnostics: inout DiagnosticSet) {
    for feature in Settings.UnstableFeature.allCases {
      let policy = settings.unstable[feature, default: .enable]
      if policy == .enable { continue }
      for site in sites(of: feature) { diagnostics.insert(.unstable(feature, policy, at: site)) }
    }
  }

  /// Returns the places where `feature` is used.
  private func sites(of feature: Settings.UnstableFeature) -> [SourceSpan] {
    switch feature {
    case .imports: return imports.map(\.site)
    case .macros: return macros.map(\.name.site)
    case .mapDeclarations: return mapDeclarations.map(\.map.site)
    case .timeSeries, .addresses:
      var result: [SourceSpan] = []
      for action in actions {
        action.forEachExpression { expression in
          switch expression.kind {
          case .call(let name, _) where feature == .timeSeries && name.text == "tseries":
            result.append(expression.site)
          case .unary(.addressOf, _) where feature == .addresses: result.append(expression.site)
          default: break
          }
        }
      }
      return result
    }
  }

}

extension Diagnostic {

  /// A use of what a setting warns of or forbids.
  fileprivate static func unstable(
    _ feature: Settings.UnstableFeature, _ policy: Settings.UnstablePolicy, at site: SourceSpan
  ) -> Diagnostic {
    let key = "unstable_\(feature.rawValue)"
    return policy == .warn
      ? .warning("the setting '\(key)' warns of \(feature.plural)", at: site)
      : .error(
        "the setting '\(key)' forbids \(feature.plural)", at: site, hint: "set it to 'warn' or 'enable'")
  }

}

extension Settings.UnstableFeature {

  /// What messages call the feature.
  fileprivate var plural: String {
    switch self {
    case .imports: "imports"
    case .macros: "macros"
    case .mapDeclarations: "declarations of maps"
    case .timeSeries: "time series"
    case .addresses: "addresses of variables"
    }
  }

}
