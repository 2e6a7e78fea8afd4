internal import CLLVM

/// An operation on two integers.
public enum IntegerOperation {
  case add, subtract, multiply, unsignedDivide, unsignedRemainder
  case and, or, xor, shiftLeft, logicalShiftRight, arithmeticShiftRight

  /// LLVM's number.
  var opcode: LLVMOpcode {
    switch self {
    case .add: LLVMAdd
    case .subtract: LLVMSub
    case .multiply: LLVMMul
    case .unsignedDivide: LLVMUDiv
    case .unsignedRemainder: LLVMURem
    case .and: LLVMAnd
    case .or: LLVMOr
    case .xor: LLVMXor
    case .shiftLeft: LLVMShl
    case .logicalShiftRight: LLVMLShr
    case .arithmeticShiftRight: LLVMAShr
    }
  }
}

/// A comparison of two integers.
public enum IntegerComparison {
  case equal, notEqual, unsignedLess, unsignedLessOrEqual, signedLess, signedLessOrEqual

  /// LLVM's number.
  var predicate: LLVMIntPredicate {
    switch self {
    case .equal: LLVMIntEQ
    case .notEqual: LLVMIntNE
    case .unsignedLess: LLVMIntULT
    case .unsignedLessOrEqual: LLVMIntULE
    case .signedLess: LLVMIntSLT
    case .signedLessOrEqual: LLVMIntSLE
    }
  }
}

extension LLVMModule {

  /// Appends an operation.
  public func emit(_ operation: IntegerOperation, _ a: Value, _ b: Value) -> Value {
    Value(LLVMBuildBinOp(builder, operation.opcode, a.reference, b.reference, ""))
  }

  /// Appends a comparison, whose result has one bit.
  public func emit(_ comparison: IntegerComparison, _ a: Value, _ b: Value) -> Value {
    Value(LLVMBuildICmp(builder, comparison.predicate, a.reference, b.reference, ""))
  }

  /// Appends a choice between two values by a condition of one bit.
  public func select(_ condition: Value, _ a: Value, _ b: Value) -> Value {
    Value(LLVMBuildSelect(builder, condition.reference, a.reference, b.reference, ""))
  }

  /// Appends what makes an integer of type `type` out of `value` by cutting or extending it.
  public func resize(_ value: Value, to type: ValueType, isSigned: Bool = false) -> Value {
    value.type == type
      ? value : Value(LLVMBuildIntCast2(builder, value.reference, type.reference, isSigned ? 1 : 0, ""))
  }

  /// Appends what gives `value`, an integer or an address, without LLVM knowing that it does: inline assembly without
  /// instructions. Two of different numbers are not made one.
  public func opaque(_ value: Value, number: Int) -> Value {
    let isNarrow = value.type != pointer && value.type.width < 64
    let operand = isNarrow ? resize(value, to: integer(64)) : value
    var types: [LLVMTypeRef?] = [operand.type.reference, integer(64).reference]
    let type = LLVMFunctionType(operand.type.reference, &types, 2, 0)
    var text = Array("".utf8CString)
    var constraints = Array("=r,0,i".utf8CString)
    let assembly = LLVMGetInlineAsm(
      type, &text, 0, &constraints, constraints.count - 1, 0, 0, LLVMInlineAsmDialectATT, 0)
    var arguments: [LLVMValueRef?] = [operand.reference, constant(Int64(number), width: 64).reference]
    let result = Value(LLVMBuildCall2(builder, type, assembly, &arguments, 2, ""))
    return isNarrow ? resize(result, to: value.type) : result
  }

  /// Appends inline assembly without instructions: what stands before it is not made one with what stands before another number.
  public func mark(_ number: Int) {
    var types: [LLVMTypeRef?] = [integer(64).reference]
    let type = LLVMFunctionType(LLVMVoidTypeInContext(context), &types, 1, 0)
    var text = Array("".utf8CString)
    var constraints = Array("i".utf8CString)
    let assembly = LLVMGetInlineAsm(
      type, &text, 0, &constraints, constraints.count - 1, 1, 0, LLVMInlineAsmDialectATT, 0)
    var arguments: [LLVMValueRef?] = [constant(Int64(number), width: 64).reference]
    LLVMBuildCall2(builder, type, assembly, &arguments, 1, "")
  }

  /// Appends what makes an address out of a number.
  public func toPointer(_ value: Value) -> Value {
    Value(LLVMBuildIntToPtr(builder, value.reference, pointer.reference, ""))
  }

  /// Appends what makes a number out of an address.
  public func toInteger(_ value: Value) -> Value {
    Value(LLVMBuildPtrToInt(builder, value.reference, integer(64).reference, ""))
  }

  /// Appends the reservation of stack memory.
  public func allocate(_ type: ValueType, alignment: Int, name: String) -> Value {
    let current = LLVMGetInsertBlock(builder)!
    let first = LLVMGetEntryBasicBlock(LLVMGetBasicBlockParent(current))!
    // The stack has memory for what is reserved in the first block only, in front of where that ends.
    if first != current, let end = LLVMGetBasicBlockTerminator(first) {
      LLVMPositionBuilderBefore(builder, end)
    }
    let result = LLVMBuildAlloca(builder, type.reference, name)!
    LLVMSetAlignment(result, UInt32(alignment))
    if first != current { LLVMPositionBuilderAtEnd(builder, current) }
    return Value(result)
  }

