internal import CLLVM

// References to things that a module owns. They are valid as long as the module is.

/// A value: a constant, a parameter, or the result of an instruction.
public struct Value {

  /// LLVM's reference.
  let reference: LLVMValueRef

  /// Refers to what `reference` refers to.
  init(_ reference: LLVMValueRef) { self.reference = reference }

  /// The type.
  public var type: ValueType { ValueType(LLVMTypeOf(reference)) }

}

/// The type of a value.
public struct ValueType: Equatable {

  /// LLVM's reference.
  let reference: LLVMTypeRef

  /// Refers to what `reference` refers to.
  init(_ reference: LLVMTypeRef) { self.reference = reference }

  /// The number of bits.
  ///
  /// - Requires: the type is one of integers.
  public var width: Int { Int(LLVMGetIntTypeWidth(reference)) }

}

/// A function.
public struct Function {

  /// The function as a value.
  public let value: Value

  /// The type of the function, not of its address.
  public let type: ValueType

  /// The name.
  public var name: String {
    var length = 0
    return LLVMGetValueName2(value.reference, &length).map { String(cString: $0) } ?? ""
  }

  /// Returns the parameter at `index`.
  public func parameter(_ index: Int) -> Value { Value(LLVMGetParam(value.reference, UInt32(index))) }

}

/// A row of instructions without jumps into it or out of it, but at its ends.
public struct BasicBlock {

  /// LLVM's reference.
  let reference: LLVMBasicBlockRef

  /// Refers to what `reference` refers to.
  init(_ reference: LLVMBasicBlockRef) { self.reference = reference }

}

/// A piece of information for debuggers.
public struct Metadata {

  /// LLVM's reference.
  let reference: LLVMMetadataRef

  /// Refers to what `reference` refers to.
  init(_ reference: LLVMMetadataRef) { self.reference = reference }

}

/// What LLVM said when it refused to do something.
public struct LLVMError: Error, Hashable, Sendable {

  /// LLVM's words.
  public let message: String

  /// Creates an instance with the given message.
  public init(_ message: String) { self.message = message }

  /// Creates an instance with a message of LLVM's, which is released.
  init(consuming message: UnsafeMutablePointer<CChar>?) {
    self.message = message.map { String(cString: $0) } ?? "unknown error"
    LLVMDisposeMessage(message)
  }

}
