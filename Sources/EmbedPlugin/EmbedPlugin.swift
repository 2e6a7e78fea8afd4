import Foundation
import PackagePlugin

/// Makes a Swift file of the files `*.bpf.c`, compiled to bitcode, and `*.bt` of a target, those in its folder `tools`
/// included.
@main
struct EmbedPlugin: BuildToolPlugin {

  /// Returns the one command that does it.
  func createBuildCommands(context: PluginContext, target: any Target) throws -> [Command] {
    let directory = target.directoryURL
    let tools = directory.appending(path: "tools")
    let folders = [directory] + (FileManager.default.fileExists(atPath: tools.path) ? [tools] : [])
    let files = try folders.flatMap {
      try FileManager.default.contentsOfDirectory(at: $0, includingPropertiesForKeys: nil)
    }.sorted { $0.path < $1.path }
    let sources = files.filter {
      $0.lastPathComponent.hasSuffix(".bpf.c") || $0.pathExtension == "bt"
    }
    let headers = files.filter { $0.pathExtension == "h" }
    let output = context.pluginWorkDirectoryURL.appending(path: "EmbeddedFiles.swift")
    return [
      .buildCommand(
        displayName: "Embedding the files of \(target.name)",
        executable: try context.tool(named: "Embed").url,
        arguments: [output.path] + sources.map(\.path),
        inputFiles: sources + headers, outputFiles: [output])
    ]
  }

}
