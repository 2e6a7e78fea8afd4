import Syntax

extension Expression {

  /// The words of a string literal, which are the headings of a table's columns; nil if it is none.
  var headings: [String]? {
    literalString.map { String(decoding: $0, as: UTF8.self).split(separator: " ").map(String.init) }
  }

}

extension [String] {

  /// The first element that stands behind an equal one, nil if there is none.
  var firstDuplicate: String? {
    indices.first { self[..<$0].contains(self[$0]) }.map { self[$0] }
  }

}
