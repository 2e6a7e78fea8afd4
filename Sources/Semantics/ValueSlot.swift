import Diagnostics
import Types

/// A place in the script's memory whose type is being found out: a variable, a map's value, a part of a key.
struct ValueSlot {

  /// The type as far as it is known.
  var value: InferredType?

  /// The place in the script that gave the slot its kind.
  var site: SourceSpan?

  /// `true` iff the script declares the type, so that nothing widens it.
  var isFixed = false

  /// `true` iff the script says what the slot holds, so that a type that is not known is so because of a fault elsewhere.
  var isAssigned = false

  /// What came of putting a value into a slot.
  enum Outcome {

    /// It fits; `hasChanged` tells whether the slot had to be made for it.
    case fits(hasChanged: Bool)

    /// It fits, but the numbers can be greater than the slot's signed type holds.
    case mixedSigns(hasChanged: Bool)

    /// It is of another kind than the values that came before.
    case conflict

  }

  /// Makes the slot wide enough for `new`, a value at `site`.
  mutating func put(_ new: InferredType, at site: SourceSpan) -> Outcome {
    guard let old = value else {
      value = new
      self.site = site
      return .fits(hasChanged: true)
    }
    switch old.union(new) {
    case .type(let union):
      if isFixed || union == old {
        // What is declared, or known to be a number, can still turn out to be a moment or an address.
        value?.type.clock = union.type.clock
        value?.type.addressSpace = union.type.addressSpace
        return .fits(
          hasChanged: union.type.clock != old.type.clock || union.type.addressSpace != old.type.addressSpace)
      }
      value = union
      return .fits(hasChanged: true)
    case .mixedSigns:
      if isFixed { return .fits(hasChanged: false) }
      value = InferredType(.int64)
      // Numbers of the signed kind are held by what comes of it.
      let isUnsigned = new.type.asInteger?.isSigned == false
      return isUnsigned || old.type != .int64
        ? .mixedSigns(hasChanged: old.type != .int64) : .fits(hasChanged: false)
    case .none:
      return .conflict
    }
  }

}
