public import Types

extension MapContents {

  /// Puts the members of records, and of records in those, in place of the records in keys, in the order that they have in the given
  /// types, which the parts of the keys have but for the order of members and the sizes of values.
  ///
  /// What is printed like a record without being one, a C structure, stays whole.
  public mutating func spreadRecords(inKeysOf types: [Type]) {
    for index in elements.indices { elements[index].key = elements[index].key.spread(by: types) }
  }

}

extension [Value] {

  /// Returns the values with the members of records in place of those, in the order of the given types.
  fileprivate func spread(by types: [Type]) -> [Value] {
    zip(self, types).flatMap { value, type in
      guard case (.record(let members), .record(let fields)) = (value, type) else { return [value] }
      return fields.flatMap { field in
        members.first { $0.name == field.name }.map { [$0.value].spread(by: [field.type]) } ?? []
      }
    }
  }

}
