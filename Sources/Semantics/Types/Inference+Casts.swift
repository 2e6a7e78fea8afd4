import Diagnostics
import Probes
import Syntax
import Types

/// Casts and comparisons: which types go with which.
extension Inference {

  /// Returns the type of `(name)operand`.
  mutating func inferCast(_ name: TypeName, _ operand: Expression) -> InferredType? {
    let old = value(operand)?.type
    // `(uint8[])x` has as many elements as there are in `x`.
    if case .array(let element, nil) = name.kind {
      let element = resolveValue(element)
      guard let element, let old else { return nil }
      guard let size = element.fixedSize, let bytes = old.byteCount, size > 0, bytes % size == 0, bytes > 0
      else {
        report(.cannotCast(old, .array(of: element, count: 0), at: name.site))
        return nil
      }
      return InferredType(.array(of: element, count: bytes / size))
    }
    let type = resolveValue(name)
    guard let type, let old else { return nil }
    // Text that is cast to no length in particular keeps its own.
    if case .named("string") = name.kind, old.isString { return InferredType(old) }
    switch (old, type) {
    case (.pointer(_, let space), .pointer(let pointee, _)):
      return InferredType(.pointer(to: pointee, space))
    case (_, .pointer(let pointee, _)) where old.asInteger != nil:
      return InferredType(.pointer(to: pointee, probe.addressSpace))
    case (_, .structure) where old.asInteger != nil:
      report(.castToStructure(old, type, at: name.site))
      return nil
    default:
      if old == type || old.canBeCast(to: type) { return InferredType(type) }
      report(.cannotCast(old, type, at: name.site))
      return nil
    }
  }

}

extension Type {

  /// The number of bytes that a cast reinterprets, nil if the representation of values is nobody's business.
  var byteCount: Int? {
    switch self {
    case .integer, .bool, .enumeration, .pointer, .array, .structure: fixedSize
    case .string(let capacity), .buffer(let capacity): capacity
    default: nil
    }
  }

  /// Returns `true` iff `(type)x` has a meaning where `x` is a value of the type that is no pointer.
  fileprivate func canBeCast(to type: Type) -> Bool {
    switch (self, type) {
    case (_, .integer), (_, .bool), (_, .enumeration):
      if asInteger != nil || (isScalar && self != .probeName && self != .functionName) { return true }
      if case .array = self { return (1...8).contains(byteCount ?? 0) }
      return false
    case (.string, .string), (.buffer, .buffer): return true
    case (_, .array) where asInteger != nil: return [1, 2, 4, 8].contains(type.fixedSize ?? 0)
    case (.string, .array(.integer(let element), _)): return element.width == 8
    case (.buffer, .array(.integer(let element), _)): return element.width == 8
    case (.array(.integer(let element), _), .string): return element.width == 8
    case (.array, .array), (.structure, .array), (.array, .structure): return byteCount == type.byteCount
    case (.buffer(let capacity), .structure(let structure)): return capacity >= structure.size ?? .max
    case (.tuple, .tuple), (.record, .record):
      return InferredType(self).union(InferredType(type)) != .none
    default: return false
    }
  }

  /// Returns `true` iff values of the type and of `other` can be compared with `==`.
  func isEquatable(to other: Type) -> Bool {
    if asInteger != nil { return other.asInteger != nil }
    switch (self, other) {
    case (.none, _): return false
    case (.string, .string), (.buffer, .buffer): return true
    case (.array(let a, let m), .array(let b, let n)): return m == n && a.isEquatable(to: b)
    case (.tuple(let a), .tuple(let b)):
      return a.count == b.count && zip(a, b).allSatisfy { $0.isEquatable(to: $1) }
    case (.record(let a), .record(let b)):
      return a.map(\.name) == b.map(\.name) && zip(a, b).allSatisfy { $0.type.isEquatable(to: $1.type) }
    case (.timestamp(let a, let clock), .timestamp(let b, let other)):
      return a == b && clock ?? .boot == other ?? .boot
    default: return self == other
    }
  }

}