  /// Appends a load.
  public func load(_ type: ValueType, from address: Value) -> Value {
    Value(LLVMBuildLoad2(builder, type.reference, address.reference, ""))
  }

  /// Appends a store.
  public func store(_ value: Value, to address: Value) {
    LLVMBuildStore(builder, value.reference, address.reference)
  }

  /// Appends an operation on 64 bits in memory in one step, ordered with nothing else.
  ///
  /// - Returns: what was there before.
  @discardableResult
  public func atomic(_ operation: AtomicUpdate, _ value: Value, to address: Value) -> Value {
    let kind =
      switch operation {
      case .add: LLVMAtomicRMWBinOpAdd
      case .and: LLVMAtomicRMWBinOpAnd
      case .or: LLVMAtomicRMWBinOpOr
      case .xor: LLVMAtomicRMWBinOpXor
      case .exchange: LLVMAtomicRMWBinOpXchg
      }
    return Value(
      LLVMBuildAtomicRMW(
        builder, kind, address.reference, value.reference, LLVMAtomicOrderingMonotonic, 0))
  }

  /// Appends the address `offset` bytes behind `base`, which is in the same object.
  public func advance(_ base: Value, by offset: Value) -> Value {
    var indices: [LLVMValueRef?] = [offset.reference]
    return Value(
      LLVMBuildInBoundsGEP2(builder, integer(8).reference, base.reference, &indices, 1, ""))
  }

  /// Appends a call of `function`, which does not unwind.
  ///
  /// - Parameter isPure: `true` iff the call accesses no memory and depends on nothing but its arguments.
  public func call(
    _ function: Value, _ type: ValueType, _ arguments: [Value], isPure: Bool = false
  ) -> Value {
    var values: [LLVMValueRef?] = arguments.map(\.reference)
    let call = LLVMBuildCall2(
      builder, type.reference, function.reference, &values, UInt32(values.count), "")!
    for name in isPure ? ["nounwind", "willreturn", "memory"] : ["nounwind"] {
      let kind = LLVMGetEnumAttributeKindForName(name, name.utf8.count)
      // The value 0 of `memory` means that none is accessed.
      LLVMAddCallSiteAttribute(call, functionIndex, LLVMCreateEnumAttribute(context, kind, 0))
    }
    return Value(call)
  }

  /// Appends a block to `function`.
  public func addBlock(_ name: String, to function: Function) -> BasicBlock {
    BasicBlock(LLVMAppendBasicBlockInContext(context, function.value.reference, name))
  }

  /// Returns a block that is in no function yet, to which it must be added before instructions are appended.
  public func makeBlock(_ name: String) -> BasicBlock {
    BasicBlock(LLVMCreateBasicBlockInContext(context, name))
  }

  /// Adds `block`, which is in no function yet, behind the other blocks of `function`.
  public func add(_ block: BasicBlock, to function: Function) {
    LLVMAppendExistingBasicBlock(function.value.reference, block.reference)
  }

  /// Makes instructions be appended to `block`.
  public func append(to block: BasicBlock) { LLVMPositionBuilderAtEnd(builder, block.reference) }

  /// The block that instructions are appended to.
  public var currentBlock: BasicBlock { BasicBlock(LLVMGetInsertBlock(builder)) }

  /// Appends the statement that control never gets here.
  public func unreachable() { LLVMBuildUnreachable(builder) }

  /// Appends a jump.
  public func jump(to block: BasicBlock) { LLVMBuildBr(builder, block.reference) }

  /// Appends a jump to one of two blocks by a condition of one bit.
  public func branch(_ condition: Value, then: BasicBlock, otherwise: BasicBlock) {
    LLVMBuildCondBr(builder, condition.reference, then.reference, otherwise.reference)
  }

  /// Appends the end of the function.
  public func returns(_ value: Value) { LLVMBuildRet(builder, value.reference) }

  /// Appends a value that depends on the block that control came from.
  public func merge(_ type: ValueType, _ sources: [(value: Value, block: BasicBlock)]) -> Value {
    let phi = LLVMBuildPhi(builder, type.reference, "")!
    var values: [LLVMValueRef?] = sources.map(\.value.reference)
    var blocks: [LLVMBasicBlockRef?] = sources.map(\.block.reference)
    LLVMAddIncoming(phi, &values, &blocks, UInt32(sources.count))
    return Value(phi)
  }

  /// Adds a further source to a value that depends on the block that control came from.
  public func addSource(_ value: Value, from block: BasicBlock, to merged: Value) {
    var values: [LLVMValueRef?] = [value.reference]
    var blocks: [LLVMBasicBlockRef?] = [block.reference]
    LLVMAddIncoming(merged.reference, &values, &blocks, 1)
  }

}

/// An operation on memory in one step.
public enum AtomicUpdate: Hashable, Sendable { case add, and, or, xor, exchange }
