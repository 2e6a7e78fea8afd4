internal import CLLVM

extension LLVMModule {

  /// Appends a load from `offset` bytes behind `base` that stays one instruction with that very offset.
  ///
  /// The verifier accepts loads from a program's context only like that ("dereference of modified ctx ptr disallowed"),
  /// and LLVM would otherwise be free to compute the address first, for example where two branches load from different
  /// offsets. The intrinsic is what `__attribute__((preserve_static_offset))` becomes (LLVM's
  /// `BPFPreserveStaticOffset.cpp`); the BPF back end turns it into a plain load at last.
  public func loadKeepingOffset(_ type: ValueType, from base: Value, offset: Int, alignment: Int) -> Value {
    let name = "llvm.bpf.getelementptr.and.load"
    let intrinsic = LLVMLookupIntrinsicID(name, name.utf8.count)
    precondition(intrinsic != 0, "LLVM has the BPF target's intrinsics")
    var overloads: [LLVMTypeRef?] = [type.reference]
    let function = LLVMGetIntrinsicDeclaration(module, intrinsic, &overloads, 1)!
    var arguments: [LLVMValueRef?] = [
      base.reference,
      constant(0, width: 1).reference,  // not volatile
      constant(0, width: 8).reference,  // not atomic
      constant(1, width: 8).reference,  // the scope of synchronisation: the system
      constant(Int64(alignment.trailingZeroBitCount), width: 8).reference,
      constant(1, width: 1).reference,  // within the object
      constant(Int64(offset), width: 64).reference,
    ]
    let call = LLVMBuildCall2(
      builder, LLVMGlobalGetValueType(function), function, &arguments, UInt32(arguments.count), "")!
    let elementType = LLVMGetEnumAttributeKindForName("elementtype", 11)
    LLVMAddCallSiteAttribute(
      call, 1, LLVMCreateTypeAttribute(context, elementType, integer(8).reference))
    for name in ["nounwind", "memory"] {
      let kind = LLVMGetEnumAttributeKindForName(name, name.utf8.count)
      // The context does not change while the program runs, so loads of it depend on no memory.
      LLVMAddCallSiteAttribute(call, functionIndex, LLVMCreateEnumAttribute(context, kind, 0))
    }
    return Value(call)
  }

}
