import Diagnostics
import IR
import Kernel
import Probes
import Semantics
import Syntax
import Types

/// What the programs of a script share while they are lowered.
struct ModuleLowering {

  /// The script.
  let program: Program

  /// The kernel.
  let kernel: any KernelView

  /// The names that `probe` and `func` can have.
  let probes: ProbeTable

  /// Where the values of the maps are.
  let storage: StoragePlan

  /// The layout of the variable that programs and process share.
  private var globals: GlobalsLayout

  /// The calls of helpers whose failures are reported.
  private(set) var helperSites: [HelperSite] = []

  /// The indices of those calls.
  private var helperSiteIndices: [HelperSiteKey: Int] = [:]

  /// What tells calls of helpers in one place from those in another.
  private struct HelperSiteKey: Hashable {

    /// The helper.
    let helper: Helper

    /// The number of the file.
    let file: Int

    /// The line.
    let line: Int

    /// The column.
    let column: Int

  }

  /// The programs so far.
  var programs: [IRProgram] = []

  /// `true` iff the programs are to be made fit for other kernels later.
  var isRelocatable = false

  /// The expressions whose values are numbers of the kernel which programs have as facts.
  var replacedConstants: Set<NodeID> = []

  /// What the programs take for granted about the kernel, so far.
  var facts: [KernelFact] = []

  /// The indices of the facts, whatever their places.
  var factIndices: [KernelFact: Int] = [:]

  /// The place that what is being emitted comes from.
  var currentPosition: Int?

  /// The probes of the programs in the script.
  var programSites: [SourceSpan] = []

  /// The kinds of events so far.
  private var events: [EventDescription] = []

  /// The indices of the kinds of events.
  private var eventIndices: [EventDescription: Int] = [:]

  /// The constants so far.
  private var constants: [[UInt8]] = []

  /// The indices of the constants.
  private var constantIndices: [[UInt8]: Int] = [:]

  /// The files that the places are in, so far.
  private(set) var sources: [SourceFile] = []

  /// The places in the script so far.
  private var positions: [IRPosition] = []

  /// The indices of the places.
  private var positionIndices: [IRPosition: Int] = [:]

  /// The indices of the maps by name.
  private let mapIndices: [String: Int]

  /// Where stacks are kept, if any are so far.
  private var stacks: StackStorage?

  /// The files that packets are written to, so far.
  private var packetFiles: [String] = []

  /// The greatest amount of scratch memory that a program uses.
  private var scratchSize = 0

  /// The number of programs that use scratch memory.
  private var scratchCount = 0

  /// Creates an instance without programs.
  init(program: Program, kernel: any KernelView, probes: ProbeTable, storage: StoragePlan) {
    self.program = program
    self.kernel = kernel
    self.probes = probes
    self.storage = storage
    self.globals = storage.globals
    self.mapIndices = Dictionary(
      uniqueKeysWithValues: storage.maps.enumerated().map { ($0.element.name, $0.offset) })
  }

  /// Returns the finished module.
  mutating func finish() -> TraceModule {
    let settings = program.settings
    for (index, site) in programSites.enumerated() { programs[index].position = self.index(of: site) }
    var manifest = Manifest(
      maps: storage.maps, events: events, probes: probes.descriptions, globals: globals,
      ringBufferSize: ringBufferSize, printsMapsAtExit: settings.printsMapsAtExit,
      truncationTrailer: settings.truncationTrailer, maximumStringLength: settings.maximumStringLength)
    manifest.maximumCatBytes = settings.maximumCatBytes
    manifest.types = program.table.restricted(
      to: events.flatMap { $0.fields.map(\.type) } + storage.maps.flatMap(\.printedTypes))
    manifest.helperSites = helperSites
    manifest.stacks = stacks
    manifest.packetFiles = packetFiles
    manifest.filters = settings.filters
    // Of maps that others read, what is cleared must be gone.
    manifest.mapsReadByPrograms = settings.pinsMaps ? Set(storage.maps.map(\.name)) : program.readMaps
    let filled = program.filledMaps
    manifest.mapsUnprintedAtExit = Set(
      program.maps.filter { $0.pinned != nil && !filled.contains($0.name) }.map(\.name))
    var module = TraceModule(
      programs: programs, manifest: manifest,
      constants: constants, scratchSize: scratchSize, possibleCPUCount: kernel.possibleCPUCount,
      license: settings.license, positions: positions)
    module.lines = positions.map { IRSourceLine(at: $0, in: sources) }
    if isRelocatable {
      requirePrintedTypes(manifest.types)
      requireFoldedConstants()
      module.isRelocatable = true
      module.facts = facts
    }
    return module
  }

  /// The size of the ring buffer: what is asked for, but no more than a little where programs print nothing, since its pages
  /// count as memory of the process twice.
  private var ringBufferSize: Int {
    let asked = program.settings.ringBufferPages * 4096
    return events.contains { $0.action.printsValues } ? asked : min(asked, 1 << 16)
  }

