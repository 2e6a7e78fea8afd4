/// What `#define` puts in place of a name.
struct Definition {

  /// The names of the parameters, nil for a name that is replaced without parentheses behind it.
  var parameters: [String]?

  /// `true` iff the last parameter takes all further arguments.
  var isVariadic = false

  /// The tokens that replace the name.
  var tokens: [Token]

  /// Returns the index of the parameter that `name` is, nil if it is none.
  func parameter(named name: String) -> Int? { parameters?.firstIndex(of: name) }

}
