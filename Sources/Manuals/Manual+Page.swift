extension Manual {

  /// The name of the man page: `apus-tcptop` for the tool `tcptop`.
  public var pageName: String { name == "apus" ? name : "apus-\(name)" }

  /// The man page, in the language of `groff` and `mandoc`, of section 8, since only who may trace can run it; `version` is that of
  /// apus.
  public func page(version: String) -> String {
    var page = Page()
    page.command("TH", [pageName.uppercased(), "8", "", "apus \(version)", "apus"])
    page.command("SH", ["NAME"])
    page.text("\(pageName) - \(summary)")
    page.command("SH", ["SYNOPSIS"])
    for (index, usage) in usages.enumerated() {
      if index > 0 { page.command("br") }
      page.text(usage)
    }
    page.command("SH", ["DESCRIPTION"])
    page.add(description.isEmpty ? [.text(summary + ".")] : description)
    if !options.isEmpty {
      page.command("SH", ["OPTIONS"])
      page.add(options.map { .item(term: $0.heading, text: $0.text) })
      if !remark.isEmpty {
        page.command("PP")
        page.text(remark)
      }
    }
    for section in sections {
      page.command("SH", [section.title.uppercased()])
      page.add(section.paragraphs)
    }
    if name != "apus" {
      page.command("SH", ["SEE ALSO"])
      page.command("BR", ["apus", "(8)"])
    }
    return page.content
  }

}

/// The text of a man page that grows.
private struct Page {

  /// What was added.
  private(set) var content = ""

  /// Adds the request `name` with `arguments`.
  mutating func command(_ name: String, _ arguments: [String] = []) {
    content += ".\(name)"
    for argument in arguments {
      content +=
        argument.isEmpty || argument.contains(" ") ? " \"\(escaped(argument))\"" : " \(escaped(argument))"
    }
    content += "\n"
  }

  /// Adds a line of text; one that begins like a request is none.
  mutating func text(_ line: String) {
    if line.first == "." || line.first == "'" { content += #"\&"# }
    content += escaped(line) + "\n"
  }

  /// Adds `paragraphs`.
  mutating func add(_ paragraphs: [Manual.Paragraph]) {
    for (index, paragraph) in paragraphs.enumerated() {
      switch paragraph {
      case .text(let text):
        if index > 0 { command("PP") }
        self.text(text)
      case .item(let term, let text):
        // Without a text below it, a tagged paragraph would take the next one for it.
        command(text.isEmpty ? "PP" : "TP")
        content += #"\fB"# + escaped(term) + #"\fR"# + "\n"
        if !text.isEmpty { self.text(text) }
      case .lines(let lines):
        command("PP")
        command("RS", ["4"])
        command("nf")
        for line in lines { text(line) }
        command("fi")
        command("RE")
      }
    }
  }

  /// Returns `text` with the characters that mean something else, or look different, to who formats it.
  private func escaped(_ text: String) -> String {
    var result = ""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\\": result += #"\e"#
      case "-": result += #"\-"#
      case "'": result += #"\(aq"#
      case "\"": result += #"\(dq"#
      case "`": result += #"\(ga"#
      case "^": result += #"\(ha"#
      case "~": result += #"\(ti"#
      case _ where scalar.value > 126:
        let digits = String(scalar.value, radix: 16, uppercase: true)
        result += #"\[u"# + String(repeating: "0", count: max(0, 4 - digits.count)) + digits + "]"
      default: result.unicodeScalars.append(scalar)
      }
    }
    return result
  }

}
