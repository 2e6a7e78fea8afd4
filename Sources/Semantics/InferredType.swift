import Types

/// A type as far as it is known, and whether it can still turn unsigned.
struct InferredType: Hashable {

  /// The type.
  var type: Type

  /// `true` iff the value can only be one of literals that are not negative, which fits signed and unsigned types, or the
  /// address of a variable, whose type can still become wider.
  var isFlexible = false

  /// Creates an instance with the given properties.
  init(_ type: Type, isFlexible: Bool = false) {
    self.type = type
    self.isFlexible = isFlexible
  }

  /// What comes of putting values of two types into one place.
  enum Union: Hashable {

    /// A type that holds both.
    case type(InferredType)

    /// `int64`, which does not hold all values of the unsigned one.
    case mixedSigns

    /// None: they are of different kinds.
    case none

  }

  /// Returns what holds values of both `self` and `other`.
  func union(_ other: InferredType) -> Union {
    switch (type, other.type) {
    case (.integer(let a), .integer(let b)):
      let union = InferredType.union(a, isFlexible: isFlexible, b, isFlexible: other.isFlexible)
      guard case .type(var result) = union else { return union }
      result.type.clock = a.clock ?? b.clock
      result.type.addressSpace = a.addressSpace ?? b.addressSpace
      return .type(result)
    case (.timestamp(let a, let clock), .timestamp(let b, let other))
    where a == b && (clock == nil || other == nil):
      return .type(InferredType(.timestamp(format: a, clock: clock ?? other)))
    case (let a, let b) where a == b:
      return .type(self)
    case (.bool, .integer):
      return InferredType(.integer(IntegerType(width: 8, isSigned: true)), isFlexible: true).union(other)
    case (.integer, .bool):
      return other.union(self)
    case (.string(let a), .string(let b)):
      return .type(InferredType(.string(capacity: max(a, b))))
    case (.buffer(let a), .buffer(let b)):
      return .type(InferredType(.buffer(capacity: max(a, b))))
    case (.pointer, .integer) where other.isFlexible:
      return .type(self)
    case (.integer, .pointer) where isFlexible:
      return .type(other)
    case (.pointer(let a, let space), .pointer(let b, _)) where a != b && isFlexible && other.isFlexible:
      // The variable that is pointed to has become wider.
      guard case .type(let pointee) = InferredType(a).union(InferredType(b)) else { return .none }
      return .type(InferredType(.pointer(to: pointee.type, space), isFlexible: true))
    case (.pointer(let a, _), .pointer(let b, _)):
      if a == b || b == .none { return .type(self) }
      return a == .none ? .type(other) : .none
    case (.enumeration(_, let a), .enumeration(_, let b)), (.enumeration(_, let a), .integer(let b)),
      (.integer(let a), .enumeration(_, let b)):
      return InferredType.union(a, isFlexible: isFlexible, b, isFlexible: other.isFlexible)
    case (.array(let a, let count), .array(let b, let other)) where count == other:
      return InferredType.union(of: [a], [b]).map { .type(InferredType(.array(of: $0[0], count: count))) }
        ?? .none
    case (.tuple(let a), .tuple(let b)):
      return InferredType.union(of: a, b).map { .type(InferredType(.tuple($0))) } ?? .none
    case (.record(let a), .record(let b)):
      // The fields of the first one tell the order.
      let others = a.compactMap { field in b.first { $0.name == field.name }?.type }
      guard others.count == b.count, let types = InferredType.union(of: a.map(\.type), others) else {
        return .none
      }
      return .type(InferredType(.record(zip(a, types).map { RecordField($0.name, $1) })))
    default:
      return .none
    }
  }

  /// Returns what holds the parts of two values, one by one; nil if there is none.
  private static func union(of a: [Type], _ b: [Type]) -> [Type]? {
    guard a.count == b.count else { return nil }
    var result: [Type] = []
    for (x, y) in zip(a, b) {
      switch InferredType(x).union(InferredType(y)) {
      case .type(let part): result.append(part.type)
      case .mixedSigns: result.append(.int64)
      case .none: return nil
      }
    }
    return result
  }

  /// Returns what holds values of two integer types.
  private static func union(
    _ a: IntegerType, isFlexible aIsFlexible: Bool, _ b: IntegerType, isFlexible bIsFlexible: Bool
  ) -> Union {
    let width = max(a.width, b.width)
    if aIsFlexible && bIsFlexible {
      return .type(InferredType(.integer(IntegerType(width: width, isSigned: true)), isFlexible: true))
    }
    if aIsFlexible || bIsFlexible || a.isSigned == b.isSigned {
      let isSigned = aIsFlexible ? b.isSigned : a.isSigned
      return .type(InferredType(.integer(IntegerType(width: width, isSigned: isSigned))))
    }
    let (signed, unsigned) = a.isSigned ? (a, b) : (b, a)
    if unsigned.width == 64 { return .mixedSigns }
    let wide = max(signed.width, unsigned.width * 2)
    return .type(InferredType(.integer(IntegerType(width: wide, isSigned: true))))
  }

  /// Returns the type of a literal with the given value and suffix.
  static func literal(_ value: UInt64, isUnsigned: Bool) -> InferredType {
    for width in [8, 16, 32, 64] {
      let bits = isUnsigned ? width : width - 1
      if bits == 64 || value < UInt64(1) << UInt64(bits) {
        let type = IntegerType(width: width, isSigned: !isUnsigned)
        return InferredType(.integer(type), isFlexible: !isUnsigned)
      }
    }
    return InferredType(.uint64)
  }

  /// Returns the type of the literal -`magnitude`, nil if there is none.
  static func negativeLiteral(_ magnitude: UInt64) -> InferredType? {
    for width in [8, 16, 32, 64] where magnitude <= UInt64(1) << UInt64(width - 1) {
      return InferredType(.integer(IntegerType(width: width, isSigned: true)), isFlexible: magnitude == 0)
    }
    return nil
  }

}
