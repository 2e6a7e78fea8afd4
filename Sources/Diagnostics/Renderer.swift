/// Turns messages into the text that is shown.
///
///     stdin:1:27-30: ERROR: unknown builtin 'pidd'; did you mean 'pid'?
///     kprobe:f { printf("%d\n", pidd); }
///                               ~~~~
///
/// Lines and columns count from 1, columns in bytes; the last column is that of the last byte. A range of several
/// lines is given as `FILE:FIRST-LAST`, and its first line is shown.
public struct Renderer: Sendable {

  /// Whether colours are used.
  public enum Style: Sendable {

    /// Text without control sequences.
    case plain

    /// Text with the control sequences of terminals for colours.
    case coloured

  }

  /// Whether colours are used.
  public let style: Style

  /// The number of columns of a line of the script that are shown.
  public let width: Int

  /// `true` iff details are shown, which else are only pointed out.
  public let showsDetails: Bool

  /// The number of calls of macros within macros that are shown of those that led to a place.
  private static let expansionLimit = 8

  /// Creates an instance with the given properties.
  ///
  /// - Requires: `width >= 40`.
  public init(style: Style = .plain, width: Int = 160, showsDetails: Bool = false) {
    precondition(width >= 40, "no room for what is to be shown")
    self.style = style
    self.width = width
    self.showsDetails = showsDetails
  }

  /// Returns the text of all messages in `diagnostics` in the order in which they are shown.
  public func render(_ diagnostics: DiagnosticSet) -> String {
    diagnostics.sorted.map(render).joined()
  }

  /// Returns the text of `diagnostic`, whole lines.
  public func render(_ diagnostic: Diagnostic) -> String {
    let colour: Colour = diagnostic.level == .error ? .red : .yellow
    var result = entry(diagnostic.level.rawValue, diagnostic.message, at: diagnostic.site, in: colour)
    for note in diagnostic.notes {
      result += entry("NOTE", note.message, at: note.site, in: .cyan)
    }
    for expansion in diagnostic.site.expansions.prefix(Renderer.expansionLimit) {
      result += entry("NOTE", "in the macro '\(expansion.macro)' called here", at: expansion.call, in: .cyan)
    }
    if let hint = diagnostic.hint {
      result += painted("HINT", in: .cyan) + ": \(SourceExcerpt.printable(hint))\n"
    }
    if let detail = diagnostic.detail {
      let title = SourceExcerpt.printable(detail.title)
      if showsDetails {
        result += painted("NOTE", in: .cyan) + ": \(title):\n"
        for line in detail.lines { result += "    \(SourceExcerpt.printable(line))\n" }
      } else {
        result += painted("HINT", in: .cyan) + ": '-v' shows \(title)\n"
      }
    }
    return result
  }

  /// Returns the text of a message about `site`, and the line of the script that it is in.
  private func entry(_ title: String, _ message: String, at site: SourceSpan, in colour: Colour) -> String {
    let place = "\(SourceExcerpt.printable(site.file.name)):\(site.range): "
    var result = place + painted(title, in: colour) + ": \(SourceExcerpt.printable(message))\n"
    let excerpt = SourceExcerpt(of: site, width: width)
    if !excerpt.isBlank { result += excerpt.text + "\n" + painted(excerpt.marker, in: colour) + "\n" }
    return result
  }

  /// A colour of a terminal.
  private enum Colour: String {
    case red = "31"
    case yellow = "33"
    case cyan = "36"
  }

  /// Returns `text` in bold and in the given colour, if there are colours.
  private func painted(_ text: String, in colour: Colour) -> String {
    switch style {
    case .plain: text
    case .coloured: "\u{1B}[1;\(colour.rawValue)m\(text)\u{1B}[0m"
    }
  }

}
