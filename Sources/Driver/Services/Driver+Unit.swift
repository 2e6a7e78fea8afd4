import Diagnostics
import Glibc
import IR
import LinuxKernel
import Manuals
import Services
import Storing
import Syntax

extension Driver {

  /// Returns the unit of the service that `options` ask for.
  ///
  /// What the service will do when it starts is done here up to what is loaded, with the same words in the same folder: what is wrong
  /// is said now, and what it needs is known.
  static func unit(of options: Options) throws(Stop) -> ServiceUnit {
    let program = try programPath()
    let words = try options.serviceWords()
    guard chdir("/") == 0 else { throw Stop("the folder '/' cannot be entered") }
    let (script, needs, summary) = try compile(forServiceCalledBy: words, named: options.service.name)
    var unit = ServiceUnit(summary, running: [program] + words)
    needs.apply(of: script, reading: [program], to: &unit)
    unit.environment = try Environment.settings().sorted { $0.key < $1.key }.map {
      ("BPFTRACE_" + $0.key.uppercased(), $0.value)
    }
    return unit
  }

  /// Compiles what a service runs whose arguments are `words`; returns it with what it needs and a few words about it.
  private static func compile(
    forServiceCalledBy words: [String], named name: String?
  ) throws(Stop) -> (script: CompiledScript, needs: ServiceNeeds, summary: String) {
    var options = try Options(checking: words)
    let source = try SourceFile(reading: options.script ?? .standardInput)
    let summary = Manual(ofScript: source.text)?.summary ?? "apus \(name ?? source.name)"
    if BuiltFile.isBuilt(source.text) {
      var progress = Progress(options)
      let script = try builtScript(in: source, on: LiveKernel(options), showing: &progress)
      return (script, ServiceNeeds(options, files: [source.name], addresses: script.hasAddresses), summary)
    }
    options = try options.withArguments(of: source)
    // What is asked for behind the name of a tool must make sense, too.
    options.task = .service(.show)
    options.service.name = name
    do throws(UsageFault) { try options.checkService() } catch { throw Stop(error.message) }
    let request = try CompilationRequest(of: source, options, tracing: nil)
    var progress = Progress(options)
    let script = try compile(request, showing: &progress)
    let files = script.sources.map(\.name) + (request.log?.files ?? [])
    return (
      script, ServiceNeeds(options, files: files, addresses: request.log?.hasAddresses ?? true), summary
    )
  }

  /// Returns the path of the running program.
  private static func programPath() throws(Stop) -> String {
    guard let path = realpath("/proc/self/exe", nil) else {
      throw Stop(
        "the path of the running apus cannot be found out", hint: "was it deleted or replaced meanwhile?")
    }
    defer { free(path) }
    return String(cString: path)
  }

}

extension CompiledScript {

  /// `true` iff what was built takes addresses of the kernel.
  fileprivate var hasAddresses: Bool {
    object.facts.contains { if case .symbol = $0.subject { true } else { false } }
  }

}

extension Options {

  /// Returns the arguments with which a service calls apus: those that were given, with full paths.
  func serviceWords() throws(Stop) -> [String] {
    var words: [String] = []
    for option in service.given {
      words.append(option.name)
      if let value = option.value { words.append(option.isPath ? try Options.fullPath(of: value) : value) }
    }
    switch script {
    case .file(let path): words.append(try Options.fullPath(of: path))
    case .tool(let name): words.append(name)
    case .argument, .standardInput, nil: break
    }
    if scriptArgumentsFollowSeparator { words.append("--") }
    return words + scriptArguments
  }

  /// Returns what the service is called.
  func serviceName() throws(Stop) -> String {
    if let name = service.name { return name }
    let name =
      switch script {
      case .file(let path): UnitName.service(forScriptAt: path)
      case .tool(let name): name
      case .argument, .standardInput, nil: ""
      }
    if UnitName.isUsable(name) { return name }
    throw Stop(
      "a service cannot be called '\(name)' as the script is", hint: "give it another name with '--name'")
  }

  /// Returns the full path of the script, nil if it is no file.
  func fullScriptPath() throws(Stop) -> String? {
    guard case .file(let path)? = script else { return nil }
    return try Options.fullPath(of: path)
  }

  /// Returns the path from the root that leads where `path` leads from the working directory.
  private static func fullPath(of path: String) throws(Stop) -> String {
    if path.hasPrefix("/") { return path }
    guard let folder = getcwd(nil, 0) else { throw Stop("the working directory is gone") }
    defer { free(folder) }
    var rest = path[...]
    while rest.hasPrefix("./") { rest = rest.dropFirst(2).drop { $0 == "/" } }
    let base = String(cString: folder)
    return (base == "/" ? "" : base) + "/" + rest
  }

}
