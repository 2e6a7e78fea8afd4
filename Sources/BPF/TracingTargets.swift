import CBPF
import Glibc

/// The open files of the targets of an object's programs, closed when the value ends.
struct TracingTargets: ~Copyable {

  /// The open files of type information by module.
  private var modules: [String: Result<Int32, SystemError>] = [:]

  /// The open files of BPF programs by number.
  private var programs: [UInt32: Result<Int32, SystemError>] = [:]

  /// Creates an instance without files.
  init() {}

  /// Closes the files.
  deinit {
    for file in modules.values { if case .success(let file) = file { close(file) } }
    for file in programs.values { if case .success(let file) = file { close(file) } }
  }

  /// Returns what is to be done for `request`.
  mutating func pending(_ request: TracingRequest) -> TracingLoads.Pending {
    var targets: [Result<TracingLoads.Target, SystemError>] = []
    for target in request.targets { targets.append(resolve(target)) }
    return TracingLoads.Pending(request: request, targets: targets)
  }

  /// Returns `target` as the kernel is told of it.
  private mutating func resolve(
    _ target: TracingRequest.Target
  ) -> Result<TracingLoads.Target, SystemError> {
    let number = UInt32(target.typeNumber)
    if let program = target.program {
      let file = programs[program] ?? open(program: program)
      programs[program] = file
      return file.map { TracingLoads.Target(typeNumber: number, typesFile: 0, programFile: $0) }
    }
    guard let module = target.module else {
      return .success(TracingLoads.Target(typeNumber: number, typesFile: 0, programFile: 0))
    }
    let file = modules[module] ?? open(typesOf: module)
    modules[module] = file
    return file.map { TracingLoads.Target(typeNumber: number, typesFile: $0, programFile: 0) }
  }

  /// Opens the BPF program with the given number.
  private func open(program: UInt32) -> Result<Int32, SystemError> {
    let file = bpf_prog_get_fd_by_id(program)
    return file < 0 ? .failure(SystemError(call: "bpf_prog_get_fd_by_id", number: -file)) : .success(file)
  }

  /// Opens the type information of `module`.
  private func open(typesOf module: String) -> Result<Int32, SystemError> {
    var identifier: UInt32 = 0
    while bpf_btf_get_next_id(identifier, &identifier) == 0 {
      let file = bpf_btf_get_fd_by_id(identifier)
      if file < 0 { continue }
      var name = [CChar](repeating: 0, count: 64)
      if cbpf_get_types_name(file, &name, UInt32(name.count)) == 0,
        module.utf8.elementsEqual(name.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) })
      {
        return .success(file)
      }
      close(file)
    }
    return .failure(SystemError(call: "bpf_btf_get_fd_by_id", number: ENOENT))
  }

}
