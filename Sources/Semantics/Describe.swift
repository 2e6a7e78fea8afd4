import IR
import Probes
import Syntax
import Types

/// Returns `program` as text: its maps, and for each action its probes, its variables, and its tree with the types.
public func describe(_ program: Program) -> String {
  var lines: [String] = []
  for map in program.maps { lines.append(map.description) }
  for action in program.actions {
    if !lines.isEmpty { lines.append("") }
    lines.append("action \(action.context.programKind.rawValue), \(action.mechanism.rawValue)")
    lines += action.points.map { "  \($0.name)" }
    for field in action.context.fields ?? [] {
      let location = field.isDataLocation ? " through a data location" : ""
      lines.append("  args.\(field.name): \(field.value.type) at \(field.value.offset)\(location)")
    }
    lines += action.variables.map { "  \($0.name): \($0.type)" }
    let tree = describe(predicate: action.predicate, body: action.body) { expression in
      program.types[expression.id].map { $0 == .none ? "" : " : \($0)" } ?? ""
    }
    lines += tree.split(separator: "\n").map { "  \($0)" }
  }
  return lines.map { $0 + "\n" }.joined()
}

extension Program.ProgramMap: CustomStringConvertible {

  /// The map as a line of text: `map @bytes[uint32, string[16]]: sum(isSigned: true)`.
  public var description: String { outline + (help.map { " \"\($0)\"" } ?? "") }

  /// The line without what it is for.
  private var outline: String {
    let parts = key.isEmpty ? "" : "[\(key.map(\.description).joined(separator: ", "))]"
    let storage = declared.map { " in a \($0.kind.rawValue) hash of \($0.capacity)" } ?? ""
    if let pinned {
      return "map \(name)\(parts): \(value) in the \(pinned.kind) pinned to '\(pinned.path)'"
    }
    switch value {
    case .plain(let type): return "map \(name)\(parts): \(type)\(storage)"
    case .aggregation(let aggregation): return "map \(name)\(parts): \(aggregation)\(storage)"
    }
  }

}
