import Diagnostics
import IR
import Lowering
import Probes
import Semantics
import Syntax
import TestSupport
import Testing
import Types

/// The lowered form of scripts, pinned to the letter: it is ours, so every change of it is meant.
@Suite struct LoweringTests {

  /// Compares the lowered form of each case with what is expected.
  @Test(arguments: GoldenCase.all())
  func lowersCase(_ example: GoldenCase) throws {
    let lowered = try #require(Self.lower(String(decoding: example.bytes, as: UTF8.self)))
    example.expect(describe(lowered.module), as: "ir")
  }

  /// A wildcard makes one program for all its attach points, and each has its own index as its cookie.
  @Test func plansOneProgramForManyPoints() throws {
    let lowered = try #require(Self.lower("kprobe:tcp_s* { @[probe] = count(); }"))
    #expect(lowered.plan.programs.count == 1)
    let points = lowered.plan.programs[0].points
    #expect(points.count > 1)
    #expect(points.map(\.probeIndex) == Array(points.indices))
    #expect(lowered.module.manifest.probes.map(\.name) == points.map(\.point.name))
  }

  /// Memory does not grow with the number of statements.
  @Test func reusesMemory() throws {
    let statements = (0..<1000).map { "@a[\"a key that is longer than the stack limit\", \($0)] = 1;" }
    let lowered = try #require(Self.lower("BEGIN { \(statements.joined()) }"))
    #expect(lowered.module.scratchSize < 200)
    #expect(lowered.module.programs[0].slots.count < 10)
  }

  /// Returns `text` lowered, nil iff it is wrong.
  static func lower(_ text: String, settings: Settings = Settings()) -> LoweredScript? {
    var diagnostics = DiagnosticSet()
    let source = SourceFile(name: "stdin", text: text)
    let script = parse(source, reportingTo: &diagnostics)
    let kernel = RecordedKernel()
    let program = analyze(script, on: kernel, settings: settings, reportingTo: &diagnostics)
    for diagnostic in diagnostics.elements where diagnostic.level == .error {
      Issue.record("\(diagnostic.message)")
    }
    return program.map { Lowering.lower($0, on: kernel) }
  }

}
