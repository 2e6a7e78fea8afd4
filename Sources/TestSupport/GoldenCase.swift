import Foundation
public import Testing

/// A file of a test module's folder of cases, whose results are compared with the files beside it.
///
/// The result `tree` of `if.bt` is expected in `if.bt.tree.expected`. A missing file fails. With `UPDATE_EXPECTED=1` in the
/// environment the files are rewritten, and the test fails if that changed one. What was observed is left in
/// `if.bt.tree.observed` when it is not what was expected.
public struct GoldenCase: Sendable, CustomTestStringConvertible {

  /// The path of the file.
  public let path: String

  /// The name of the file.
  public var name: String { (path as NSString).lastPathComponent }

  /// The name under which the case is reported.
  public var testDescription: String { name }

  /// Creates the case that is the file at `path`.
  public init(path: String) { self.path = path }

  /// The content of the file; empty if it cannot be read, which is reported.
  public var bytes: [UInt8] {
    guard let data = FileManager.default.contents(atPath: path) else {
      Issue.record("cannot read \(path)")
      return []
    }
    return [UInt8](data)
  }

  /// Returns the cases in `folder`, a folder beside the calling file, whose names end in `suffix`, by name.
  public static func all(
    in folder: String = "Cases", withSuffix suffix: String = ".bt", besides file: StaticString = #filePath
  ) -> [GoldenCase] {
    let base = (("\(file)" as NSString).deletingLastPathComponent as NSString).appendingPathComponent(folder)
    let names = (try? FileManager.default.contentsOfDirectory(atPath: base)) ?? []
    return names.filter { $0.hasSuffix(suffix) }.sorted()
      .map { GoldenCase(path: (base as NSString).appendingPathComponent($0)) }
  }

  /// Reports an issue unless `observed` is what the file beside the case expects as its `result`.
  public func expect(
    _ observed: String, as result: String, sourceLocation: SourceLocation = #_sourceLocation
  ) {
    let expectedPath = "\(path).\(result).expected"
    let observedPath = "\(path).\(result).observed"
    let expected = FileManager.default.contents(atPath: expectedPath)
      .map { String(decoding: $0, as: UTF8.self) }
    if expected == observed {
      try? FileManager.default.removeItem(atPath: observedPath)
      return
    }
    let isUpdating = ProcessInfo.processInfo.environment["UPDATE_EXPECTED"] == "1"
    let destination = isUpdating ? expectedPath : observedPath
    do {
      try observed.write(toFile: destination, atomically: true, encoding: .utf8)
    } catch {
      Issue.record("cannot write \(destination): \(error)", sourceLocation: sourceLocation)
    }
    if isUpdating {
      Issue.record("rewrote \(expectedPath)", sourceLocation: sourceLocation)
    } else if let expected {
      Issue.record(
        "\(name): unexpected \(result):\n\(difference(from: expected, to: observed))",
        sourceLocation: sourceLocation)
    } else {
      Issue.record(
        "\(expectedPath) is missing; set UPDATE_EXPECTED=1 to write it; observed:\n\(observed)",
        sourceLocation: sourceLocation)
    }
  }

}

/// Returns the lines of `new` and those of `old` that are not in `new`, each marked as in the output of `diff`.
public func difference(from old: String, to new: String) -> String {
  var lines = new.split(separator: "\n", omittingEmptySubsequences: false).map { "  \($0)" }
  let changes = new.split(separator: "\n", omittingEmptySubsequences: false)
    .difference(from: old.split(separator: "\n", omittingEmptySubsequences: false))
  for case .insert(let offset, let line, _) in changes.insertions { lines[offset] = "+ \(line)" }
  // An old line belongs in front of the new line that stands where the old one would after earlier removals.
  var removed: [Int: [String]] = [:]
  let insertedOffsets = Set(changes.insertions.map(\.offset))
  let removedOffsets = Set(changes.removals.map(\.offset))
  for case .remove(let offset, let line, _) in changes.removals {
    var kept = (0..<offset).count { !removedOffsets.contains($0) }
    var place = 0
    while place < lines.count {
      if !insertedOffsets.contains(place) {
        if kept == 0 { break }
        kept -= 1
      }
      place += 1
    }
    removed[place, default: []].append("- \(line)")
  }
  var result: [String] = []
  for i in 0...lines.count {
    result += removed[i] ?? []
    if i < lines.count { result.append(lines[i]) }
  }
  return result.joined(separator: "\n")
}

extension CollectionDifference.Change {

  /// The place of the change in the collection that has the element.
  fileprivate var offset: Int {
    switch self {
    case .insert(let offset, _, _), .remove(let offset, _, _): offset
    }
  }

}
