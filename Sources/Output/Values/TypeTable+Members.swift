public import Types

extension TypeTable {

  /// Returns the members of values of `type` if all of them have names: those of a record, and those of a structure that the table
  /// knows, without underscores in front of their names, which monitoring keeps for itself; nil if it has none, or they may overlap.
  public func namedMembers(of type: Type) -> [RecordField]? {
    switch type {
    case .record(let fields): return fields
    case .structure(let structure) where structure.name.keyword == .struct:
      guard let layout = structures[structure.name], !layout.members.isEmpty else { return nil }
      let members = layout.members.map { member in
        RecordField(String(member.name.drop { $0 == "_" }), member.type)
      }
      return members.allSatisfy { !$0.name.isEmpty } ? members : nil
    default: return nil
    }
  }

}
