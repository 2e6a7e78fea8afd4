import Diagnostics
import Syntax
import Testing

/// Scripts that import others, which are kept in memory.
@Suite struct ImportTests {

  /// Files by path; a folder is what paths begin with.
  private struct Files: ScriptReader {

    /// The texts by path.
    let texts: [String: String]

    func files(at path: String, importedBy importer: SourceFile) throws(ImportFault) -> [ImportedFile] {
      let found = texts.keys.filter { $0 == path || $0.hasPrefix("\(path)/") }.sorted()
      if found.isEmpty { throw ImportFault("there is no file '\(path)'", hint: "look for it") }
      return found.map { ImportedFile(path: $0, identity: $0) }
    }

    func identity(of source: SourceFile) -> String? { source.name }

    func read(_ file: ImportedFile) throws(ImportFault) -> SourceFile {
      SourceFile(name: file.path, text: texts[file.path] ?? "")
    }

  }

  /// Returns the tree of the file `main` of `texts` and the messages about it.
  private func tree(_ texts: [String: String]) -> (script: Script, messages: String) {
    var diagnostics = DiagnosticSet()
    let main = SourceFile(name: "main", text: texts["main"] ?? "")
    let script = parse(main, parameters: ["7"], importing: Files(texts: texts), reportingTo: &diagnostics)
    return (script, Renderer().render(diagnostics))
  }

  @Test func importedItemsStandInFront() {
    let (script, messages) = tree([
      "main": "import \"lib\"; let @a = hash(1); macro m() { 1 } BEGIN { }",
      "lib/b": "macro b() { a } END { }",
      "lib/a": "import \"deep\"; macro a() { $1 }",
      "deep": "let @d = hash(2);",
    ])
    #expect(messages == "")
    #expect(script.macros.map(\.name.text) == ["a", "b", "m"])
    #expect(script.mapDeclarations.map(\.map.text) == ["@d", "@a"])
    #expect(script.actions.map { $0.probes[0].parts[0].text } == ["END", "BEGIN"])
    #expect(script.source.name == "main")
  }

  @Test func whatTheScriptSaysAboutMapsCountsMost() {
    let (script, messages) = tree([
      "main": "import \"lib\"; BEGIN { } // @a: of the script",
      "lib": "// @a: of the file\n// @b: of the file\nmacro m() { 1 }",
    ])
    #expect(messages == "")
    #expect(script.mapHelp == ["@a": "of the script", "@b": "of the file"])
  }

  @Test func eachFileIsReadOnce() {
    let (script, messages) = tree([
      "main": "import \"a\"; import \"b\"; import \"a\"; BEGIN { }",
      "a": "import \"b\"; macro a() { 1 }",
      "b": "import \"a\"; import \"main\"; import \"b\"; macro b() { 1 }",
    ])
    #expect(messages == "")
    #expect(script.macros.map(\.name.text) == ["b", "a"])
    #expect(script.actions.count == 1)
  }

  @Test func identitiesAreUnique() {
    let (script, _) = tree([
      "main": "import \"a\"; BEGIN { print(1); print(2); }", "a": "END { print(3); } macro m(x) { x + 1 }",
    ])
    var identities: [NodeID] = script.actions.map(\.id)
    for action in script.actions { action.forEachExpression { identities.append($0.id) } }
    for macro in script.macros { macro.forEachExpression { identities.append($0.id) } }
    #expect(Set(identities).count == identities.count)
    #expect(identities.allSatisfy { $0.number < script.nodeCount })
  }

  @Test func messagesNameTheFile() {
    let texts = [
      "main":
        "import \"a\";\nimport \"nowhere\";\nimport \"x.h\";\nimport \"x.bpf.c\";\nimport \"stdlib\";\nBEGIN { }",
      "a": "config = { max_strlen = 8 }\nmacro m() { 1 +; }",
    ]
    #expect(
      tree(texts).messages == """
        a:1:12-21: ERROR: settings belong to the script, not to a file that it imports
        config = { max_strlen = 8 }
                   ~~~~~~~~~~
        main:1:8-10: NOTE: the file is imported here
        import "a";
               ~~~
        a:2:16-16: ERROR: expected an expression but found ';'
        macro m() { 1 +; }
                       ~
        main:2:8-16: ERROR: there is no file 'nowhere'
        import "nowhere";
               ~~~~~~~~~
        HINT: look for it
        main:3:8-12: ERROR: there is no file 'x.h'
        import "x.h";
               ~~~~~
        HINT: look for it
        main:4:8-16: ERROR: there is no file 'x.bpf.c'
        import "x.bpf.c";
               ~~~~~~~~~
        HINT: look for it

        """)
  }

  /// Files in C are left to who looks for a name; definitions of imported scripts are kept.
  @Test func filesInCAreIncluded() {
    let (script, messages) = tree([
      "main": "import \"a.h\"; import \"lib\"; import \"s\"; BEGIN { }", "a.h": "not looked at {",
      "lib/f.bpf.c": "int f(void)", "s": "#include <net/sock.h>\nstruct s { int a; }",
    ])
    #expect(messages == "")
    let included = script.preamble.compactMap { item -> String? in
      if case .inclusion(let header) = item { header.path } else { nil }
    }
    #expect(included == ["a.h", "lib/f.bpf.c", "net/sock.h"])
    #expect(script.definitions.count == 1)
  }

  @Test func importedFilesMayHoldNoProbesButSomeFileMust() {
    let (_, messages) = tree(["main": "import \"a\";", "a": "macro m() { 1 }"])
    #expect(messages.contains("ERROR: there are no probes to attach to"))
    #expect(tree(["main": "import \"a\";", "a": "BEGIN { }"]).messages == "")
  }

  /// Files that import one another in a long row are refused before the stack is full.
  @Test func boundsDepth() {
    var texts = ["main": "import \"0\"; BEGIN { }"]
    for i in 0..<200 { texts["\(i)"] = "import \"\(i + 1)\";" }
    #expect(tree(texts).messages.contains("ERROR: imports are nested too deeply"))
  }

}
