import Diagnostics
import Syntax
import Testing

@Suite struct SiteTests {

  /// Returns the tree of `text`, in which nothing is wrong.
  private func tree(_ text: String) -> Script {
    var diagnostics = DiagnosticSet()
    let script = parse(SourceFile(name: "stdin", text: text), reportingTo: &diagnostics)
    #expect(Renderer().render(diagnostics) == "")
    return script
  }

  /// Returns the text at `site`.
  private func text(_ site: SourceSpan) -> String { String(decoding: site.text, as: UTF8.self) }

  /// Returns the only statement of the script whose only block has `body`.
  private func statement(_ body: String) throws -> Statement {
    try #require(tree("BEGIN { \(body) }").actions.first?.body.statements.first)
  }

  /// Returns the only expression of the script whose only block has `body`.
  private func expression(_ body: String) throws -> Expression {
    guard case .expression(let expression) = try statement(body).kind else {
      throw Unexpected(description: "'\(body)' is no expression")
    }
    return expression
  }

  /// Thrown when a tree is not what a test needs.
  private struct Unexpected: Error { let description: String }

  @Test func probesAndBlocks() throws {
    let script = tree("first=kprobe:tcp_*,\n  i:s:1 /pid > 1/ { exit(); } // end")
    let action = try #require(script.actions.first)
    #expect(action.probes.map { text($0.site) } == ["kprobe:tcp_*", "i:s:1"])
    #expect(action.probes[0].label.map { text($0.site) } == "first")
    #expect(action.probes[0].parts.map { text($0.site) } == ["kprobe", "tcp_*"])
    #expect(action.predicate.map { text($0.site) } == "pid > 1")
    #expect(text(action.body.site) == "{ exit(); }")
    #expect(text(action.body.statements[0].site) == "exit()")
  }

  @Test(arguments: [
    "$x + (1 * 2)", "($x) + 1", "f(1, (2))", "@m[1, 2]", "@", "args->field.other", "$x.0.1", "$x++",
    "--@m[pid]", "-1",
    "(struct sock *)arg0", "$a ? $b : ($c)", "$a ?: $b", "(1, 2)", "\"a\\n\"", "{ $x = 1; $x }.y",
    "sizeof(struct x)",
  ])
  func expressions(_ source: String) throws {
    let found = try expression("print(\(source))")
    guard case .call(let name, let arguments) = found.kind else { throw Unexpected(description: "no call") }
    #expect(text(name.site) == "print")
    #expect(text(found.site) == "print(\(source))")
    #expect(text(arguments[0].site) == source)
  }

  @Test func operators() throws {
    guard case .binary(_, let left, let right, let site) = try expression("$x << $y * 2").kind else {
      throw Unexpected(description: "no operation")
    }
    #expect([left.site, site, right.site].map(text) == ["$x", "<<", "$y * 2"])
  }

  @Test(arguments: [
    "$x = 1 + 2", "@m[1] += f(2)", "let $a: uint8[4] = $b", "if ($x) { } else if (1) { }",
    "unroll (3) { exit(); }",
    "while (1) { }", "for ($i : 0..10) { }", "for ($kv : @m) { }", "return", "{ $x = 1; }",
  ])
  func statements(_ source: String) throws {
    #expect(text(try statement(source + ";").site) == source)
  }

  @Test func tokensOfDefinitionsStandWhereTheNameIsUsed() throws {
    let script = tree("#define LIMIT (5 + 6)\nBEGIN { print(LIMIT); }")
    guard case .expression(let call) = try #require(script.actions[0].body.statements.first).kind,
      case .call(_, let arguments) = call.kind
    else { throw Unexpected(description: "no call") }
    #expect(text(arguments[0].site) == "LIMIT")
    #expect(arguments[0].site.file.position(of: arguments[0].site.start).line == 2)
  }

  @Test func identitiesAreUnique() {
    let script = tree("BEGIN { $x = 1 + 2; if ($x) { print($x, @y[1]); } } END { @ = count(); }")
    #expect(script.actions.allSatisfy { $0.id.number < script.nodeCount })
    #expect(Set(script.actions.map(\.id)).count == 2)
  }

}
