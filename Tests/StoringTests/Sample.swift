import Diagnostics
import IR
import Kernel
import Probes
import Storing
import Types

/// A compiled script with something of every kind in it.
enum Sample {

  /// The file of the script.
  static let source = SourceFile(
    name: "sample.bt", text: "kprobe:f* { @[probe] = hist(arg0); }\nmacro m() { 1 }\n")

  /// A place in a macro that was called.
  static let site = SourceSpan(
    source, from: 0, to: 9, in: Expansion(of: "m", at: SourceSpan(source, from: 37, to: 42)))

  /// What programs find.
  static let context = ProbeContext(
    programKind: .kprobe, provider: "kprobe",
    fields: [
      ContextField(
        name: "x", value: ContextValue(type: .pointer(to: .int32, .kernel), offset: 8), declaration: "int *x")
    ],
    arguments: [ContextValue(type: .uint64, computed: .part(offset: 2, size: 4))], hasCookie: true)

  /// The script.
  static var script: CompiledScript {
    let types: [Type] = [
      .int64, .string(capacity: 64), .buffer(capacity: 5), .tuple([.bool, .enumeration(name: "e", .int32)]),
      .record([RecordField("a", .macAddress)]), .array(of: .uint32, count: 3), .kernelStack(.perf),
      .userSymbol,
      .timestamp(format: "%H", clock: .boot),
      .structure(StructureType(.init(.struct, "s"), size: 16, alignment: 8)),
    ]
    var conversion = FormatString.Conversion(.hexadecimal(isUpperCase: true))
    conversion.width = 8
    conversion.range = 2..<5
    let format = FormatString(pieces: [.literal([104, 0, 255]), .conversion(conversion)])
    var manifest = Manifest(
      maps: [
        MapDescription(
          name: "@", key: [.probeName], value: .aggregation(.histogram(bits: 2)),
          storage: .dense(count: 2, isPerCPU: true)),
        MapDescription(
          name: "@x", key: types, value: .plain(.int64), storage: .hash(.leastRecentlyUsed, capacity: 10)),
        MapDescription(
          name: "@t", key: [],
          value: .aggregation(
            .timeSeries(.init(interval: 5, slotCount: 3, function: .average, isSigned: true))),
          storage: .perCPU),
      ],
      events: [
        EventDescription(action: .printf(format), fieldTypes: types),
        EventDescription(action: .printMap(map: 1, top: nil, divisor: 3)),
        EventDescription(
          action: .table(
            TableDescription(headings: ["A"], columns: [.init(map: 0)], top: 4, resets: [0: .zero]))),
      ],
      probes: [ProbeDescription(name: "kprobe:f1", function: "f1"), ProbeDescription(name: "kprobe:f2")],
      globals: GlobalsLayout(refusedUpdates: [32], size: 64))
    manifest.maps[1].isScratch = true
    manifest.maps[1].help = "for some purpose"
    manifest.globals.words[.testStatus] = 40
    manifest.globals.runsWithoutMemory["p"] = 48
    manifest.types.structures[.init(.struct, "s")] = StructureLayout(
      size: 16,
      members: [
        .init(name: "m", type: .uint32, offset: 4, bits: .init(offset: 3, width: 5)),
        .init(name: "p", type: .pointer(to: .none, .user), offset: 8),
      ])
    manifest.types.enumerations["e"] = EnumerationLayout(
      type: .int32, constants: [.init(name: "E", value: -1)])
    manifest.mapsReadByPrograms = ["@x"]
    let target = KernelFunctionTarget(function: "f1", module: "m", offset: 4)
    let plan = AttachPlan(
      programs: [
        PlannedProgram(
          name: "p", kind: .kprobe, mechanism: .perfKprobe,
          points: [
            PlannedPoint(
              probeIndex: 0,
              point: AttachPoint(
                name: "kprobe:f1", function: "f1", target: .kernelFunction(target), isChosenByWildcard: true,
                site: site)),
            PlannedPoint(
              probeIndex: 1, point: AttachPoint(name: "BEGIN", target: .begin, site: site)),
          ])
      ], missingProbes: .warn)
    var settings = Settings()
    settings.unstable[.timeSeries] = .warn
    settings.filters.controlGroupMap = PinnedMap(
      path: "/a", kind: .array, keySize: 8, valueSize: 1, capacity: 3, flags: 1 << 31)
    return CompiledScript(
      object: BPFObject(
        bytes: Array(0...255), positions: [IRPosition(file: 0, start: 1, end: 5)], recordPositions: [1, 0, 3]),
      manifest: manifest, plan: plan,
      recipe: PlanRecipe(
        blocks: [
          .init(specs: [ProbeSpecs.all], use: ContextUses.none)
        ], programs: [.init(block: 0, context: context, asksForProbe: true)]),
      settings: settings, sources: [source],
      warnings: [.warning("careful", at: site, notes: [.init("there", at: site)], hint: "do not")],
      mapSites: ["@x": site])
  }

}
