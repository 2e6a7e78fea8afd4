extension IntegerType {

  /// Creates the type that `words`, C's names of integer types in any order, denote; nil if they denote none.
  public init?(wordsOfC words: [String]) {
    let known: Set<String> = ["signed", "unsigned", "char", "short", "int", "long"]
    if words.isEmpty || !words.allSatisfy(known.contains) { return nil }
    let width =
      if words.contains("char") {
        8
      } else if words.contains("short") {
        16
      } else if words.contains("long") {
        64
      } else {
        32
      }
    self.init(width: width, isSigned: !words.contains("unsigned"))
  }

}
