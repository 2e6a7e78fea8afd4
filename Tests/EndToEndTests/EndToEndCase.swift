import Foundation
import TestSupport
import Testing

/// A script with directives that say how it is run and what must come of it; see `README.md`.
struct EndToEndCase: Sendable, CustomTestStringConvertible {

  /// Where a case can be run.
  enum Place: String, Sendable, CaseIterable { case native, guest61 = "6.1", guest612 = "6.12" }

  /// The path of the script.
  let path: String

  /// The name of the script without its suffix.
  var name: String { URL(fileURLWithPath: path).deletingPathExtension().lastPathComponent }

  /// The name under which tests report it.
  var testDescription: String { name }

  /// Where the case is run: everywhere unless it says otherwise.
  private(set) var places = Set(Place.allCases)

  /// What standard output must be.
  private(set) var output: [LinePattern] = []

  /// What standard error must be, nil if it may say what was attached and no more.
  private(set) var errors: [LinePattern]? = nil

  /// The exit status.
  private(set) var status = "0"

  /// The directives that make no sense.
  private(set) var faults: [String] = []

  /// Reads the case at `path`.
  init(path: String) {
    self.path = path
    let text = (try? String(contentsOfFile: path, encoding: .utf8)) ?? ""
    for line in text.split(separator: "\n") where line.hasPrefix("//! ") { read(line.dropFirst(4)) }
  }

  /// The names of the directives that only `run-case` reads.
  private static let others: Set<Substring> = [
    "options", "parameters", "command", "before", "workload", "timeout", "remains", "check",
  ]

  /// Notes what `directive` says.
  private mutating func read(_ directive: Substring) {
    if let pattern = LinePattern(directive, of: "expect") { return output.append(pattern) }
    if let pattern = LinePattern(directive, of: "stderr") { return errors = (errors ?? []) + [pattern] }
    let parts = directive.split(separator: ":", maxSplits: 1)
    let value = parts.count > 1 ? parts[1].trimmingCharacters(in: .whitespaces) : ""
    switch parts[0] {
    case "exit": status = value
    case "where":
      places = Set(value.split(separator: " ").compactMap { Place(rawValue: String($0)) })
      if places.isEmpty { faults.append(String(directive)) }
    case let name where Self.others.contains(name): break
    default: faults.append(String(directive))
    }
  }

  /// The project's own cases, by name.
  static let all = cases(in: "Cases")

  /// The directory with scripts of users that are run as they wrote them, nil if there is none here.
  static let userScripts = ProcessInfo.processInfo.environment["USER_SCRIPTS"].flatMap {
    $0.isEmpty ? nil : $0
  }

  /// The regular expression that names of cases must match to be run.
  private static let selection = ProcessInfo.processInfo.environment["CASES"] ?? ""

  /// The cases that are run at `place`, by name: the project's own, and those of users' scripts if they are here.
  static func all(at place: Place) -> [EndToEndCase] {
    (all + (userScripts == nil ? [] : cases(in: "UserScripts"))).filter {
      $0.places.contains(place)
        && (selection.isEmpty || $0.name.range(of: selection, options: .regularExpression) != nil)
    }
  }

  /// Returns the cases in `folder`, by name.
  private static func cases(in folder: String) -> [EndToEndCase] {
    let folder = projectRoot.appendingPathComponent("Tests/EndToEndTests/\(folder)")
    let names = (try? FileManager.default.contentsOfDirectory(atPath: folder.path)) ?? []
    return names.filter { $0.hasSuffix(".bt") }.sorted()
      .map { EndToEndCase(path: folder.appendingPathComponent($0).path) }
  }

}

extension LinePattern {

  /// Creates the pattern that `directive` gives for `stream`, nil if it gives none.
  fileprivate init?(_ directive: Substring, of stream: String) {
    guard directive.hasPrefix(stream) else { return nil }
    let rest = directive.dropFirst(stream.count)
    if rest == "..." {
      self = .anything
    } else if rest.hasPrefix(": ") || rest == ":" {
      self = .exactly(String(rest.dropFirst(2)))
    } else if rest.hasPrefix("~ ") {
      self = .matching(String(rest.dropFirst(2)))
    } else {
      return nil
    }
  }

}
