internal import CLLVM

extension LLVMModule {

  /// Returns the integer type with `width` bits.
  public func integer(_ width: Int) -> ValueType {
    ValueType(LLVMIntTypeInContext(context, UInt32(width)))
  }

  /// The type of addresses.
  public var pointer: ValueType { ValueType(LLVMPointerTypeInContext(context, 0)) }

  /// Returns the type of `count` values of type `element` in a row.
  public func array(of element: ValueType, count: Int) -> ValueType {
    ValueType(LLVMArrayType2(element.reference, UInt64(count)))
  }

  /// Returns the type of functions from `parameters` to `result`, with any number of further arguments iff `isVariadic`.
  public func function(
    from parameters: [ValueType], to result: ValueType, isVariadic: Bool = false
  ) -> ValueType {
    var types: [LLVMTypeRef?] = parameters.map(\.reference)
    return ValueType(
      LLVMFunctionType(result.reference, &types, UInt32(types.count), isVariadic ? 1 : 0))
  }

  /// Returns the integer `number` with `width` bits.
  public func constant(_ number: Int64, width: Int) -> Value {
    Value(LLVMConstInt(integer(width).reference, UInt64(bitPattern: number), 0))
  }

  /// Returns the value of type `type` whose bits are all 0.
  public func zero(_ type: ValueType) -> Value { Value(LLVMConstNull(type.reference)) }

  /// Returns the address `number`.
  public func address(_ number: Int) -> Value {
    Value(LLVMConstIntToPtr(constant(Int64(number), width: 64).reference, pointer.reference))
  }

  /// Returns a row of bytes.
  public func constant(_ bytes: [UInt8]) -> Value {
    Value(
      bytes.withUnsafeBytes {
        LLVMConstStringInContext2(
          context, $0.baseAddress?.assumingMemoryBound(to: CChar.self), $0.count, 1)
      })
  }

  /// Adds a variable that the process can find by its name, and returns its address.
  public func addGlobal(
    _ name: String, in section: String, initially value: Value, isConstant: Bool = false, alignment: Int
  ) -> Value {
    let global = LLVMAddGlobal(module, value.type.reference, name)!
    LLVMSetInitializer(global, value.reference)
    LLVMSetSection(global, section)
    LLVMSetGlobalConstant(global, isConstant ? 1 : 0)
    LLVMSetAlignment(global, UInt32(alignment))
    return Value(global)
  }

  /// Adds a function that does not unwind, in `section`.
  public func addFunction(_ name: String, _ type: ValueType, in section: String) -> Function {
    let function = LLVMAddFunction(module, name, type.reference)!
    LLVMSetSection(function, section)
    addAttribute("nounwind", to: function)
    return Function(value: Value(function), type: type)
  }

  /// Adds a function that does not unwind, for the functions of the module only.
  public func addLocalFunction(_ name: String, _ type: ValueType) -> Function {
    let function = addFunction(name, type, in: ".text")
    LLVMSetLinkage(function.value.reference, LLVMInternalLinkage)
    return function
  }

  /// Adds a function that is defined elsewhere.
  public func declareFunction(_ name: String, _ type: ValueType) -> Function {
    Function(value: Value(LLVMAddFunction(module, name, type.reference)), type: type)
  }

  /// Returns the function with the given name, nil iff there is none.
  public func function(named name: String) -> Function? {
    LLVMGetNamedFunction(module, name).map {
      Function(value: Value($0), type: ValueType(LLVMGlobalGetValueType($0)))
    }
  }

  /// Adds an attribute without a value to `function`.
  func addAttribute(_ name: String, to function: LLVMValueRef) {
    let kind = LLVMGetEnumAttributeKindForName(name, name.utf8.count)
    precondition(kind != 0, "LLVM has no attribute of this name")
    LLVMAddAttributeAtIndex(function, functionIndex, LLVMCreateEnumAttribute(context, kind, 0))
  }

}

/// The index of attributes of a whole function: `LLVMAttributeFunctionIndex`, which Swift does not import.
let functionIndex = LLVMAttributeIndex.max
