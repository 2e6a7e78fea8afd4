import Builtins
import Diagnostics
import Kernel
import Syntax

/// What the headers that the script includes have to do with what is wrong.
extension ScriptTypes {

  /// Why a name may not have been found, nil if no header has to do with it.
  var obstacle: String? { headers.own?.obstacle ?? headers.system?.obstacle }

  /// Returns the function `name` that the script imports, nil if there is none.
  func function(named name: String) -> (any Builtin)? {
    if let known = functions[name] { return known.map { ImportedFunction(name, $0) } }
    let signature = headers.own?.function(named: name)
    functions[name] = .some(signature)
    return signature.map { ImportedFunction(name, $0) }
  }

}

extension Diagnostic {

  /// Returns the message, about something that is not defined, with the headers that may define it as its hint.
  func explained(by types: ScriptTypes) -> Diagnostic {
    Diagnostic(level, message, at: site, notes: notes, hint: types.obstacle ?? hint)
  }

}

extension Script {

  /// Reports what is wrong with the headers that belong to the script.
  func rejectFaultyHeaders(_ headers: ScriptHeaders, reportingTo diagnostics: inout DiagnosticSet) {
    guard let own = headers.own else { return }
    // What follows the first fault mostly follows from it.
    for fault in own.faults.prefix(1) {
      diagnostics.insert(.faultyHeader(fault, at: site(ofHeader: fault)))
    }
  }

  /// Returns the place of the `#include` or `import` of the header that `fault` is about, as far as that can be told.
  private func site(ofHeader fault: String) -> SourceSpan {
    var last: SourceSpan?
    for case .inclusion(let header) in preamble {
      let name = header.path.split(separator: "/").last.map(String.init) ?? header.path
      if fault.contains("/\(name):") { return header.site }
      if !header.isSystem { last = header.site }
    }
    return last ?? SourceSpan(source, from: 0, to: 0)
  }

}

extension Diagnostic {

  /// A header that the C compiler does not accept; `fault` is what it says, with the place in the header.
  fileprivate static func faultyHeader(_ fault: String, at site: SourceSpan) -> Diagnostic {
    .error("the header cannot be used: \(fault)", at: site)
  }

}
