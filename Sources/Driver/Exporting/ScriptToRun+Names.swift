import Diagnostics

extension ScriptToRun {

  /// Returns the names by which others tell `scripts` apart: those of the files without folders and `.bt`, and their whole paths where
  /// these are the same.
  static func names(of scripts: [ScriptToRun]) -> [String] {
    let short = scripts.map(\.shortName)
    return zip(scripts, short).map { script, name in
      short.count { $0 == name } > 1 ? script.source.name : name
    }
  }

  /// The name of the file without its folder and `.bt`, or that of the tool.
  private var shortName: String {
    let name = source.name.split(separator: "/").last.map(String.init) ?? source.name
    return name.hasSuffix(".bt") && name.utf8.count > 3 ? String(name.dropLast(3)) : name
  }

}