  /// Returns the index of the map with the given name.
  func mapIndex(_ name: String) -> Int {
    guard let index = mapIndices[name] else { preconditionFailure("a map that was not declared") }
    return index
  }

  /// Returns the index of `event` in the table of events.
  mutating func index(of event: EventDescription) -> Int {
    if let index = eventIndices[event] { return index }
    eventIndices[event] = events.count
    events.append(event)
    return events.count - 1
  }

  /// Returns where `bytes` are, padded with zeros to a multiple of 8.
  mutating func constant(_ bytes: [UInt8]) -> Place {
    let padded = bytes + Array(repeating: 0, count: bytes.count.rounded(upToMultipleOf: 8) - bytes.count)
    if let index = constantIndices[padded] { return Place(.constant(index)) }
    constantIndices[padded] = constants.count
    constants.append(padded)
    return Place(.constant(constants.count - 1))
  }

  /// Returns the index of `site` in the table of places.
  mutating func index(of site: SourceSpan) -> Int {
    let file = sources.firstIndex(of: site.file) ?? sources.count
    if file == sources.count { sources.append(site.file) }
    let position = IRPosition(file: file, start: site.start, end: site.end)
    if let index = positionIndices[position] { return index }
    positionIndices[position] = positions.count
    positions.append(position)
    return positions.count - 1
  }

  /// Notes that what follows comes from `site`, and returns the index of that in the table of places.
  mutating func enter(_ site: SourceSpan) -> Int {
    let position = index(of: site)
    currentPosition = position
    return position
  }

  /// Returns the index in `helperSites` of the calls of `helper` at the place with the given index.
  mutating func helperSite(_ helper: Helper, at position: Int) -> Int {
    let place = positions[position]
    let file = sources[place.file]
    let (line, column) = file.position(of: place.start)
    let end = min(place.end, place.start + file.line(line).count - (column - 1))
    let key = HelperSiteKey(helper: helper, file: place.file, line: line, column: column)
    if let known = helperSiteIndices[key] { return known }
    helperSiteIndices[key] = helperSites.count
    helperSites.append(
      HelperSite(
        helper: helper.name, file: file.name, line: line, firstColumn: column,
        lastColumn: column + max(end - place.start, 1) - 1, countOffset: globals.addWord(),
        codeOffset: globals.addWord()))
    return helperSites.count - 1
  }

  /// Returns the index of `path` among the files that packets are written to.
  mutating func packetFile(_ path: String) -> Int {
    if let index = packetFiles.firstIndex(of: path) { return index }
    packetFiles.append(path)
    return packetFiles.count - 1
  }

  /// Returns where `word` is.
  mutating func global(_ word: GlobalWord) -> Place {
    if let offset = globals.words[word] { return Place(.globals, offset: offset) }
    let offset = globals.addWord()
    globals.words[word] = offset
    return Place(.globals, offset: offset)
  }

  /// Notes that stacks are recorded, and returns where they are kept.
  mutating func useStacks() -> StackStorage {
    if let stacks { return stacks }
    let result = StackStorage(for: program, on: kernel, lostCountOffset: globals.addWord())
    stacks = result
    return result
  }

  /// Adds a count of the runs without scratch memory of the program `name`.
  mutating func countRunsWithoutMemory(of name: String) {
    globals.runsWithoutMemory[name] = globals.addWord()
  }

  /// Returns where the events of the program `name` that do not fit into the ring buffer are counted.
  mutating func lostEventCount(of name: String) -> Place {
    if let offset = globals.lostEventCounts[name] { return Place(.globals, offset: offset) }
    let offset = globals.lostEventCounts.isEmpty ? GlobalsLayout.lostEvents : globals.addWord()
    globals.lostEventCounts[name] = offset
    return Place(.globals, offset: offset)
  }

  /// Returns the index of the scratch memory of a program that uses `size` bytes: `known` if it has some.
  mutating func useScratch(size: Int, orIn known: Int?) -> Int {
    scratchSize = max(scratchSize, size)
    if let known { return known }
    scratchCount += 1
    return scratchCount - 1
  }

}

extension IRSourceLine {

  /// Creates the line at `position` of `sources`; a one-liner has many places in one line, so that the text is that of the place
  /// alone.
  fileprivate init(at position: IRPosition, in sources: [SourceFile]) {
    let file = sources[position.file]
    let (line, column) = file.position(of: position.start)
    let text = file.text[position.start..<position.end].prefix { $0 != UInt8(ascii: "\n") }
    self.init(file: file.name, line: line, column: column, text: Array(text))
  }

}

extension MapDescription {

  /// The types of the values that are printed with the map.
  fileprivate var printedTypes: [Type] {
    if case .plain(let type) = value { key + [type] } else { key }
  }

}
