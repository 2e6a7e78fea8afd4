/// The replacement of the call of a macro with the body of the macro.
///
/// Each call has its own: it tells where text of a macro came to stand in the script, and keeps the scratch variables of one
/// body apart from those of its caller and of other calls.
public final class Expansion: Codable, Sendable {

  /// The name of the macro.
  public let macro: String

  /// The place of the call, which may itself be in the body of a macro.
  public let call: SourceSpan

  /// Creates an instance with the given properties.
  public init(of macro: String, at call: SourceSpan) {
    self.macro = macro
    self.call = call
  }

}

extension Expansion: Hashable {

  /// Returns `true` iff `l` and `r` are the same object.
  public static func == (l: Expansion, r: Expansion) -> Bool { l === r }

  /// Feeds the identity of `self` to `hasher`.
  public func hash(into hasher: inout Hasher) { hasher.combine(ObjectIdentifier(self)) }

}
