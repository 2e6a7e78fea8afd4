import IR
import LLVM
import Types

/// Turns a module of our representation into one of LLVM's.
///
/// The functions that emit instructions append them to the program in `frame`.
struct ModuleEmitter: ~Copyable {

  /// The module that is translated.
  let source: TraceModule

  /// The module that is built.
  let llvm: LLVMModule

  /// The builder of its debug information.
  let debug: DebugInformation

  /// The variables of the maps of the manifest, by index; nil for maps that need none of the kernel's.
  private(set) var maps: [Value?] = []

  /// The variables of those that take turns with them, by index.
  private(set) var twins: [Value?] = []

  /// The variable of the ring buffer, if there is one.
  private(set) var ringBuffer: Value?

  /// The variable of the table of stacks, if there is one.
  private(set) var stacks: Value?

  /// The variables of the maps that tasks are looked for in.
  private(set) var filters: [TaskFilter: Value] = [:]

  /// The variable of the map by which packets are sent, if there is one.
  private(set) var packets: Value?

  /// The variable of the scratch memory, if there is one.
  private(set) var scratch: Value?

  /// The variable `globals`.
  private(set) var globals: Value?

  /// The variable of all constant data.
  private(set) var constants: Value?

  /// The offset of each piece of constant data in that variable.
  private(set) var constantOffsets: [Int] = []

  /// The functions of the runtime that are called.
  var runtimeFunctions: Set<RuntimeFunction> = []

  /// The functions of the kernel that are called.
  var kernelCalls = KernelCallPlaceholders()

  /// What the functions of each program share.
  private let sharing: [SharingPlan]

  /// Where the scratch memory of each program is.
  private(set) var scratchLayout = ScratchLayout(of: [], size: 0)

  /// The number of bytes of scratch memory of a program.
  let scratchSize: Int

  /// The program that is being emitted, if there is one.
  private var openFrame: Frame?

  /// The program that is being emitted.
  var frame: Frame {
    get {
      guard let openFrame else { preconditionFailure("no program is open") }
      return openFrame
    }
    _modify {
      guard openFrame != nil else { preconditionFailure("no program is open") }
      yield &openFrame!
    }
  }

  /// Creates an emitter of `source` into the empty module `llvm`.
  init(of source: TraceModule, into llvm: consuming LLVMModule) {
    let sharing = source.programs.map { SharingPlan(for: $0, behind: source.scratchSize) }
    self.sharing = sharing
    self.scratchSize = sharing.reduce(source.scratchSize) { $1.isNeeded ? max($0, $1.size) : $0 }
    self.source = source.givingScratch(to: sharing.map(\.isNeeded))
    self.debug = DebugInformation(of: llvm)
    self.llvm = llvm
  }

  /// Emits everything but the functions of the runtime.
  mutating func emitModule() {
    emitVariables()
    emitMaps()
    for (program, sharing) in zip(source.programs, sharing) { emit(program, sharing) }
  }

  /// Makes `frame` that of a program of which nothing is emitted yet.
  mutating func open(_ frame: Frame) { openFrame = frame }

  /// Completes the debug information and returns the finished module.
  consuming func finish() -> LLVMModule {
    debug.finish()
    return llvm
  }

  /// Emits the licence, the variable `globals` and the constants.
  private mutating func emitVariables() {
    _ = llvm.addGlobal(
      "_license", in: "license", initially: llvm.constant(Array(source.license.utf8) + [0]), alignment: 1)

    let size = source.manifest.globals.size
    let variable = llvm.addGlobal(
      ObjectNames.globalsVariable, in: ObjectNames.globals,
      initially: llvm.zero(llvm.array(of: llvm.integer(8), count: size)), alignment: 8)
    debug.describe(variable, named: ObjectNames.globalsVariable, as: GlobalsType(of: source.manifest).type)
    globals = variable

    var bytes: [UInt8] = []
    for constant in source.constants {
      constantOffsets.append(bytes.count)
      bytes += constant
      bytes += [UInt8](repeating: 0, count: bytes.count.rounded(upToMultipleOf: 8) - bytes.count)
    }
    guard !bytes.isEmpty else { return }
    let all = llvm.addGlobal(
      ObjectNames.constantsVariable, in: ObjectNames.constants, initially: llvm.constant(bytes),
      isConstant: true,
      alignment: 8)
    debug.describe(
      all, named: ObjectNames.constantsVariable, as: .array(.byte, count: bytes.count))
    constants = all
  }

  /// Emits the maps.
  private mutating func emitMaps() {
    for map in source.manifest.maps {
      maps.append(MapDefinition(map, of: source.manifest).map { emit($0) })
      twins.append(map.second.flatMap { MapDefinition($0, of: source.manifest) }.map { emit($0) })
    }
    if !source.manifest.events.isEmpty {
      ringBuffer = emit(MapDefinition(ringBufferOf: source.manifest.ringBufferSize))
    }
    if !source.manifest.packetFiles.isEmpty {
      packets = emit(MapDefinition(packetsOf: source.possibleCPUCount))
    }
    for filter in source.manifest.filters.all {
      filters[filter] = emit(MapDefinition(filter, of: source.manifest.filters))
    }
    if let storage = source.manifest.stacks { stacks = emit(MapDefinition(storage)) }
    let scratch = ScratchLayout(of: source.programs, size: scratchSize)
    scratchLayout = scratch
    if scratchSize > 0 && scratch.count > 0 {
      self.scratch = emit(
        MapDefinition(scratchOf: scratch.entrySize, count: scratch.count, cpus: source.possibleCPUCount))
    }
  }

  /// Emits `map` and returns its variable.
  private func emit(_ map: MapDefinition) -> Value {
    let type = llvm.array(of: llvm.pointer, count: map.members.count)
    let variable = llvm.addGlobal(map.name, in: ".maps", initially: llvm.zero(type), alignment: 8)
    debug.describe(map: variable, named: map.name, members: map.members)
    return variable
  }

}

extension TraceModule {

  /// Returns the module with scratch memory for those programs for which `isNeeded` says so.
  fileprivate func givingScratch(to isNeeded: [Bool]) -> TraceModule {
    var result = self
    var next = (programs.compactMap(\.scratchIndex).max() ?? -1) + 1
    for index in programs.indices where isNeeded[index] && programs[index].scratchIndex == nil {
      result.programs[index].scratchIndex = next
      next += 1
    }
    return result
  }

}
