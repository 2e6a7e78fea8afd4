public import Diagnostics

/// Returns the tree of `source` and of all files that it imports, found by `reader`, as one script.
///
/// What a file imports stands in front of what it holds, and each file is read once, so that files may import one another. What
/// is wrong is reported to `diagnostics` and left out of the tree.
public func parse(
  _ source: SourceFile, parameters: [String], importing reader: some ScriptReader,
  knowing facts: (any PreprocessorFacts)? = nil, reportingTo diagnostics: inout DiagnosticSet
) -> Script {
  var script = parse(source, parameters: parameters, knowing: facts, reportingTo: &diagnostics)
  // Most scripts import nothing.
  if script.imports.isEmpty { return script }
  var resolution = ImportResolution(
    reader: reader, parameters: parameters, facts: facts, nodeCount: script.nodeCount)
  resolution.add(script, at: 0, identity: reader.identity(of: source))
  diagnostics.formUnion(resolution.diagnostics)
  script = resolution.result(for: script)
  if script.actions.isEmpty && !diagnostics.containsError {
    let end = SourceSpan(source, from: source.text.count, to: source.text.count)
    diagnostics.insert(.noProbes(at: end))
  }
  return script
}

/// Collects what a script and the files that it imports hold.
private struct ImportResolution<Reader: ScriptReader> {

  /// What finds files.
  let reader: Reader

  /// The parameters of the command line.
  let parameters: [String]

  /// What the preprocessor knows about the machine.
  let facts: (any PreprocessorFacts)?

  /// One more than the greatest identity of a node given so far.
  var nodeCount: Int

  /// The scripts in the order in which their parts are put together.
  private var scripts: [Script] = []

  /// The files in C.
  private var headers: [PreambleItem] = []

  /// The files that have been read, by identity.
  private var known: Set<String> = []

  /// What is wrong.
  private(set) var diagnostics = DiagnosticSet()

  /// The number of files that may be imported by one another.
  private static var depthLimit: Int { 64 }

  /// Creates an instance that has read nothing.
  init(
    reader: Reader, parameters: [String], facts: (any PreprocessorFacts)?, nodeCount: Int
  ) {
    self.reader = reader
    self.facts = facts
    self.parameters = parameters
    self.nodeCount = nodeCount
  }

  /// Adds the files that `script` imports, and then itself; `depth` files led to it.
  mutating func add(_ script: Script, at depth: Int, identity: String?) {
    if let identity { known.insert(identity) }
    for item in script.imports {
      if depth == Self.depthLimit {
        diagnostics.insert(.error("imports are nested too deeply", at: item.site))
      } else {
        do throws(ImportFault) {
          try add(item, of: script, at: depth)
        } catch {
          diagnostics.insert(.error(error.message, at: item.site, hint: error.hint))
        }
      }
    }
    scripts.append(script)
  }

  /// Adds the files that `item` of `importer` denotes and that have not been read.
  private mutating func add(_ item: Import, of importer: Script, at depth: Int) throws(ImportFault) {
    // The macros of the standard library are there without being imported.
    if item.path == "stdlib" || item.path.hasPrefix("stdlib/") { return }
    for file in try reader.files(at: item.path, importedBy: importer.source)
    where known.insert(file.identity).inserted {
      if file.isC {
        // Files in C are read when a name is looked for that they may define.
        let name = file.path.split(separator: "/").last.map(String.init) ?? file.path
        let path = item.path.hasSuffix(name) ? item.path : "\(item.path)/\(name)"
        headers.append(.inclusion(IncludedHeader(path: path, isSystem: false, site: item.site)))
        continue
      }
      var parser = Parser(
        try reader.read(file), parameters: parameters, goal: .part, facts: facts, nodeCount: nodeCount)
      let script = parser.parseScript()
      nodeCount = script.nodeCount
      diagnostics.formUnion(parser.lexer.diagnostics)
      if let setting = script.configuration.first { diagnostics.insert(.importedSetting(setting, item)) }
      add(script, at: depth + 1, identity: nil)
    }
  }

  /// Returns everything that was added as the one script `main`.
  func result(for main: Script) -> Script {
    var result = Script(
      source: main.source, preamble: headers + scripts.flatMap(\.preamble),
      definitions: scripts.flatMap(\.definitions), configuration: main.configuration,
      imports: scripts.flatMap(\.imports), mapDeclarations: scripts.flatMap(\.mapDeclarations),
      macros: scripts.flatMap(\.macros), actions: scripts.flatMap(\.actions), nodeCount: nodeCount)
    result.parameterDefaults = scripts.reduce(into: [:]) { defaults, script in
      defaults.merge(script.parameterDefaults) { first, _ in first }
    }
    // What the script says counts more than what a file says that it imports.
    for script in scripts { result.mapHelp.merge(script.mapHelp) { _, new in new } }
    return result
  }

}

extension Diagnostic {

  /// A setting in a file that is imported.
  fileprivate static func importedSetting(_ setting: ConfigurationItem, _ item: Import) -> Diagnostic {
    .error(
      "settings belong to the script, not to a file that it imports", at: setting.key.site,
      notes: [Note("the file is imported here", at: item.site)])
  }

  /// A script without action blocks, at its end.
  static func noProbes(at end: SourceSpan) -> Diagnostic {
    .error("there are no probes to attach to", at: end, hint: "write, for instance, 'BEGIN { exit(); }'")
  }

}
