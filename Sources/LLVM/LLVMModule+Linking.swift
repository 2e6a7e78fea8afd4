internal import CLLVM

extension LLVMModule {

  /// Adds the functions in `bitcode`, to be inlined wherever they are called unless they say otherwise, and returns those that stay functions of
  /// their own because somebody takes their address.
  public func link(_ bitcode: [UInt8]) throws(LLVMError) -> [Function] {
    let buffer = bitcode.withUnsafeBytes {
      LLVMCreateMemoryBufferWithMemoryRangeCopy(
        $0.baseAddress?.assumingMemoryBound(to: CChar.self), $0.count, "bpf-runtime")
    }
    defer { LLVMDisposeMemoryBuffer(buffer) }
    var parsed: LLVMModuleRef?
    guard LLVMParseBitcodeInContext2(context, buffer, &parsed) == 0, let parsed else {
      try throwComplaints()
      throw LLVMError("the bitcode of the runtime cannot be read")
    }
    setLicencesApart(in: parsed)
    setNamesApart(in: parsed)
    var names: [String] = []
    var function = LLVMGetFirstFunction(parsed)
    while let f = function {
      if LLVMIsDeclaration(f) == 0 {
        var length = 0
        if let name = LLVMGetValueName2(f, &length) { names.append(String(cString: name)) }
      }
      function = LLVMGetNextFunction(f)
    }
    guard LLVMLinkModules2(module, parsed) == 0 else {
      try throwComplaints()
      throw LLVMError("the runtime cannot be linked")
    }
    var callbacks: [Function] = []
    for name in names {
      guard let f = LLVMGetNamedFunction(module, name) else { continue }
      LLVMSetLinkage(f, LLVMInternalLinkage)
      if isAddressTaken(of: f) {
        addAttribute("noinline", to: f)
        callbacks.append(Function(value: Value(f), type: ValueType(LLVMGlobalGetValueType(f))))
      } else if !hasAttribute("noinline", f) {
        addAttribute("alwaysinline", to: f)
      }
      // What was compiled for another processor than the caller is not inlined.
      for attribute in ["target-cpu", "target-features", "stack-protector-buffer-size"] {
        LLVMRemoveStringAttributeAtIndex(f, functionIndex, attribute, UInt32(attribute.utf8.count))
      }
    }
    return callbacks
  }

  /// Hides the licence that `module` has, if it has one: that of the script counts.
  private func setLicencesApart(in module: LLVMModuleRef) {
    var global = LLVMGetFirstGlobal(module)
    while let g = global {
      if let section = LLVMGetSection(g), String(cString: section) == "license" {
        LLVMSetLinkage(g, LLVMInternalLinkage)
      }
      global = LLVMGetNextGlobal(g)
    }
  }

  /// Gives other names to functions and variables in `module` that have those of maps.
  private func setNamesApart(in module: LLVMModuleRef) {
    var global = LLVMGetFirstGlobal(self.module)
    while let g = global {
      var length = 0
      if let name = LLVMGetValueName2(g, &length), length > 0 {
        for other in [LLVMGetNamedFunction(module, name), LLVMGetNamedGlobal(module, name)] {
          guard let other, LLVMIsDeclaration(other) == 0 else { continue }
          let newName = "\(String(cString: name)).imported"
          LLVMSetValueName2(other, newName, newName.utf8.count)
        }
      }
      global = LLVMGetNextGlobal(g)
    }
  }

  /// Returns `true` iff `function` has the attribute `name`.
  private func hasAttribute(_ name: String, _ function: LLVMValueRef) -> Bool {
    let kind = LLVMGetEnumAttributeKindForName(name, name.utf8.count)
    return LLVMGetEnumAttributeAtIndex(function, functionIndex, kind) != nil
  }

  /// Returns `true` iff `function` is used in another way than by calling it.
  private func isAddressTaken(of function: LLVMValueRef) -> Bool {
    var use = LLVMGetFirstUse(function)
    while let u = use {
      guard let user = LLVMGetUser(u) else { return true }
      if LLVMIsACallInst(user) == nil || LLVMGetCalledValue(user) != function { return true }
      use = LLVMGetNextUse(u)
    }
    return false
  }

}
