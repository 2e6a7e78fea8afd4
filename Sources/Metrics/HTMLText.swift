import Output

/// A page of HTML while it is written.
struct HTMLText {

  /// What was written.
  private(set) var bytes: [UInt8] = []

  /// Begins a page that needs nothing from anywhere else.
  mutating func begin(title: String) {
    raw("<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n<title>")
    text(title)
    raw("</title>\n<style>\n")
    raw("body { font: 15px sans-serif; margin: 2em; max-width: 75em }\n")
    raw("table { border-collapse: collapse; margin: 1em 0 }\n")
    raw("th, td { border: 1px solid #bbb; padding: 0.2em 0.6em; text-align: left }\n")
    raw("td { font-family: monospace }\n</style>\n</head>\n<body>\n")
    element("h1", title)
  }

  /// Ends the page.
  mutating func end() { raw("</body>\n</html>\n") }

  /// Writes `markup` as it is.
  mutating func raw(_ markup: StaticString) { bytes.append(text: markup) }

  /// Writes an element of the given kind with `content`.
  mutating func element(_ name: StaticString, _ content: String) {
    tagged(name, content)
    raw("\n")
  }

  /// Writes a table with a line of headings.
  mutating func table(_ headings: [String], _ rows: [[String]]) {
    raw("<table>\n<tr>")
    for heading in headings { tagged("th", heading) }
    raw("</tr>\n")
    for row in rows {
      raw("<tr>")
      for content in row { tagged("td", content) }
      raw("</tr>\n")
    }
    raw("</table>\n")
  }

  /// Writes `content` between the tags of an element of the given kind.
  private mutating func tagged(_ name: StaticString, _ content: String) {
    raw("<")
    raw(name)
    raw(">")
    text(content)
    raw("</")
    raw(name)
    raw(">")
  }

  /// Writes `content` as text.
  private mutating func text(_ content: String) {
    for byte in content.utf8 {
      switch byte {
      case UInt8(ascii: "&"): raw("&amp;")
      case UInt8(ascii: "<"): raw("&lt;")
      case UInt8(ascii: ">"): raw("&gt;")
      case UInt8(ascii: "\""): raw("&quot;")
      // Names of processes and files may hold characters that no page may.
      case 0..<0x09, 0x0b..<0x20: raw("\u{fffd}")
      default: bytes.append(byte)
      }
    }
  }

}
