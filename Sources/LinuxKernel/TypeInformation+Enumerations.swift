import Kernel
import Types

extension TypeInformation {

  /// Returns the constants of the enumeration `name`, nil if there is none; one without a name of its own goes by the name that
  /// `typedef` gives to it.
  func enumeration(named name: String) -> EnumerationLayout? {
    let number = number(of: .enumeration, named: name) ?? self.number(of: .enumeration64, named: name)
    if let number { return record(number).flatMap { layout(of: $0) } }
    guard let alias = self.number(of: .typedef, named: name), let (_, record) = resolved(alias),
      [.enumeration, .enumeration64].contains(record.kind)
    else { return nil }
    return layout(of: record)
  }

  /// Returns the constant `name` of the first enumeration that has it, nil if none has.
  func constant(named name: String) -> (enumeration: String, type: IntegerType, value: Int64)? {
    var number = 1
    while let record = record(number) {
      number += 1
      guard record.kind == .enumeration || record.kind == .enumeration64 else { continue }
      for i in 0..<record.count where isName(name, at: word(at: entry(i, of: record))) {
        guard let type = enumerationType(record) else { continue }
        return (self.name(at: record.name), type, value(i, of: record))
      }
    }
    return nil
  }

  /// Returns the integers that represent the enumeration in `record`, nil for sizes that scripts do not have.
  func enumerationType(_ record: Record) -> IntegerType? {
    [1, 2, 4, 8].contains(record.sizeOrType)
      ? IntegerType(width: record.sizeOrType * 8, isSigned: record.flag) : nil
  }

  /// Returns the name and the value of the constant with the given index.
  func constant(_ index: Int, of record: Record) -> (name: String, value: Int64) {
    (name(at: word(at: entry(index, of: record))), value(index, of: record))
  }

  /// Returns the constants of the enumeration in `record`.
  private func layout(of record: Record) -> EnumerationLayout? {
    guard let type = enumerationType(record) else { return nil }
    return EnumerationLayout(
      type: type,
      constants: (0..<record.count).map { i in
        .init(name: name(at: word(at: entry(i, of: record))), value: value(i, of: record))
      })
  }

  /// Returns the offset in the file of the constant with the given index.
  private func entry(_ index: Int, of record: Record) -> Int {
    record.tail + index * (record.kind == .enumeration64 ? 12 : 8)
  }

  /// Returns the value of the constant with the given index, extended by the signedness of the enumeration.
  private func value(_ index: Int, of record: Record) -> Int64 {
    let entry = entry(index, of: record)
    let low = UInt32(truncatingIfNeeded: word(at: entry + 4))
    if record.kind == .enumeration64 {
      return Int64(bitPattern: UInt64(UInt32(truncatingIfNeeded: word(at: entry + 8))) << 32 | UInt64(low))
    }
    return record.flag ? Int64(Int32(bitPattern: low)) : Int64(low)
  }

}
