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
    var unit = ServiceUnit("", running: [program] + words)
    var needs = ServiceNeeds(try Options(checking: words), program: program)
    let scripts = try ScriptToRun.all(in: needs.options)
    let names = ScriptToRun.names(of: scripts)
    var compiled: [CompiledScript] = []
    for script in scripts {
      compiled.append(try compile(script, forServiceCalled: options.service.name, noting: &needs))
    }
    _ = try exposition(of: compiled, named: names, needs.options)
    unit.summary =
      scripts.count == 1
      ? Manual(ofScript: scripts[0].source.text)?.summary
        ?? "apus \(options.service.name ?? scripts[0].source.name)"
      : "apus \(names.joined(separator: ", "))"
    needs.apply(to: &unit)
    unit.environment = try Environment.settings().sorted { $0.key < $1.key }.map {
      ("BPFTRACE_" + $0.key.uppercased(), $0.value)
    }
    return unit
  }

  /// Compiles `script` as a service called `name` will, adds what it needs to `needs`, and returns it.
  private static func compile(
    _ script: ScriptToRun, forServiceCalled name: String?, noting needs: inout ServiceNeeds
  ) throws(Stop) -> CompiledScript {
    var progress = Progress(script.options)
    if script.isBuilt {
      let built = try builtScript(in: script.source, on: LiveKernel(script.options), showing: &progress)
      needs.add(built, files: [script.source.name], hasAddresses: built.hasAddresses)
      return built
    }
    var options = script.options
    // What is asked for behind the name of a tool must make sense, too.
    options.task = .service(.show)
    options.service.name = name
    do throws(UsageFault) { try options.checkService() } catch { throw Stop(error.message) }
    let request = try CompilationRequest(of: script.source, options, tracing: nil)
    let compiled = try compile(request, showing: &progress)
    needs.add(
      compiled, files: compiled.sources.map(\.name) + (request.log?.files ?? []),
      hasAddresses: request.log?.hasAddresses ?? true)
    return compiled
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
    for script in [script].compactMap(\.self) + furtherScripts {
      switch script {
      case .file(let path): words.append(try Options.fullPath(of: path))
      case .tool(let name): words.append(name)
      case .argument, .standardInput: break
      }
    }
    if scriptArgumentsFollowSeparator && !scriptArguments.isEmpty { words.append("--") }
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

  /// Returns the full paths of the scripts that are files.
  func fullScriptPaths() throws(Stop) -> [String] {
    var paths: [String] = []
    for case .file(let path) in [script].compactMap(\.self) + furtherScripts {
      paths.append(try Options.fullPath(of: path))
    }
    return paths
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
