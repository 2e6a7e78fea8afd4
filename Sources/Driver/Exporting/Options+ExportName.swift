extension Options {

  /// What the script is called by those who look at it from outside: the name of its file without folders and `.bt`, that of the
  /// tool, or `stdin`.
  var exportName: String {
    switch script {
    case .file(let path)?:
      let name = path.split(separator: "/").last.map(String.init) ?? path
      return name.hasSuffix(".bt") && name.count > 3 ? String(name.dropLast(3)) : name
    case .tool(let name)?: return name
    case .argument?, .standardInput?, nil: return "stdin"
    }
  }

}
