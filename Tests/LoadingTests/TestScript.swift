import CodeGen
import Diagnostics
import IR
import Loading
import Probes
import Types

/// A script put together by hand: programs, and what they are attached to.
struct TestScript {

  /// The programs and what they share with the process.
  var module: TraceModule

  /// What is attached.
  var plan = AttachPlan()

  /// The file that the attach points are in.
  private let file = SourceFile(name: "test.bt", text: "0123456789")

  /// Creates a script without programs that has room for `count` results.
  init(results count: Int = 8, maps: [MapDescription] = [], events: [EventDescription] = []) {
    module = TraceModule(
      manifest: Manifest(
        maps: maps, events: events,
        globals: GlobalsLayout(
          refusedUpdates: maps.map { _ in GlobalsLayout.lostEvents },
          size: GlobalsLayout.firstFree + 8 * count),
        ringBufferSize: 1 << 16),
      positions: (0..<8).map { IRPosition(start: $0, end: $0 + 1) })
  }

  /// Adds a program that is attached to `targets`, with the number of each as its cookie.
  mutating func add(
    _ name: String, _ kind: ProgramKind, _ mechanism: AttachMechanism, at targets: [AttachTarget],
    byWildcard: Bool = false, _ build: (inout ProgramBuilder) -> Void
  ) {
    var builder = ProgramBuilder(name: name, kind: kind)
    build(&builder)
    module.programs.append(builder.finish())
    let points = targets.enumerated().map { i, target in
      PlannedPoint(
        probeIndex: i,
        point: AttachPoint(
          name: "\(name):\(i)", target: target, isChosenByWildcard: byWildcard,
          site: SourceSpan(file, from: 2, to: 5)))
    }
    plan.programs.append(PlannedProgram(name: name, kind: kind, mechanism: mechanism, points: points))
  }

  /// Returns the script loaded.
  func load(_ options: LoadOptions = LoadOptions()) throws -> Session {
    let object = try generate(module)
    return try Loading.load(object, sharing: module.manifest, following: plan, options: options)
  }

}

extension ProgramBuilder {

  /// Appends adding 1 to the result number `index`, iff the process that is current is the one with number `pid`.
  mutating func countRuns(at index: Int, ofProcess pid: Int32? = nil) {
    let place = Place(.globals, offset: GlobalsLayout.firstFree + 8 * index)
    guard let pid else {
      emit(.atomicAdd(place, .constant(1, .i64)))
      return
    }
    let process = binary(.logicalShiftRight, call(.getCurrentPIDTGID), .constant(32, .i64))
    let isOurs = binary(.equal, process, .constant(Int64(pid), .i64))
    emit(.branch(isOurs, IRBlock([.atomicAdd(place, .constant(1, .i64))]), IRBlock()))
  }

}

extension Session {

  /// Returns the result number `index`.
  func result(_ index: Int) -> UInt64 {
    globals.load(fromByteOffset: GlobalsLayout.firstFree + 8 * index, as: UInt64.self)
  }

}
