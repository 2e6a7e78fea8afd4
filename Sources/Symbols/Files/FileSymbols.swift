import Binaries
import Glibc

/// What is known of the code in a file: its functions, and where it is when it runs.
struct FileSymbols {

  /// The parts of the file that are loaded into memory.
  private let segments: [BinaryFile.Segment]

  /// The functions.
  let functions: CodeSymbols

  /// What compilers tell about the code, nil if it was not asked for or there is nothing.
  private(set) var information: DebugInformation?

  /// Reads the program or library in `file`, which is looked for nowhere else than in the file itself.
  init(embeddedIn file: BinaryFile) {
    self.segments = file.segments.filter(\.isLoaded)
    self.functions = CodeSymbols(of: Self.ownTables(of: file))
  }

  /// Reads the program or library in `file`, whose path is `path` in the mount namespaces that the folders `roots` show, and
  /// what `search` finds of it; what compilers tell about the code, too, iff `readsInformation`.
  init(
    of file: BinaryFile, at path: String, in roots: [String], completedBy search: DebugFileSearch,
    readingInformation readsInformation: Bool
  ) {
    self.segments = file.segments.filter(\.isLoaded)
    var tables = Self.ownTables(of: file)
    let own = readsInformation ? DebugInformation(of: file) : nil
    var other: BinaryFile? = nil
    if file.symbols.isEmpty || readsInformation && own == nil {
      other = search.debugFile(of: file, at: path, in: roots)
    }
    if file.symbols.isEmpty, let other { tables.append((other, other.symbols)) }
    self.functions = CodeSymbols(of: tables)
    self.information = own ?? (readsInformation ? other.flatMap { DebugInformation(of: $0) } : nil)
  }

  /// Returns where the byte at `offset` in the file is, relative to where the file is loaded; nil if it is not in memory.
  func address(ofOffset offset: UInt64) -> UInt64? {
    for segment in segments where offset >= segment.offset && offset - segment.offset < segment.fileSize {
      return segment.address &+ (offset - segment.offset)
    }
    return nil
  }

  /// Returns the tables of symbols in `file`: that for debuggers, which has all of them, else that for the loader and what
  /// was kept besides.
  private static func ownTables(of file: BinaryFile) -> [(file: BinaryFile, table: SymbolTable)] {
    if !file.symbols.isEmpty { return [(file, file.symbols)] }
    var tables = [(file: file, table: file.dynamicSymbols)]
    if let embedded = file.embeddedSymbols() { tables.append((embedded, embedded.symbols)) }
    return tables
  }

}
