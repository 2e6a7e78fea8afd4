/// The messages that were reported about a script; each is kept once.
public struct DiagnosticSet: Sendable {

  /// The messages in the order in which they were reported.
  public private(set) var elements: [Diagnostic] = []

  /// The messages reported so far, to keep each once; one about the body of a macro once for all calls of the macro.
  private var known: Set<Diagnostic> = []

  /// The files in the order in which messages about them were reported.
  private var files: [SourceFile] = []

  /// Creates an empty set.
  public init() {}

  /// `true` iff an error was reported.
  public var containsError: Bool { elements.contains { $0.level == .error } }

  /// Adds `diagnostic` unless it is there already.
  public mutating func insert(_ diagnostic: Diagnostic) {
    guard known.insert(diagnostic.withoutExpansions).inserted else { return }
    elements.append(diagnostic)
    if !files.contains(diagnostic.site.file) { files.append(diagnostic.site.file) }
  }

  /// Adds every message of `other`.
  public mutating func formUnion(_ other: DiagnosticSet) {
    for diagnostic in other.elements { insert(diagnostic) }
  }

  /// The messages as they are shown: by file and by place in it, errors before warnings at one place.
  public var sorted: [Diagnostic] {
    files.flatMap { file in
      elements.enumerated().filter { $0.element.site.file == file }.sorted { l, r in
        (l.element.site.start, l.element.level, l.offset)
          < (r.element.site.start, r.element.level, r.offset)
      }.map(\.element)
    }
  }

}
