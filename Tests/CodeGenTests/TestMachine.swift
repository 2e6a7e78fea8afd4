import BPF
import CodeGen
import IR
import Testing
import Types

/// The offset of the word in `globals` that a tested program leaves its result number `index` in.
func resultOffset(_ index: Int) -> Int { GlobalsLayout.firstFree + 8 * index }

extension ProgramBuilder {

  /// Appends the storing of `operand` as the result number `index`.
  mutating func report(_ operand: Operand, as index: Int = 0) {
    let isPointer = type(of: operand) == .pointer
    let number = isPointer ? convert(operand, .toInteger, to: .i64) : operand
    let word = type(of: number) == .i64 ? number : convert(number, .zeroExtend, to: .i64)
    store(word, to: Place(.globals, offset: resultOffset(index)))
  }

  /// Returns a number that nobody knows before the program runs, because it is read from memory.
  mutating func unknown(_ number: Int64, _ type: IRType, at index: Int) -> Operand {
    let place = Place(.globals, offset: resultOffset(index))
    store(.constant(number, .i64), to: place)
    // What a helper may have changed is not known any more.
    emit(.callHelper(nil, .ktimeGetNanoseconds, []))
    return load(type, from: place)
  }

}

/// Returns a module with one program that the process runs, of which `count` results are read.
func testModule(
  results count: Int = 8, maps: [MapDescription] = [], events: [EventDescription] = [],
  constants: [[UInt8]] = [], scratchSize: Int = 0, _ build: (inout ProgramBuilder) -> Void
) -> TraceModule {
  var builder = ProgramBuilder(name: "test", kind: .testRun)
  build(&builder)
  return TraceModule(
    programs: [builder.finish()],
    manifest: Manifest(
      maps: maps, events: events,
      globals: GlobalsLayout(
        refusedUpdates: maps.map { _ in GlobalsLayout.lostEvents }, size: resultOffset(count)),
      ringBufferSize: 1 << 16),
    constants: constants, scratchSize: scratchSize)
}

/// Returns the results that the program of `module` leaves when the kernel runs it `times` times, and gives the loaded
/// object to `inspect`.
@discardableResult
func run(
  _ module: TraceModule, times: Int = 1, inspect: (borrowing LoadedObject) throws -> Void = { _ in }
) throws -> [UInt64] {
  let object = try generate(module)
  let loaded: LoadedObject
  do {
    loaded = try LoadedObject(loading: object.bytes, name: "test")
  } catch {
    Issue.record("the kernel refuses the program: \(error.error) \(error.warnings)\n\(error.log)")
    throw error
  }
  let found = loaded.program(named: module.programs[0].name)
  let program = try #require(found)
  for _ in 0..<times { try program.run() }
  try inspect(loaded)
  let shared = loaded.sharedMemory(ofSection: ObjectNames.globals)
  let memory = try #require(shared)
  return stride(from: GlobalsLayout.firstFree, to: module.manifest.globals.size, by: 8)
    .map { memory.load(fromByteOffset: $0, as: UInt64.self) }
}
