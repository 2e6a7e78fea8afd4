public import Diagnostics

/// What finds and reads the files that scripts import: those of the machine, or some that a test made up.
public protocol ScriptReader {

  /// Returns the files that `path`, as `importer` writes it, denotes: itself, or all scripts in a folder, sorted.
  func files(at path: String, importedBy importer: SourceFile) throws(ImportFault) -> [ImportedFile]

  /// Returns what tells `source`, which is not imported, apart from other files; nil if it is no file.
  func identity(of source: SourceFile) -> String?

  /// Returns the text of `file`.
  func read(_ file: ImportedFile) throws(ImportFault) -> SourceFile

}

/// A file that a script imports.
public struct ImportedFile: Hashable, Sendable {

  /// The path that messages show.
  public let path: String

  /// What tells the file apart from others, however its path is written.
  public let identity: String

  /// `true` iff the file is one in C and no script.
  public var isC: Bool { path.hasSuffix(".h") || path.hasSuffix(".c") }

  /// Creates an instance with the given properties.
  public init(path: String, identity: String) {
    self.path = path
    self.identity = identity
  }

}

/// Why a file cannot be imported.
public struct ImportFault: Error, Hashable, Sendable {

  /// What is wrong, in lower case and without a full stop.
  public let message: String

  /// What to do about it, if that can be said.
  public let hint: String?

  /// Creates an instance with the given properties.
  public init(_ message: String, hint: String? = nil) {
    self.message = message
    self.hint = hint
  }

}
