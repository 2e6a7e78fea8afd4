extension Lexer {

  /// Moves behind the punctuation that begins at `position` with `first` and returns its kind, nil iff it is none.
  ///
  ///     punctuation ::=
  ///       '{' | '}' | '(' | ')' | '[' | ']' | ';' | ',' | ':' | '?' | '.' | '..' | '->' | '++' | '--' |
  ///       unary-operator | binary-operator | assignment-operator
  mutating func scanPunctuation(_ first: UInt8) -> Token.Kind? {
    let second = byte(at: position + 1)
    let third = byte(at: position + 2)
    guard let kind = punctuation(first, second, third) else { return nil }
    position += kind.rawValue.utf8.count
    return kind
  }

  /// Returns the longest punctuation at the beginning of the given bytes, nil iff there is none.
  private func punctuation(_ first: UInt8, _ second: UInt8, _ third: UInt8) -> Token.Kind? {
    let isAssigned = second == UInt8(ascii: "=")
    let isDoubled = second == first
    switch first {
    case UInt8(ascii: "{"): return .leftBrace
    case UInt8(ascii: "}"): return .rightBrace
    case UInt8(ascii: "("): return .leftParenthesis
    case UInt8(ascii: ")"): return .rightParenthesis
    case UInt8(ascii: "["): return .leftBracket
    case UInt8(ascii: "]"): return .rightBracket
    case UInt8(ascii: ";"): return .semicolon
    case UInt8(ascii: ","): return .comma
    case UInt8(ascii: ":"): return .colon
    case UInt8(ascii: "?"): return .question
    case UInt8(ascii: "~"): return .tilde
    case UInt8(ascii: "."): return isDoubled ? .range : .dot
    case UInt8(ascii: "+"): return isDoubled ? .increment : isAssigned ? .addAssign : .plus
    case UInt8(ascii: "-"):
      if second == UInt8(ascii: ">") { return .arrow }
      return isDoubled ? .decrement : isAssigned ? .subtractAssign : .minus
    case UInt8(ascii: "*"): return isAssigned ? .multiplyAssign : .star
    case UInt8(ascii: "/"): return isAssigned ? .divideAssign : .slash
    case UInt8(ascii: "%"): return isAssigned ? .remainderAssign : .percent
    case UInt8(ascii: "&"): return isDoubled ? .and : isAssigned ? .andAssign : .ampersand
    case UInt8(ascii: "|"): return isDoubled ? .or : isAssigned ? .orAssign : .bar
    case UInt8(ascii: "^"): return isAssigned ? .xorAssign : .caret
    case UInt8(ascii: "="): return isAssigned ? .equal : .assign
    case UInt8(ascii: "!"): return isAssigned ? .notEqual : .not
    case UInt8(ascii: "<"):
      if isDoubled { return third == UInt8(ascii: "=") ? .shiftLeftAssign : .shiftLeft }
      return isAssigned ? .lessOrEqual : .less
    case UInt8(ascii: ">"):
      if isDoubled { return third == UInt8(ascii: "=") ? .shiftRightAssign : .shiftRight }
      return isAssigned ? .greaterOrEqual : .greater
    default: return nil
    }
  }

}
