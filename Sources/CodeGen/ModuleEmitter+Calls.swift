import BPFRuntime
import IR
import LLVM

/// Calls.
extension ModuleEmitter {

  /// Emits a call of a helper and returns its result.
  ///
  /// Numbers are passed in all 64 bits of their registers: the verifier looks at them even where the kernel takes 32.
  func emitCall(_ helper: Helper, _ arguments: [Value]) -> Value {
    let (parameters, result) = helper.signature
    precondition(arguments.count == parameters.count, "'\(helper.name)' takes \(parameters.count) arguments")
    let word = llvm.integer(64)
    let values = zip(arguments, parameters).map { argument, parameter in
      if parameter == .pointer {
        return argument.type == llvm.pointer ? argument : llvm.toPointer(argument)
      }
      return argument.type == llvm.pointer ? llvm.toInteger(argument) : llvm.resize(argument, to: word)
    }
    let type = llvm.function(
      from: parameters.map { $0 == .pointer ? llvm.pointer : word },
      to: result == .pointer ? llvm.pointer : word)
    let value = llvm.call(llvm.address(helper.rawValue), type, values, isPure: helper.isPure)
    if result == .pointer { return value }
    if helper.returnsInt {
      return llvm.resize(llvm.resize(value, to: llvm.integer(32)), to: word, isSigned: true)
    }
    return llvm.resize(value, to: self.type(result))
  }

  /// Keeps the call that was emitted last, which works on `map`, from being made one with another on the map's twin: the verifier
  /// turns a call into one of the map's own functions only where it knows the map.
  func keepApart(callOn map: Operand?) {
    switch map {
    case .map(let index) where twins[index] != nil: llvm.mark(2 * index)
    case .twin(let index): llvm.mark(2 * index + 1)
    default: break
    }
  }

  /// Emits a call of a function of the kernel by its placeholder and returns its result in 64 bits.
  mutating func emitCall(_ function: KernelCall, _ arguments: [Value]) -> Value {
    let word = llvm.integer(64)
    let values = arguments.map { $0.type == llvm.pointer ? $0 : llvm.resize($0, to: word) }
    return llvm.call(
      llvm.address(kernelCalls.number(of: function)),
      llvm.function(from: values.map(\.type), to: word), values)
  }

  /// Emits a call of a function of the runtime and returns its result.
  mutating func emitCall(_ function: RuntimeFunction, _ arguments: [Operand]) -> Value {
    let (parameters, result) = function.signature
    precondition(arguments.count == parameters.count, "'\(function)' takes \(parameters.count) arguments")
    runtimeFunctions.insert(function)
    let callee =
      llvm.function(named: function.rawValue)
      ?? llvm.declareFunction(
        function.rawValue, llvm.function(from: parameters.map { type($0) }, to: type(result)))
    let values = zip(arguments, parameters).map { value($0, as: type($1)) }
    return llvm.call(callee.value, callee.type, values)
  }

  /// Emits a call of a function in C that the script imports and returns its result.
  mutating func emitImportedCall(_ function: String, _ arguments: [Operand]) -> Value {
    let name = ImportedFunctions.name(ofCallable: function)
    let word = llvm.integer(64)
    let type = llvm.function(from: arguments.map { _ in word }, to: word)
    let callee = llvm.function(named: name) ?? llvm.declareFunction(name, type)
    return llvm.call(callee.value, callee.type, arguments.map { value($0, as: word) })
  }

}

extension ModuleEmitter {

  /// Adds the functions in `bitcode`, which the script imports.
  func link(imported bitcode: [UInt8]) throws(LLVMError) {
    for callback in try llvm.link(bitcode) {
      debug.describe(callback, named: callback.name, at: 0, isLocal: true)
    }
  }

  /// Adds the bodies of the functions of the runtime that are called.
  func linkRuntime() throws(LLVMError) {
    for file in RuntimeFile.allCases where runtimeFunctions.contains(where: { $0.file == file }) {
      for callback in try llvm.link(file.bitcode) {
        debug.describe(callback, named: callback.name, at: 0, isLocal: true)
      }
    }
  }

}

extension Helper {

  /// `true` iff the helper gives the same answer during one run of a program and does nothing else, so that one call
  /// can stand for several.
  var isPure: Bool {
    switch self {
    case .getCurrentPIDTGID, .getCurrentUIDGID, .getCurrentTask, .getCurrentTaskBTF, .getFunctionIP,
      .getAttachCookie:
      true
    default: false
    }
  }

}

extension Helper {

  /// `true` iff what the helper returns has 32 bits that count, whatever its declaration says: operations on maps, which the
  /// verifier makes calls of the map's own functions of, returned `int` before Linux 6.4 (commit d7ba4cc900bf).
  var returnsInt: Bool {
    switch self {
    case .mapUpdateElement, .mapDeleteElement: true
    default: false
    }
  }

}

extension RuntimeFunction {

  /// The file that it is in.
  var file: RuntimeFile {
    switch self {
    case .gatheredSum, .gatheredAverage, .gatheredExtreme: .aggregations
    case .histogramBucket, .linearBucket: .histograms
    case .timeSeriesAdd: .timeSeries
    case .addCaller, .stackKey, .recordStack: .stacks
    case .textsEqual, .textLength, .compareBytes, .textBorders, .textIndex, .globMatches, .swapped16,
      .swapped32, .swapped64, .bounded:
      .strings
    }
  }

}
