/// Going on behind what was given up.
extension Parser {

  /// Moves behind the statement that was given up: behind the next semicolon or closed block, or in front of the brace that
  /// ends the block around it.
  mutating func recoverStatement() {
    lexer.isSilent = true
    defer { lexer.isSilent = false }
    var braces = 0
    while true {
      switch peek().kind {
      case .end:
        return
      case .semicolon where braces == 0:
        take()
        return
      case .leftBrace:
        braces += 1
      case .rightBrace where braces == 0:
        return
      case .rightBrace:
        braces -= 1
        if braces == 0 {
          take()
          // `} else {` goes on with the statement; `})` ends an expression that has a block in it.
          let next = peek()
          if isWord("else", next) { break }
          if [.rightParenthesis, .rightBracket, .comma].contains(next.kind) { break }
          _ = take(.semicolon)
          return
        }
      default:
        break
      }
      take()
    }
  }

  /// Moves in front of the parenthesis that closes the one that is open, or of the block behind it.
  mutating func discardParenthesized() {
    lexer.isSilent = true
    defer { lexer.isSilent = false }
    var depth = 0
    while depth > 0 || peek().kind != .rightParenthesis {
      switch peek().kind {
      case .end, .leftBrace, .rightBrace: return
      case .leftParenthesis: depth += 1
      case .rightParenthesis: depth -= 1
      default: break
      }
      take()
    }
    take()
  }

  /// Moves behind the item outside of blocks that was given up: behind its block, or its semicolon.
  mutating func recoverItem() {
    lexer.isSilent = true
    defer { lexer.isSilent = false }
    var braces = 0
    while true {
      let token = take()
      switch token.kind {
      case .end: return
      case .leftBrace: braces += 1
      case .rightBrace:
        braces -= 1
        if braces <= 0 { return }
      case .semicolon where braces == 0: return
      default: break
      }
    }
  }

}
