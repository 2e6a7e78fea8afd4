import Diagnostics
import Metrics
import Storing

extension ExportFault {

  /// Returns the fault as a message about its place in one of `scripts`, nil if that is not known.
  func diagnostic(in scripts: [CompiledScript]) -> Diagnostic? {
    guard let site = scripts[script].mapSites[map] else { return nil }
    var notes: [Diagnostic.Note] = []
    if let other, let place = scripts[other.script].mapSites[other.map] {
      notes.append(.init("'\(other.map)' is used first here", at: place))
    }
    return .error(message, at: site, notes: notes, hint: hint)
  }

}
