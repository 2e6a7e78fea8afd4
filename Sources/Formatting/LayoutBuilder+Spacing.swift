import Diagnostics
import Syntax

/// Blanks between pieces, and where lines may be broken.
extension LayoutBuilder {

  /// The words that are no names of functions, so that a blank is in front of a parenthesis behind them.
  private static let keywords: Set<String> = ["if", "else", "while", "for", "unroll", "return", "let"]

  /// The operators that are always between two operands, and what assigns.
  private static let separators: Set<String> = [
    "=", "+=", "-=", "*=", "/=", "%=", "<<=", ">>=", "&=", "|=", "^=", "?", ":", "/", "%", "<<", ">>", "<",
    "<=", ">", ">=", "==", "!=", "^", "|", "&&", "||",
  ]

  /// Returns `true` iff `piece` is between two operands.
  private func isSeparator(_ piece: Piece) -> Bool {
    guard piece.kind == .punctuation else { return false }
    return Self.separators.contains(piece.text) || marks.binaryOperators[piece.site.start] != nil
  }

  /// Returns `true` iff a blank is between `left` and `right`, the piece behind it, if they are in one line.
  func hasBlank(between left: Piece, and right: Piece) -> Bool {
    if right.isClosing || left.isText("(") || left.isText("[") { return false }
    if left.isText(";") || left.isText("}") || right.isText("{") {
      return ![".", "->", "["].contains(right.text)
    }
    if right.isText(":") { return !left.isText("?") && !isDeclared(left) }
    if isSeparator(left) || isSeparator(right) || left.isText(",") { return true }
    for word in ["..", ".", "->"] where left.isText(word) || right.isText(word) { return false }
    guard right.kind == .punctuation else { return left.kind == .word || left.kind == .probe }
    let isBehindKeyword = left.kind == .word && Self.keywords.contains(left.text)
    switch right.text {
    case "(", "[", "++", "--": return isBehindKeyword || wouldMerge(left, right)
    // Behind a word the star is that of a pointer, or the word is no operand.
    case "*", "&", "-", "+", "!", "~": return left.kind == .word || wouldMerge(left, right)
    default: return false
    }
  }

  /// Returns `true` iff `left` is a variable that is declared, so that its type follows.
  private func isDeclared(_ left: Piece) -> Bool {
    left.kind == .word && left.text.hasPrefix("$") && isBehindLet
  }

  /// Returns `true` iff `left` and `right` without a blank between them would be other tokens.
  private func wouldMerge(_ left: Piece, _ right: Piece) -> Bool {
    guard left.kind == .punctuation, let last = left.text.last else { return false }
    return "+-&".contains(last) && right.text.first == last
  }

  /// Returns how late a line is broken in front of `piece`, the next one, nil iff it is never.
  func reluctance(toBreakBefore piece: Piece) -> Int? {
    if let previous, previous.isText(",") { return 0 }
    guard piece.kind == .punctuation else { return nil }
    if piece.text == "?" || piece.text == ":" && previous?.isText("?") == false && !isBehindLet { return 1 }
    return marks.binaryOperators[piece.site.start].map { 2 + $0.precedence }
  }

}

extension BinaryOperator {

  /// How closely the operator binds.
  fileprivate var precedence: Int {
    switch self {
    case .or: 0
    case .and: 1
    case .bitOr: 2
    case .bitXor: 3
    case .bitAnd: 4
    case .equal, .notEqual: 5
    case .less, .lessOrEqual, .greater, .greaterOrEqual: 6
    case .shiftLeft, .shiftRight: 7
    case .add, .subtract: 8
    case .multiply, .divide, .remainder: 9
    }
  }

}
