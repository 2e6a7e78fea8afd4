/// What explains a program: its help on a terminal and its man page are made from it.
public struct Manual: Equatable, Sendable {

  /// A piece of explanation.
  public enum Paragraph: Equatable, Sendable {

    /// Sentences, whose lines are filled.
    case text(String)

    /// Something that is explained, such as a column or a command, as it is written, and sentences about it.
    case item(term: String, text: String)

    /// Lines that stay as they are.
    case lines([String])

  }

  /// Paragraphs with a title, such as `Examples`.
  public struct Section: Equatable, Sendable {

    /// The title.
    public let title: String

    /// What stands below it.
    public let paragraphs: [Paragraph]

    /// Creates an instance with the given properties.
    public init(title: String, paragraphs: [Paragraph]) {
      self.title = title
      self.paragraphs = paragraphs
    }

  }

  /// A parameter, which is told from others by its position.
  public struct Parameter: Equatable, Sendable {

    /// What it is called.
    public let name: String

    /// `true` iff it may be left out.
    public let isOptional: Bool

    /// `true` iff any number of parameters of the kind may follow.
    public let isRepeated: Bool

  }

  /// An option as it is explained.
  public struct Option: Equatable, Sendable {

    /// The names and what stands for the argument: `-n, --top=NUMBER`.
    public let heading: String

    /// What it is good for.
    public let text: String

    /// Creates an instance with the given properties.
    public init(heading: String, text: String) {
      self.heading = heading
      self.text = text
    }

  }

  /// What the program is called.
  public let name: String

  /// What it does, a sentence without a full stop; empty if nobody says.
  public let summary: String

  /// How it is called, one line for each way.
  public let usages: [String]

  /// What it does at length.
  public let description: [Paragraph]

  /// The options.
  public var options: [Option] = []

  /// What is said behind the options, empty if nothing is.
  public var remark = ""

  /// What is said besides.
  public let sections: [Section]

  /// Creates an instance with the given properties.
  public init(
    name: String, summary: String = "", usages: [String], description: [Paragraph] = [],
    options: [Option] = [], sections: [Section] = []
  ) {
    self.name = name
    self.summary = summary
    self.usages = usages
    self.description = description
    self.options = options
    self.sections = sections
  }

  /// The parameters that the first usage names, in order: all its words behind the name but `[OPTION]...`.
  public var parameters: [Parameter] {
    var result: [Parameter] = []
    var depth = 0
    for word in usages.first?.split(separator: " ").dropFirst(2) ?? [] {
      if word.hasPrefix("[OPTION") { continue }
      depth += word.count { $0 == "[" }
      let name = word.filter { !"[].".contains($0) }
      if !name.isEmpty {
        result.append(Parameter(name: name, isOptional: depth > 0, isRepeated: word.contains("...")))
      }
      depth -= word.count { $0 == "]" }
    }
    return result
  }

}
