/// The messages that were reported about a script; each is kept once.
public struct DiagnosticSet: Sendable {

  /// The messages in the order in which they were reported.
  public private(set) var elements: [Diagnostic] = []

  /// The messages reported so far, to keep each once.
  private var known: Set<Diagnostic> = []

  /// Creates an empty set.
  public init() {}

  /// `true` iff an error was reported.
  public var containsError: Bool { elements.contains { $0.level == .error } }

  /// Adds `diagnostic` unless it is there already.
  public mutating func insert(_ diagnostic: Diagnostic) {
    if known.insert(diagnostic).inserted { elements.append(diagnostic) }
  }

  /// Adds every message of `other`.
  public mutating func formUnion(_ other: DiagnosticSet) {
    for diagnostic in other.elements { insert(diagnostic) }
  }

  /// The messages as they are shown: by place in the file, errors before warnings at one place.
  public var sorted: [Diagnostic] {
    elements.enumerated().sorted { l, r in
      (l.element.site.start, l.element.level, l.offset)
        < (r.element.site.start, r.element.level, r.offset)
    }.map(\.element)
  }

}
