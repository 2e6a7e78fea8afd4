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

  /// Programs for other kernels have the numbers of the kernel as facts where they can, and say so where they cannot.
  @Test(arguments: GoldenCase.all(withSuffix: "relocatable.bt"))
  func lowersCaseForOtherKernels(_ example: GoldenCase) throws {
    let lowered = try #require(
      Self.lower(String(decoding: example.bytes, as: UTF8.self), isRelocatable: true))
    example.expect(describe(lowered.module), as: "relocatable.ir")
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

  /// Calls of helpers are checked if that is asked for, each place in the script once, also where they are in loops.
  @Test func checksHelpers() throws {
    let text = "BEGIN { @m[1] = 1; delete(@m, 1); for ($i : 0..3) { delete(@m, $i); } }"
    var settings = Settings()
    #expect(try #require(Self.lower(text)).module.manifest.helperSites.isEmpty)
    settings.reportsHelperErrors = true
    let module = try #require(Self.lower(text, settings: settings)).module
    let sites = module.manifest.helperSites
    #expect(
      sites.map { "\($0.helper) \($0.location)" } == [
        "map_update_elem stdin:1:9-17", "map_delete_elem stdin:1:20-32", "map_delete_elem stdin:1:53-66",
      ])
    #expect(Set(sites.flatMap { [$0.countOffset, $0.codeOffset] }).count == 2 * sites.count)
    #expect(sites.allSatisfy { $0.codeOffset + 8 <= module.manifest.globals.size })
    let events = module.manifest.events.filter { if case .helperError = $0.action { true } else { false } }
    #expect(events.count == sites.count)
  }

  /// A map that is printed and then cleared is so in one step, with whatever stands between that does not touch it.
  @Test func printsAndClearsAtOnce() throws {
    func actions(_ text: String) throws -> [EventAction] {
      try #require(Self.lower("BEGIN { @m[1] = 1; @n[1] = 1; \(text) }")).module.manifest.events.map(\.action)
    }
    let both = EventAction.printMapAndReset(map: 0, top: nil, divisor: nil, keepsKeys: false)
    let other = EventAction.printMapAndReset(map: 1, top: 3, divisor: 2, keepsKeys: true)
    let print = EventAction.printMap(map: 0, top: nil, divisor: nil)
    #expect(try actions("print(@m); clear(@m);") == [both])
    #expect(try actions("print(@m); print(@n, 3, 2); clear(@m); zero(@n);") == [both, other])
    #expect(try actions("print(@m); if (pid) { clear(@m); }") == [print, .clear(map: 0)])
    #expect(try actions("print(@m); @m[2] = 1; clear(@m);") == [print, .clear(map: 0)])
    #expect(try actions("print(@m); $x = @m[1] + 1; clear(@m); print($x);").first == print)
    #expect(try actions("clear(@m); print(@m);") == [.clear(map: 0), print])
  }

  /// Maps that a table shows and that are then cleared are so in one step.
  @Test func showsAndClearsAtOnce() throws {
    func tables(_ text: String) throws -> [TableDescription] {
      let lowered = try #require(Self.lower("BEGIN { @m[1] = 1; @n[1] = 1; \(text) }"))
      return lowered.module.manifest.events.compactMap {
        if case .table(let table) = $0.action { table } else { nil }
      }
    }
    func table(_ resets: [Int: TableDescription.Reset], top: Int? = nil) -> TableDescription {
      TableDescription(
        headings: ["K", "M", "N"], columns: [.init(map: 0), .init(map: 1, divisor: 7)], top: top,
        resets: resets)
    }
    let shown = "table(\"K M N\", @m, @n / 7);"
    #expect(try tables(shown) == [table([:])])
    #expect(try tables("\(shown) clear(@m); zero(@n);") == [table([0: .clear, 1: .zero])])
    #expect(try tables("\(shown) \(shown) clear(@n);") == [table([:]), table([1: .clear])])
    #expect(try tables("\(shown) @n[2] = 1; clear(@n); clear(@m);") == [table([0: .clear])])
    #expect(try tables("table(\"K M N\", @m, @n / 7, 0); clear(@m);") == [table([0: .clear], top: 0)])
  }

  /// Memory does not grow with the number of statements, unless there are so many that programs do without branches.
  @Test func reusesMemory() throws {
    let statements = (0..<400).map { "@a[\"a key that is longer than the stack limit\", \($0)] = 1;" }
    let lowered = try #require(Self.lower("BEGIN { \(statements.joined()) }"))
    #expect(lowered.module.scratchSize < 200)
    #expect(lowered.module.programs[0].slots.count < 10)
  }

  /// Returns `text` lowered, nil iff it is wrong.
  static func lower(
    _ text: String, settings: Settings = Settings(), isRelocatable: Bool = false
  ) -> LoweredScript? {
    var diagnostics = DiagnosticSet()
    let source = SourceFile(name: "stdin", text: text)
    let script = parse(source, reportingTo: &diagnostics)
    let kernel = RecordedKernel()
    let program = analyze(script, on: kernel, settings: settings, reportingTo: &diagnostics)
    for diagnostic in diagnostics.elements where diagnostic.level == .error {
      Issue.record("\(diagnostic.message)")
    }
    return program.map { Lowering.lower($0, on: kernel, isRelocatable: isRelocatable) }
  }

}
