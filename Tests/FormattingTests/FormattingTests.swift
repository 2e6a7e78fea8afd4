import Foundation
import TestSupport
import Testing

@Suite struct FormattingTests {

  /// The scripts of other tests and those that come with apus.
  static let scripts: [GoldenCase] =
    [
      "Cases", "../EndToEndTests/Cases", "../SyntaxTests/Cases/Valid", "../SyntaxTests/Cases/Invalid",
      "../SemanticsTests/Cases", "../LoweringTests/Cases", "../../stdlib-scripts",
      "../../stdlib-scripts/tools",
    ].flatMap { GoldenCase.all(in: $0) }

  @Test(arguments: GoldenCase.all(in: "Cases"))
  func looksAsExpected(_ script: GoldenCase) throws {
    let formatted = try #require(FormattedScript(script.bytes))
    script.expect(formatted.text, as: "formatted")
  }

  @Test(arguments: scripts)
  func losesNothing(of script: GoldenCase) {
    guard let formatted = FormattedScript(script.bytes) else { return }
    #expect(formatted.faults() == [], "\(formatted.text)")
  }

}
