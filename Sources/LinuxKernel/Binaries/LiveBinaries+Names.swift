import Binaries
import Glibc
public import Kernel

/// What names of programs and libraries mean.
extension LiveBinaries {

  /// Returns the programs and libraries that `name` denotes, each file once, sorted, at least one.
  public func binaries(named name: String?) throws(BinaryLookupFault) -> [TargetBinary] {
    let root = process?.root
    guard let name else { return [try ownProgram(root: root)] }
    let isPattern = name.utf8.contains {
      [UInt8(ascii: "*"), UInt8(ascii: "?"), UInt8(ascii: "[")].contains($0)
    }
    if isPattern {
      let found = distinct(paths(matching: name, root: root).map { TargetBinary(path: $0, root: root) })
      if found.isEmpty { throw .noMatch(name) }
      return found
    }
    if name.contains("/") {
      let binary = TargetBinary(path: name, root: name.hasPrefix("/") ? root : nil)
      _ = try file(binary)
      return [binary]
    }
    if let program = process?.executable, lastComponent(of: program) == name {
      return [try ownProgram(root: root)]
    }
    if name.hasPrefix("lib") {
      if let path = try library(named: name, root: root) { return [TargetBinary(path: path, root: root)] }
    }
    if let path = program(named: name, root: root) { return [TargetBinary(path: path, root: root)] }
    if name.hasPrefix("lib") { throw .noLibrary(name, candidates: libraryNames(root: root)) }
    throw .noProgram(name)
  }

  /// Returns the program of the traced process.
  private func ownProgram(root: Int32?) throws(BinaryLookupFault) -> TargetBinary {
    guard let process else { throw .noProcess }
    guard let path = process.executable else { throw .processEnded(process.identifier) }
    var binary = TargetBinary(path: path, root: root)
    // A program that was removed or replaced since it was started can still be reached by this name.
    if process.program == nil, path.hasSuffix(" (deleted)") || (try? file(binary)) == nil {
      binary = TargetBinary(path: "/proc/\(process.identifier)/exe")
    }
    _ = try file(binary)
    return binary
  }

  /// Returns `binaries` that are programs or libraries for this machine, sorted, each file once.
  func distinct(_ binaries: [TargetBinary]) -> [TargetBinary] {
    var seen: Set<FileIdentity> = []
    return binaries.sorted().filter { binary in
      guard let file = try? file(binary) else { return false }
      return seen.insert(file.identity).inserted
    }
  }

  /// Returns the paths that match `pattern`: of a traced process those of its program and libraries, else of all files, and of
  /// all libraries where the pattern is no path.
  private func paths(matching pattern: String, root: Int32?) -> [String] {
    let mapped = process?.mappedFiles ?? []
    if !mapped.isEmpty {
      let found = mapped.filter { path in
        fnmatch(pattern, pattern.contains("/") ? path : lastComponent(of: path), 0) == 0
      }
      if !found.isEmpty { return found }
    }
    if pattern.contains("/") { return files(matching: pattern, root: root) }
    return libraries(root: root).filter { fnmatch(pattern, $0.name, 0) == 0 }.map(\.path)
  }

  /// Returns the paths of the files that match `pattern`.
  private func files(matching pattern: String, root: Int32?) -> [String] {
    let prefix = root.map { "/proc/\($0)/root" } ?? ""
    var result = glob_t()
    defer { globfree(&result) }
    guard glob(prefix + pattern, 0, nil, &result) == 0 else { return [] }
    return (0..<Int(result.gl_pathc)).compactMap { i in
      result.gl_pathv[i].map { String(String(cString: $0).dropFirst(prefix.count)) }
    }
  }

  /// Returns the path of the program `name`, found as a shell finds it; nil if there is none.
  private func program(named name: String, root: Int32?) -> String? {
    if root == nil, isAccessible(name), (try? file(TargetBinary(path: "./\(name)"))) != nil {
      return "./\(name)"
    }
    let standard = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin"
    let folders = root == nil ? getenv("PATH").map { String(cString: $0) } ?? standard : standard
    for folder in folders.split(separator: ":") {
      let path = "\(folder)/\(name)"
      if (try? file(TargetBinary(path: path, root: root))) != nil { return path }
    }
    return nil
  }

  /// Returns the path of the library `name`, such as `libc` or `libc.so.6`; nil if there is none.
  ///
  /// The libraries that the traced process has in memory come first, those in the loader's folders last.
  private func library(named name: String, root: Int32?) throws(BinaryLookupFault) -> String? {
    for path in process?.mappedFiles ?? [] where isName(name, ofLibrary: lastComponent(of: path)) {
      return path
    }
    let libraries = libraries(root: root)
    let found = libraries.first { $0.name == name } ?? libraries.first { isName(name, ofLibrary: $0.name) }
    return found?.path
  }

  /// Returns the names by which libraries could be found: `libc` for `libc.so.6`.
  private func libraryNames(root: Int32?) -> [String] {
    var names: [String] = []
    for library in libraries(root: root) {
      var name = library.name
      if let end = name.firstRange(of: ".so") { name = String(name[..<end.lowerBound]) }
      if names.last != name { names.append(name) }
    }
    return names
  }

  /// Returns the libraries that the loader knows, or those in its folders where it has no list.
  private func libraries(root: Int32?) -> [LibraryCache.Entry] {
    if let descriptor = try? BinaryFile.open("/etc/ld.so.cache", inRootOf: root) {
      defer { close(descriptor) }
      let entries = LibraryCache(parsing: (try? readFile("/proc/self/fd/\(descriptor)")) ?? []).entries
      if !entries.isEmpty { return entries }
    }
    let folders = ["/lib", "/usr/lib", "/lib64", "/usr/lib64", "/usr/local/lib"]
    return folders.flatMap { files(matching: "\($0)/lib*.so*", root: root) }.map {
      LibraryCache.Entry(name: lastComponent(of: $0), path: $0)
    }
  }

  /// Returns `true` iff scripts call the library in the file `file` by `name`.
  private func isName(_ name: String, ofLibrary file: String) -> Bool {
    file == name || file.hasPrefix("\(name).so") || (file.hasPrefix("\(name)-") && file.contains(".so"))
  }

  /// Returns what is behind the last slash of `path`.
  private func lastComponent(of path: String) -> String {
    path.split(separator: "/").last.map(String.init) ?? path
  }

}
