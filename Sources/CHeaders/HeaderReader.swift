public import Kernel
public import Types

/// The headers that a script includes, read by libclang when the first answer is asked for.
public final class HeaderReader: HeaderView {

  /// The headers.
  private let headers: [RequestedHeader]

  /// Where they are looked for.
  private let search: HeaderSearch

  /// What stands in front of them: the script's definitions for the preprocessor.
  private let definitions: String

  /// `true` iff scripts may call the functions in the headers.
  private let hasFunctions: Bool

  /// Returns the names that the script may want to know the values of.
  private let names: () -> [String]

  /// Creates an instance for `headers`, which are looked for as `search` says, behind `definitions`; `names` are those whose
  /// values may be asked for, if they are macros. The functions can be called iff `hasFunctions`.
  public init(
    _ headers: [RequestedHeader], search: HeaderSearch, definitions: String, hasFunctions: Bool,
    names: @escaping () -> [String]
  ) {
    self.headers = headers
    self.search = search
    self.definitions = definitions
    self.hasFunctions = hasFunctions
    self.names = names
  }

  /// The headers that are there, and those that are not.
  private lazy var found = search.find(headers)

  /// What libclang has read: the headers of the kernel, and others; empty if there are none or no libclang.
  private lazy var units: [ClangUnit] = {
    if found.sets.isEmpty { return [] }
    guard let library = ClangLibrary.shared else { return [] }
    let questions = ClangUnit.questions(about: names())
    return found.sets.compactMap { set in
      let lines = set.paths.map { "#include \"\($0)\"\n" }.joined()
      return ClangUnit(
        definitions + lines + questions, arguments: set.arguments, hasBodies: hasFunctions, with: library)
    }
  }()

  /// The text that includes the headers of programs behind the script's definitions.
  var programText: String {
    let paths = found.sets.first?.paths ?? []
    return definitions + paths.map { "#include \"\($0)\"\n" }.joined()
  }

  /// The folders that are searched for headers.
  var programFolders: [String] { search.folders }

  /// The layout of a structure.
  public func layout(of structure: StructureName) -> StructureLayout? {
    for unit in units { if let layout = unit.layout(of: structure) { return layout } }
    return nil
  }

  /// The constants of the enumeration `name`.
  public func enumeration(named name: String) -> EnumerationLayout? {
    for unit in units { if let layout = unit.enumeration(named: name) { return layout } }
    return nil
  }

  /// The type that `name` was defined to be.
  public func type(named name: String) -> Type? {
    for unit in units { if let type = unit.type(named: name) { return type } }
    return nil
  }

  /// The constant or macro `name`.
  public func value(named name: String) -> HeaderValue? {
    for unit in units { if let value = unit.value(named: name) { return value } }
    return nil
  }

  /// The function `name`.
  public func function(named name: String) -> CFunction? {
    for unit in units { if let function = unit.function(named: name) { return function } }
    return nil
  }

  /// What is wrong with the headers, in libclang's words with the places.
  public var faults: [String] { units.flatMap(\.errors) }

  /// `true` iff there are headers to be read, but nobody who can.
  private var lacksLibrary: Bool { !found.sets.isEmpty && ClangLibrary.shared == nil }

  /// Why a name may not have been found.
  public var obstacle: String? {
    if lacksLibrary { return "libclang, which reads the headers, is not installed" }
    let names = found.missing.map { "'\($0.spelling)'" }
    switch names.count {
    case 0: return nil
    case 1: return "the header \(names[0]) was not found, which may define it"
    default:
      return "the headers \(names.dropLast().joined(separator: ", ")) and \(names[names.count - 1])"
        + " were not found, which may define it"
    }
  }

}
