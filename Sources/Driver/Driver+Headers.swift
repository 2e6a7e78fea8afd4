import CHeaders
import Diagnostics
import Glibc
import Kernel
import Storing
import Syntax

extension Driver {

  /// Returns the headers that `script` and `options` include, none of which is looked for before somebody asks.
  ///
  /// What is looked for or read is told to `log`.
  static func headers(
    of script: Script, on kernel: any KernelView, _ options: Options, noting log: DependencyLog? = nil
  ) -> ScriptHeaders {
    var own = options.headers.map { RequestedHeader(path: $0, isSystem: false, folder: "") }
    var system: [RequestedHeader] = []
    var definitions = ""
    for item in script.preamble {
      switch item {
      case .define(let name, let body):
        let text = SourceSpan(body.file, from: name.site.start, to: body.end).text
        definitions += "#define \(String(decoding: text, as: UTF8.self))\n"
      case .inclusion(let header):
        let importer = header.site.file.name
        let folder = importer.lastIndex(of: "/").map { String(importer[...$0]) } ?? ""
        let request = RequestedHeader(path: header.path, isSystem: header.isSystem, folder: folder)
        if options.owns(request, noting: log) { own.append(request) } else { system.append(request) }
      case .definition: break
      }
    }
    if own.isEmpty && system.isEmpty { return ScriptHeaders() }
    // Which files they include themselves, only the compiler of C knows.
    if !own.isEmpty { log?.forbid("it includes headers of its own") }
    let search = HeaderSearch(
      folders: options.headerFolders, release: kernel.release,
      kernelSource: Environment.value(of: "BPFTRACE_KERNEL_SOURCE"),
      kernelBuild: Environment.value(of: "BPFTRACE_KERNEL_BUILD"))
    /// Returns what reads `headers`, nil if there are none.
    func reader(of headers: [RequestedHeader], hasFunctions: Bool) -> HeaderReader? {
      if headers.isEmpty { return nil }
      return HeaderReader(
        headers, search: search, definitions: definitions, hasFunctions: hasFunctions
      ) { script.namesOfValues }
    }
    let installed: (any HeaderView)? = reader(of: system, hasFunctions: false)
    return ScriptHeaders(
      own: reader(of: own, hasFunctions: true),
      system: installed.map { headers in log.map { RecordingHeaders(headers, into: $0) } ?? headers })
  }

  /// Returns the bitcode of `functions`, which `headers` have, nil if there are none.
  static func compile(
    _ functions: [String: CFunction], of headers: ScriptHeaders
  ) throws(Stop) -> [UInt8]? {
    guard !functions.isEmpty, let reader = headers.own as? HeaderReader else { return nil }
    do throws(CompilerFault) {
      return try reader.compile(functions)
    } catch {
      throw Stop(error.message, hint: error.hint)
    }
  }

}

extension Options {

  /// `true` iff `header` belongs to the script: it stands in quotes and is there, or in a folder that the user named.
  fileprivate func owns(_ header: RequestedHeader, noting log: DependencyLog?) -> Bool {
    let folders = (header.isSystem ? [] : [header.folder]) + headerFolders.map { "\($0)/" }
    for folder in folders { log?.note(file: folder + header.path) }
    return folders.contains { access($0 + header.path, F_OK) == 0 }
      || header.path.hasPrefix("/") && !header.isSystem
  }

}

extension Script {

  /// The names in expressions that may be those of constants and macros, sorted.
  fileprivate var namesOfValues: [String] {
    var names: Set<String> = []
    for action in actions {
      action.forEachExpression { if case .identifier(let name) = $0.kind { names.insert(name) } }
    }
    for macro in macros {
      macro.forEachExpression { if case .identifier(let name) = $0.kind { names.insert(name) } }
    }
    for definition in definitions {
      definition.forEachExpression { if case .identifier(let name) = $0.kind { names.insert(name) } }
    }
    return names.sorted()
  }

}
