extension [Type] {

  /// The types with those of the members of records, and of records in those, in place of the records.
  public var withoutRecords: [Type] {
    flatMap { type in
      if case .record(let fields) = type { fields.map(\.type).withoutRecords } else { [type] }
    }
  }

}
