public import Syntax

/// Returns the text of `script` in the standard format.
///
/// The tokens are those of the script, semicolons excepted: where a statement may go without one, one is added, and those
/// that end nothing are left out. Comments and lines for the C preprocessor stay where they are.
///
/// - Requires: there was no error in the text.
public func format(_ script: Script) -> [UInt8] {
  var builder = LayoutBuilder(script)
  var printer = LayoutPrinter()
  printer.print(builder.layOutScript())
  return printer.output
}
