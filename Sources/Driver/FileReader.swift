import Diagnostics
import Glibc
import Storing
import Syntax

/// Finds imported files on the machine, relative to the file that imports them; those of a text that is no file, relative to
/// the working directory.
struct FileReader: ScriptReader {

  /// What is told of the files that are looked for, nil for nobody.
  var log: DependencyLog? = nil

  /// Returns the script at `path`, or those in the folder there.
  func files(at path: String, importedBy importer: SourceFile) throws(ImportFault) -> [ImportedFile] {
    let directory = FileReader.directory(of: importer.name)
    let full = path.hasPrefix("/") ? path : directory + path
    log?.note(file: full)
    guard let status = FileReader.status(of: full) else {
      let place = directory.isEmpty ? "the working directory" : "'\(directory)'"
      throw ImportFault(
        "there is no file '\(full)'", hint: path.hasPrefix("/") ? nil : "imports are relative to \(place)")
    }
    if status.st_mode & S_IFMT == S_IFDIR { return try scripts(in: full) }
    guard FileReader.isImportable(path) else {
      throw ImportFault(
        "'\(path)' cannot be imported",
        hint: "imports take '.bt', '.h' and '.bpf.c' files and folders of them")
    }
    return [FileReader.file(at: full, status)]
  }

  /// Returns the file that `source` is.
  func identity(of source: SourceFile) -> String? {
    FileReader.status(of: source.name).map { FileReader.file(at: source.name, $0).identity }
  }

  /// Returns the text of `file`.
  func read(_ file: ImportedFile) throws(ImportFault) -> SourceFile {
    do throws(Stop) {
      return try SourceFile(reading: .file(file.path))
    } catch {
      throw ImportFault(error.message, hint: error.hint)
    }
  }

  /// Returns the scripts in `folder`, sorted by name.
  private func scripts(in folder: String) throws(ImportFault) -> [ImportedFile] {
    guard let stream = opendir(folder) else {
      throw ImportFault("the folder '\(folder)' cannot be read: \(String(cString: strerror(errno)))")
    }
    defer { closedir(stream) }
    var names: [String] = []
    while let entry = readdir(stream) {
      let name = withUnsafeBytes(of: &entry.pointee.d_name) { bytes in
        String(decoding: bytes.prefix { $0 != 0 }, as: UTF8.self)
      }
      if FileReader.isImportable(name) { names.append(name) }
    }
    if names.isEmpty { throw ImportFault("the folder '\(folder)' has no '.bt', '.h' or '.bpf.c' files") }
    let prefix = folder.hasSuffix("/") ? folder : folder + "/"
    return names.sorted().compactMap { name in
      guard let status = FileReader.status(of: prefix + name), status.st_mode & S_IFMT == S_IFREG else {
        return nil
      }
      log?.note(file: prefix + name)
      return FileReader.file(at: prefix + name, status)
    }
  }

  /// Returns `true` iff files with the name `name` can be imported.
  private static func isImportable(_ name: String) -> Bool {
    [".bt", ".h", ".bpf.c"].contains { name.hasSuffix($0) }
  }

  /// Returns the file at `path`, which `status` is about.
  private static func file(at path: String, _ status: stat) -> ImportedFile {
    ImportedFile(path: path, identity: "\(status.st_dev):\(status.st_ino)")
  }

  /// Returns the directory of the file at `path` with a slash at its end, empty for the working directory.
  private static func directory(of path: String) -> String {
    path.lastIndex(of: "/").map { String(path[...$0]) } ?? ""
  }

  /// Returns what the system knows about the file at `path`, nil if there is none.
  private static func status(of path: String) -> stat? {
    var result = stat()
    return stat(path, &result) == 0 ? result : nil
  }

}
