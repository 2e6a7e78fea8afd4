/// A value that one user at a time has, so that it is changed in place: of one that two have, a change makes a copy of each of its
/// tables.
struct Exclusive<Contents> {

  /// The value, nil while somebody has it.
  private var contents: Contents?

  /// Creates an instance that holds `contents`.
  init(_ contents: consuming Contents) { self.contents = contents }

  /// Hands the value over; it must be put back.
  mutating func take() -> Contents {
    guard let result = contents.take() else { preconditionFailure("somebody else has the value") }
    return result
  }

  /// Puts the value back.
  mutating func put(_ contents: consuming Contents) { self.contents = contents }

}
