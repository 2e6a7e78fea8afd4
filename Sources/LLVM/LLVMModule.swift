internal import CLLVM

/// A module of LLVM's representation, with the context that it lives in and a builder of its instructions.
///
/// The three are one value, because they must be released in one order. Instructions are appended to the block that
/// `append(to:)` chose last.
public struct LLVMModule: ~Copyable {

  /// The owner of types, constants and debug information.
  let context: LLVMContextRef

  /// The module.
  let module: LLVMModuleRef

  /// The builder of instructions.
  let builder: LLVMBuilderRef

  /// What LLVM complained about.
  let complaints = Complaints()

  /// Creates an empty module; `keepsNames` iff values keep their names, which only matters to readers.
  public init(name: String, keepsNames: Bool) {
    context = LLVMContextCreate()
    module = LLVMModuleCreateWithNameInContext(name, context)
    builder = LLVMCreateBuilderInContext(context)
    LLVMContextSetDiscardValueNames(context, keepsNames ? 0 : 1)
    // Without a handler LLVM prints errors and ends the process.
    LLVMContextSetDiagnosticHandler(
      context,
      { info, log in
        guard let log, LLVMGetDiagInfoSeverity(info) == LLVMDSError else { return }
        let message = LLVMGetDiagInfoDescription(info)
        Unmanaged<Complaints>.fromOpaque(log).takeUnretainedValue().errors
          .append(LLVMError(consuming: message).message)
      }, Unmanaged.passUnretained(complaints).toOpaque())
  }

  deinit {
    LLVMDisposeBuilder(builder)
    LLVMDisposeModule(module)
    LLVMContextDispose(context)
  }

  /// The module as text.
  public var text: String {
    let message = LLVMPrintModuleToString(module)!
    defer { LLVMDisposeMessage(message) }
    return String(cString: message)
  }

  /// Throws iff the module is not well formed.
  public func verify() throws(LLVMError) {
    var message: UnsafeMutablePointer<CChar>?
    guard LLVMVerifyModule(module, LLVMReturnStatusAction, &message) == 0 else {
      throw LLVMError(consuming: message)
    }
    LLVMDisposeMessage(message)
  }

  /// Throws iff LLVM has complained.
  func throwComplaints() throws(LLVMError) {
    if let first = complaints.errors.first { throw LLVMError(first) }
  }

}

/// The errors that LLVM reported to a context.
final class Complaints {

  /// The messages.
  var errors: [String] = []

}
