/// How values are laid out in the kernel's memory and in events: like C structures, but for text.
///
/// Text starts at a multiple of 8 and takes a multiple of 8 bytes. The bytes behind its zero byte are zero too, except in
/// events, so that texts can be compared and hashed word by word.
extension Type {

  /// The number of bytes that a value takes.
  ///
  /// - Requires: the type has a size: it is neither `.none` nor an incomplete structure, nor made of such.
  public var size: Int {
    switch self {
    case .none: preconditionFailure("a type without a size")
    case .structure(let type):
      if let size = type.size { size } else { preconditionFailure("an incomplete structure") }
    case .bool: 1
    case .integer(let type), .enumeration(_, let type): type.width / 8
    case .string(let capacity): capacity.rounded(upToMultipleOf: 8)
    case .buffer(let capacity): 4 + capacity
    case .pointer, .timestamp, .kernelSymbol, .cgroupPath: 8
    case .probeName, .functionName, .username, .processName, .loadAverage: 4
    case .userSymbol: 16
    case .kernelStack, .userStack: StackStorage.keySize
    case .inet: 20
    case .macAddress: 6
    case .array(let element, let count): element.size * count
    case .tuple(let elements): StructLayout(of: elements).size
    case .record(let fields): StructLayout(of: fields.map(\.type)).size
    }
  }

  /// The number of bytes that a value takes, nil for types without a size of their own.
  public var fixedSize: Int? {
    switch self {
    case .none: nil
    case .structure(let type): type.size
    case .array(let element, let count):
      element.fixedSize.flatMap { size in
        let (product, overflows) = size.multipliedReportingOverflow(by: count)
        return overflows ? nil : product
      }
    case .tuple(let elements): elements.allSatisfy { $0.fixedSize != nil } ? size : nil
    case .record(let fields): fields.allSatisfy { $0.type.fixedSize != nil } ? size : nil
    default: size
    }
  }

  /// The number of bytes that the address of a value is a multiple of.
  public var alignment: Int {
    switch self {
    case .none, .macAddress: 1
    case .string: 8
    case .buffer, .inet: 4
    case .array(let element, _): element.alignment
    case .tuple(let elements): elements.map(\.alignment).max() ?? 1
    case .record(let fields): fields.map(\.type.alignment).max() ?? 1
    case .structure(let type): type.alignment
    case .userSymbol, .kernelStack, .userStack: 8
    default: size
    }
  }

}

/// Where the elements of a sequence of values are, laid out like a C structure.
public struct StructLayout: Hashable, Sendable {

  /// The offset of each element in bytes.
  public let offsets: [Int]

  /// The number of bytes in all, padding at the end included.
  public let size: Int

  /// Creates the layout of values of the given types behind `header` bytes.
  public init(of types: [Type], after header: Int = 0) {
    var offset = header
    var offsets: [Int] = []
    var alignment = 1
    for type in types {
      alignment = max(alignment, type.alignment)
      offset = offset.rounded(upToMultipleOf: type.alignment)
      offsets.append(offset)
      offset += type.size
    }
    self.offsets = offsets
    self.size = offset.rounded(upToMultipleOf: alignment)
  }

}

extension Int {

  /// Returns the smallest multiple of `unit` that is not less than `self`.
  public func rounded(upToMultipleOf unit: Int) -> Int { (self + unit - 1) / unit * unit }

}
