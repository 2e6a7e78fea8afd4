extension Manual {

  /// The number of columns that help takes.
  private static let width = 80

  /// What `--help` prints.
  public var help: String {
    var result = summary.isEmpty ? "" : Manual.filled(summary, behind: "\(name): ", indentedBy: 0) + "\n"
    result += usage
    if !description.isEmpty {
      result += "\n" + Manual.text(of: description, indentedBy: 0, hasCommands: false)
    }
    if !options.isEmpty { result += "\noptions:\n" + Manual.table(of: optionRows) }
    if !remark.isEmpty { result += "\n" + Manual.filled(remark, behind: "", indentedBy: 0) }
    for section in sections {
      result += "\n\(section.title.lowercased()):\n"
      result += Manual.text(of: section.paragraphs, indentedBy: 2, hasCommands: section.title == "Examples")
    }
    return result
  }

  /// How the program is called, as help and messages show it.
  public var usage: String {
    var result = ""
    for (index, usage) in usages.enumerated() {
      result += Manual.filled(usage, behind: index == 0 ? "usage: " : "       ", indentedBy: 11)
    }
    return result
  }

  /// The options, those without a short form below the long forms of others.
  private var optionRows: [(String, String)] {
    let haveShortForms = options.contains { $0.heading.hasPrefix("-") && !$0.heading.hasPrefix("--") }
    return options.map { option in
      let isLong = haveShortForms && option.heading.hasPrefix("--")
      return ((isLong ? "    " : "") + option.heading, option.text)
    }
  }

  /// Returns `paragraphs` behind `indentation` spaces; in a section of commands each has lines of its own.
  private static func text(
    of paragraphs: [Paragraph], indentedBy indentation: Int, hasCommands: Bool
  ) -> String {
    let margin = String(repeating: " ", count: indentation)
    var result = ""
    var items: [(String, String)] = []
    for (index, paragraph) in paragraphs.enumerated() {
      var next: Paragraph? { index + 1 < paragraphs.count ? paragraphs[index + 1] : nil }
      switch paragraph {
      case .text(let text): result += filled(text, behind: margin, indentedBy: indentation)
      case .lines(let lines): for line in lines { result += "\(margin)  \(line)\n" }
      case .item(let term, let text) where hasCommands:
        result += "\(margin)\(term)\n"
        if !text.isEmpty { result += filled(text, behind: margin + "    ", indentedBy: indentation + 4) }
        if case .item? = next { continue }
      case .item(let term, let text):
        items.append((term, text))
        if case .item? = next { continue }
        result += table(of: items, indentedBy: max(2, indentation))
        items = []
      }
      if next != nil { result += "\n" }
    }
    return result
  }

  /// Returns `rows`, names and what is said about them, in two columns.
  private static func table(of rows: [(heading: String, text: String)], indentedBy indentation: Int = 2)
    -> String
  {
    let margin = String(repeating: " ", count: indentation)
    let limit = 22
    let column = rows.map(\.heading.count).filter { $0 <= limit }.max() ?? 4
    var result = ""
    for (heading, text) in rows {
      let left = margin + heading
      if text.isEmpty {
        result += left + "\n"
      } else if heading.count <= limit {
        let gap = String(repeating: " ", count: column - heading.count + 2)
        result += filled(text, behind: left + gap, indentedBy: indentation + column + 2)
      } else {
        result += left + "\n"
        let indented = String(repeating: " ", count: indentation + column + 2)
        result += filled(text, behind: indented, indentedBy: indented.count)
      }
    }
    return result
  }

  /// Returns `text` behind `beginning`, in lines that are not too long if its words allow that; all but the first are indented by
  /// `indentation`.
  private static func filled(_ text: String, behind beginning: String, indentedBy indentation: Int) -> String
  {
    var result = beginning
    var column = beginning.count
    var isFirst = true
    for word in text.split(separator: " ") {
      if !isFirst && column + 1 + word.count > width {
        result += "\n" + String(repeating: " ", count: indentation)
        column = indentation
      } else if !isFirst {
        result += " "
        column += 1
      }
      result += word
      column += word.count
      isFirst = false
    }
    return result + "\n"
  }

}
