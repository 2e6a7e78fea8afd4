import Diagnostics
import Foundation
import Fuzzing
import Syntax
import TestSupport
import Testing

/// Programs that nobody wrote, through everything up to the generation of code.
@Suite struct CompilerFuzzTests {

  /// The grammar.
  private static func grammar() throws -> Grammar {
    try Grammar(path: projectRoot.appendingPathComponent("grammar/apus.ebnf").path)
  }

  /// The probes of the imagined kernel.
  static let probes = [
    "BEGIN", "END", "interval:s:1", "profile:hz:99", "tracepoint:syscalls:sys_enter_openat", "kprobe:tcp_ack",
  ]

  /// The scripts of all tests.
  private static let scripts: [[UInt8]] =
    [
      "../SyntaxTests/Cases/Valid", "../SyntaxTests/Cases/Invalid", "../SemanticsTests/Cases",
      "../LoweringTests/Cases", "../EndToEndTests/Cases", "../FormattingTests/Cases",
    ].flatMap { GoldenCase.all(in: $0) }.map(\.bytes)

  /// What the grammar derives is understood by the parser, as far as it has no rules beyond the grammar's.
  @Test func derivationsOfTheGrammar() throws {
    let grammar = try Self.grammar()
    var pipeline = Pipeline(on: RecordedKernel())
    var understood = 0
    var count = 0
    try FuzzRun("grammar").each(1500) { numbers in
      var generator = GrammarGenerator(grammar, seed: numbers.next())
      return Array((generator.text() + "\nBEGIN { exit(); }").utf8)
    } body: { text in
      count += 1
      if pipeline.run(text, generatesCode: false) != .refusedByParser { understood += 1 }
      return pipeline.fault
    }
    #expect(
      understood * 5 > count,
      "only \(understood) of \(count) derivations are understood: \(pipeline.commonRefusals)")
  }

  /// Expressions, most of which the parser must understand.
  @Test func derivationsOfExpressions() throws {
    let grammar = try Self.grammar()
    var pipeline = Pipeline(on: RecordedKernel())
    var understood = 0
    var count = 0
    try FuzzRun("expressions").each(1500) { numbers in
      var generator = GrammarGenerator(grammar, seed: numbers.next())
      return Array("BEGIN { $x = 1; $y = 2; $z = 3; $r = \(generator.text(from: "expression")); }".utf8)
    } body: { text in
      count += 1
      if pipeline.run(text, generatesCode: false) != .refusedByParser { understood += 1 }
      return pipeline.fault
    }
    #expect(
      understood * 6 > count,
      "only \(understood) of \(count) derivations are understood: \(pipeline.commonRefusals)")
  }

  /// Programs whose types fit are compiled, most of them.
  @Test func programsThatMakeSense() throws {
    var pipeline = Pipeline(on: RecordedKernel())
    var accepted = 0
    var count = 0
    try FuzzRun("programs").each(200) { numbers in
      var generator = ProgramGenerator(seed: numbers.next())
      return Array((ProgramGenerator.definitionsOfMaps + generator.actionBlock(at: Self.probes)).utf8)
    } body: { text in
      count += 1
      if pipeline.run(text) == .compiled { accepted += 1 }
      return pipeline.fault
    }
    #expect(
      accepted * 3 > count, "only \(accepted) of \(count) programs are compiled: \(pipeline.commonRefusals)")
  }

  /// Scripts with mistakes are refused or do something else.
  @Test func mutants() throws {
    let grammar = try Self.grammar()
    var pipeline = Pipeline(on: RecordedKernel())
    try FuzzRun("mutants").each(3000) { numbers in
      switch numbers.number(0...5) {
      case 0:
        var generator = GrammarGenerator(grammar, seed: numbers.next())
        return Mutation.mutate(Array(generator.text().utf8), &numbers)
      case 1, 2:
        var generator = ProgramGenerator(seed: numbers.next())
        return Mutation.mutate(Array(generator.actionBlock(at: Self.probes).utf8), &numbers)
      default: return Mutation.mutate(numbers.pick(Self.scripts), &numbers)
      }
    } body: { text in
      _ = pipeline.run(text, generatesCode: false)
      return pipeline.fault
    }
  }

  /// Tokens without order are refused, or mean something by chance.
  @Test func tokenSoup() throws {
    var pipeline = Pipeline(on: RecordedKernel())
    try FuzzRun("soup").each(4000) {
      Mutation.soup(&$0)
    } body: { text in
      _ = pipeline.run(text, generatesCode: false)
      return pipeline.fault
    }
  }

}
