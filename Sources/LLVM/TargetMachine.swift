internal import CLLVM
internal import CPasses
import Glibc

/// The BPF machine that code is generated for.
public struct TargetMachine: ~Copyable {

  /// LLVM's reference.
  private let machine: LLVMTargetMachineRef

  /// Creates the machine: little-endian BPF with the third instruction set, which all kernels since 5.12 have.
  ///
  /// It has 32-bit arithmetic and jumps, and atomic operations that give the old value.
  ///
  /// - Parameter keepsOrder: `true` iff blocks stay in the order in which they were generated. It holds for all machines
  ///   that are created later, too, because LLVM takes it as an option of the process.
  public init(keepsOrder: Bool) throws(LLVMError) {
    FatalErrors.install()
    if keepsOrder { _ = TargetMachine.keepOrder }
    LLVMInitializeBPFTargetInfo()
    LLVMInitializeBPFTarget()
    LLVMInitializeBPFTargetMC()
    LLVMInitializeBPFAsmPrinter()
    var target: LLVMTargetRef?
    var message: UnsafeMutablePointer<CChar>?
    guard LLVMGetTargetFromTriple("bpfel", &target, &message) == 0 else {
      throw LLVMError(consuming: message)
    }
    guard
      let machine = LLVMCreateTargetMachine(
        target, "bpfel", "v3", "", LLVMCodeGenLevelDefault, LLVMRelocDefault, LLVMCodeModelDefault)
    else { throw LLVMError("no machine for BPF") }
    self.machine = machine
  }

  deinit { LLVMDisposeTargetMachine(machine) }

  /// Makes LLVM leave blocks where they are, once.
  ///
  /// It would else move what seems to run rarely behind everything else and let blocks share their ends, which makes
  /// jumps span the whole function.
  private static let keepOrder: Void = {
    let options = ["apus", "-disable-block-placement", "-enable-tail-merge=false"]
    var arguments = options.map { UnsafePointer(strdup($0)) }
    LLVMParseCommandLineOptions(Int32(arguments.count), &arguments, nil)
    for argument in arguments { free(UnsafeMutablePointer(mutating: argument)) }
  }()

  /// Makes `module` one for this machine.
  public func adopt(_ module: borrowing LLVMModule) {
    LLVMSetTarget(module.module, "bpfel")
    let layout = LLVMCreateTargetDataLayout(machine)
    LLVMSetModuleDataLayout(module.module, layout)
    LLVMDisposeTargetData(layout)
  }

  /// Runs `passes` one after the other.
  public func run(_ passes: [Pass], on module: borrowing LLVMModule) {
    cpasses_run(module.module, machine, passes.map(\.number), passes.count)
  }

  /// Returns `module` as an ELF object. The module is of no further use.
  public func object(from module: borrowing LLVMModule) throws(LLVMError) -> [UInt8] {
    var message: UnsafeMutablePointer<CChar>?
    var buffer: LLVMMemoryBufferRef?
    let hasFailed = LLVMTargetMachineEmitToMemoryBuffer(
      machine, module.module, LLVMObjectFile, &message, &buffer)
    guard hasFailed == 0 else { throw LLVMError(consuming: message) }
    defer { LLVMDisposeMemoryBuffer(buffer) }
    if let first = module.complaints.errors.first { throw LLVMError(first) }
    let start = UnsafeRawPointer(LLVMGetBufferStart(buffer))
    return Array(UnsafeRawBufferPointer(start: start, count: LLVMGetBufferSize(buffer)))
  }

}
