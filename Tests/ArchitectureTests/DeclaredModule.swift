import Foundation
import Testing

/// A module as `Package.swift` declares it, with what its files import.
struct DeclaredModule: Sendable, CustomTestStringConvertible {

  /// The name.
  let name: String

  /// The modules that it is declared to depend on.
  let dependencies: Set<String>

  /// The folder with its files, from the root of the package.
  let folder: String

  /// The name under which tests report it.
  var testDescription: String { name }

  /// The modules that each file imports, by the file's path from the root of the package.
  func imports() -> [String: Set<String>] {
    let base = DeclaredModule.root.appendingPathComponent(folder)
    var result: [String: Set<String>] = [:]
    let files = FileManager.default.enumerator(atPath: base.path)?.compactMap { $0 as? String } ?? []
    for file in files where file.hasSuffix(".swift") {
      let text = (try? String(contentsOf: base.appendingPathComponent(file), encoding: .utf8)) ?? ""
      let names = text.matches(of: importLine).map { String($0.output.name) }
      result["\(folder)/\(file)"] = Set(names)
    }
    return result
  }

  /// The root of the package.
  static let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent()

  /// The modules that `Package.swift` declares, those of tests excepted.
  static let all: [DeclaredModule] = {
    let path = root.appendingPathComponent("Package.swift")
    guard let text = try? String(contentsOf: path, encoding: .utf8) else { return [] }
    return text.matches(of: declaration).map { match in
      let name = String(match.output.name)
      let names = (match.output.dependencies ?? "").matches(of: #/"(\w+)"/#).map { String($0.output.1) }
      return DeclaredModule(
        name: name, dependencies: Set(names), folder: match.output.path.map(String.init) ?? "Sources/\(name)")
    }
  }()

}

/// `module("Name", ["Dependency", …], path: "…")` or a target spelled out with the same parts.
nonisolated(unsafe) private let declaration =
  #/\b(module|\.?executableTarget|\.target)\(\s*(name:\s*)?"(?<name>\w+)"(,\s*(dependencies:\s*)?\[(?<dependencies>[^\]]*)\])?(,\s*path:\s*"(?<path>[^"]+)")?/#

/// A line that imports a module.
nonisolated(unsafe) private let importLine =
  #/(?m)^\s*(@\w+\s+)*(public |package |internal |private )?import (\w+ )?(?<name>\w+)/#
