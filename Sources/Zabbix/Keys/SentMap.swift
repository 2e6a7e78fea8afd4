import Output
import Types

/// A map whose elements are sent, and how.
struct SentMap: Sendable {

  /// What the keys of items are made of, but for the elements' own keys.
  let context: KeyTemplate.Context

  /// The form of the keys of items.
  let template: KeyTemplate

  /// What the parts of the elements' keys are called.
  let labels: [KeyLabel]

  /// The key of the discovery rule that is told which elements there are, nil if none is.
  let discoveryKey: String?

  /// Returns the key of the item for `member` of the value of the element with the given key.
  func key(_ parts: [KeyPart], member: String?) -> String {
    template.key(in: context, parts: parts, member: member)
  }

}
