/// The words of a command as a shell separates them; variables, patterns and redirections mean nothing.
enum CommandWords {

  /// Returns the words of `command`, at least one.
  static func split(_ command: String) throws(ProcessFault) -> [String] {
    var words: [String] = []
    var word: String? = nil
    var quote: Character? = nil
    var characters = command.makeIterator()
    while let c = characters.next() {
      if let open = quote {
        if c == open {
          quote = nil
        } else if c == "\\", open == "\"" {
          guard let next = characters.next() else { break }
          // Within double quotes a backslash is itself but in front of what is special there.
          if !"\"\\$`".contains(next) { word?.append(c) }
          word?.append(next)
        } else {
          word?.append(c)
        }
      } else if c == "'" || c == "\"" {
        quote = c
        word = word ?? ""
      } else if c == "\\" {
        guard let next = characters.next() else { throw .malformedCommand("it ends with a backslash") }
        word = (word ?? "") + String(next)
      } else if c.isWhitespace {
        if let word { words.append(word) }
        word = nil
      } else {
        word = (word ?? "") + String(c)
      }
    }
    if let quote { throw .malformedCommand("the quote \(quote) is not closed") }
    if let word { words.append(word) }
    if words.isEmpty || words[0].isEmpty { throw .malformedCommand("it is empty") }
    return words
  }

}
