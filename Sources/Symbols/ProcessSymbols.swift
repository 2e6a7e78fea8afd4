import BPF
import Binaries
import Glibc
public import Output
public import Types

/// Names addresses in processes by the symbols of the files that are mapped there.
public final class ProcessSymbols: UserSymbolizer {

  /// Knows what is mapped where.
  private var tracker = ProcessTracker()

  /// Tells what processes do, nil if that is not followed.
  private var events: ProcessEvents?

  /// What is known of the code in each file, by the number of the file; nil for files without any.
  private var symbols: [Int: FileSymbols?] = [:]

  /// What is known of the code that the kernel gives to all processes, once it was asked for.
  private lazy var sharedCode = SharedCode.symbols()

  /// The names of functions that processes made.
  private var perfMaps = PerfMapStore()

  /// What was found at places in files.
  private var found: [Place: [UserFrame]] = [:]

  /// Finds files with what was stripped of others.
  private let search: DebugFileSearch

  /// `true` iff names are shown as programmers write them.
  private let demangles: Bool

  /// `true` iff places in the source and functions that were inlined are shown.
  private let showsInformation: Bool

  /// `true` iff what was found out is remembered.
  private let remembers: Bool

  /// The process that alone is traced, nil if all are.
  private let process: Int32?

  /// The number of places that are remembered.
  private static let placeLimit = 1 << 18

  /// The number of files whose code is remembered; the files stay open, so that they can be read again.
  private static let fileLimit = 256

  /// Creates an instance for a run with `settings`, which looks into `debugFolder`, if that is not nil, before the system's
  /// folder of debug files.
  public init(_ settings: Settings, debugFolder: String? = nil) {
    self.search = DebugFileSearch(lookingInto: debugFolder)
    self.demangles = settings.demanglesNames
    self.showsInformation = settings.showsDebugInformation
    self.remembers = settings.symbolCache != .none
    self.process = settings.targetPID
  }

  /// The open files that tell of what processes do when they can be read.
  public var descriptors: [Int32] { events.map { [$0.descriptor] } ?? [] }

  /// Begins to follow processes, as they are now and from now on.
  public func start() {
    if !remembers { return }
    // Without the privilege to follow what processes do, their memory is looked at when addresses are printed.
    events = try? ProcessEvents()
    tracker.isFollowing = events != nil
    if let process { tracker.look(at: process) } else { tracker.lookAtAll() }
  }

  /// Takes note of what processes have done meanwhile.
  public func catchUp() {
    guard let events else { return }
    var news: [ProcessEvent] = []
    if events.consume({ news.append($0) }) > 0 { tracker.noteLoss() }
    if !news.isEmpty { tracker.apply(news) }
  }

  /// Returns the functions at `address`, the innermost first; several where functions were inlined, none if none is known.
  public func frames(at address: UserAddress) -> [UserFrame] {
    guard let mapping = tracker.mapping(at: address.address, in: address.process, time: address.time) else {
      return madeFunction(at: address)
    }
    let number: Int
    switch mapping.content {
    case .anonymous: return madeFunction(at: address)
    case .vdso: number = Place.sharedCode
    case .file(let file): number = file
    }
    let offset = mapping.fileOffset &+ (address.address - mapping.start)
    let place = Place(file: number, offset: offset, isReturnAddress: address.isReturnAddress)
    if let frames = found[place] { return frames }
    let path = number == Place.sharedCode ? SharedCode.path : tracker.files.files[number].path
    guard let symbols = symbols(ofFile: number) else {
      let made = madeFunction(at: address)
      return made.isEmpty ? [UserFrame(file: path)] : made
    }
    let frames = frames(at: place, in: symbols, path: path)
    if found.count >= Self.placeLimit { found = [:] }
    found[place] = frames
    return frames
  }

  /// A place in a file.
  private struct Place: Hashable {

    /// The number of the file.
    let file: Int

    /// The number of bytes in front of it.
    let offset: UInt64

    /// `true` iff a call returns to it.
    let isReturnAddress: Bool

    /// What stands for the code that the kernel gives to all processes.
    static let sharedCode = -1

  }

  /// Returns what is at `place`, in the file at `path` with the given symbols.
  private func frames(at place: Place, in symbols: FileSymbols, path: [UInt8]) -> [UserFrame] {
    guard let address = symbols.address(ofOffset: place.offset) else { return [UserFrame(file: path)] }
    // A call at the end of a function that never returns leads to the next one.
    let code = place.isReturnAddress ? address &- 1 : address
    var frame = UserFrame(file: path)
    if let function = symbols.functions.function(at: code) {
      frame.function = shown(symbols.functions.name(of: function))
      frame.offset = address - function.start
    }
    guard let described = symbols.information?.frames(at: code), let outer = described.last else {
      return [frame]
    }
    frame.source = outer.place.map { Array("\($0.file):\($0.line)".utf8) }
    let inlined = described.dropLast().map { described in
      UserFrame(
        function: shown(Array((described.symbol ?? described.function ?? "?").utf8)), file: path,
        source: described.place.map { Array("\($0.file):\($0.line)".utf8) }, isInlined: true)
    }
    return inlined + [frame]
  }

  /// Returns `name`, that of a function in a file, as it is shown.
  private func shown(_ name: [UInt8]) -> [UInt8] {
    if !demangles { return name }
    return name.withUnsafeBufferPointer { Mangling.name(of: $0) }.map { Array($0.utf8) } ?? name
  }

  /// Returns the function that a process has made at `address`, if it says so.
  private func madeFunction(at address: UserAddress) -> [UserFrame] {
    let place = address.isReturnAddress ? address.address &- 1 : address.address
    guard address.process > 0, let (name, start, path) = perfMaps.function(at: place, in: address.process)
    else { return [] }
    return [UserFrame(function: name, offset: address.address - start, file: Array(path.utf8))]
  }

  /// Returns what is known of the code in the file with the given number, nil if nothing is.
  private func symbols(ofFile number: Int) -> FileSymbols? {
    if number == Place.sharedCode { return sharedCode }
    if let known = symbols[number] { return known }
    let result = read(tracker.files.files[number])
    if symbols.count >= Self.fileLimit { symbols = [:] }
    symbols[number] = .some(result)
    return result
  }

  /// Returns what is known of the code in `file`, nil if it cannot be read.
  private func read(_ file: CodeFile) -> FileSymbols? {
    // The file stays open, since symbols are read once only, but processes go on to map it.
    let copy = fcntl(file.open(), F_DUPFD_CLOEXEC, 0)
    let path = String(decoding: file.path, as: UTF8.self)
    guard copy >= 0, let binary = try? BinaryFile(owning: copy, openedAt: path) else { return nil }
    let roots = ["/proc/\(file.process)/root", ""]
    return FileSymbols(
      of: binary, at: path, in: roots, completedBy: search,
      readingInformation: showsInformation)
  }

}
