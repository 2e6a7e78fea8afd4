// swift-tools-version: 6.3

import PackageDescription

/// Where LLVM 19 is installed. Debian ships no `llvm.pc`, so pkg-config cannot tell.
let llvm = Context.environment["LLVM_PREFIX"] ?? "/usr/lib/llvm-19"

/// Where the static archives of libbpf, elfutils, libyaml, libxcrypt and the libraries for compressed data are installed.
let archives = Context.environment["ARCHIVES_PREFIX"] ?? "/usr/lib/x86_64-linux-gnu"

/// The settings of every Swift target.
let swift: [SwiftSetting] = [
  .enableUpcomingFeature("InternalImportsByDefault"),
  .enableUpcomingFeature("MemberImportVisibility"),
  .treatAllWarnings(as: .error),
  // Lets the linker put each function where it wants.
  .unsafeFlags(["-Xfrontend", "-function-sections"], .when(configuration: .release)),
  // Else the runtime looks for the conformances of types in a list of thousands at every start, for each generic type that is used:
  // reading a compiled script from the cache would take three times as long.
  .unsafeFlags(
    ["-Xfrontend", "-disable-concrete-type-metadata-mangled-name-accessors"],
    .when(configuration: .release)),
]

/// The settings of the one target that sees LLVM's headers.
let swiftOverLLVM = swift + [.unsafeFlags(["-Xcc", "-I\(llvm)/include"])]

/// The components of LLVM that the code generator needs.
let llvmLibraries: [String] = """
  BPFCodeGen ipo InstCombine Linker IRReader AsmParser BitReader BPFDesc BPFInfo AsmPrinter GlobalISel SelectionDAG CodeGen \
  Target ScalarOpts ObjCARCOpts TransformUtils CodeGenTypes Analysis ProfileData DebugInfoDWARF Object TextAPI MCParser \
  MC DebugInfoCodeView Core Remarks BitstreamReader BinaryFormat TargetParser Support Demangle
  """.split(separator: " ").map { "-lLLVM\($0)" }

/// Archives that are linked by path, because the linker's `-Bstatic` is reordered by the driver.
let archivePaths: [String] =
  ["bpf", "dw", "elf", "z", "zstd", "bz2", "lzma", "yaml", "crypt"].map { "\(archives)/lib\($0).a" } + [
    "-l:libstdc++.a"
  ]

/// What a static link of LLVM and libbpf asks of the linker.
let linkerFlags: [String] =
  [
    "-L\(Context.packageDirectory)/Sources/CLLVM/link", "-L\(llvm)/lib", "-Xclang-linker",
    "-static-libgcc", "-use-ld=lld",
  ]
  + (["--as-needed", "--gc-sections", "--start-group"] + llvmLibraries + ["--end-group"] + archivePaths)
  .flatMap { ["-Xlinker", $0] }

/// What makes the release executable start faster.
///
/// LLVM's tables hold tens of thousands of addresses. In an executable that can be loaded anywhere each of them is written at
/// every start; loaded at a fixed address it needs 3 MiB less memory, and under emulation half the time. The functions that run
/// in every script stand side by side, so that the kernel maps one part of the file in place of a bit of every part: 20 MiB less.
let releaseLinkerFlags: [String] =
  ["-Xclang-linker", "-no-pie"]
  + [
    "--symbol-ordering-file=\(Context.packageDirectory)/Sources/CLLVM/link/functions-at-start",
    "--no-warn-symbol-ordering",
  ].flatMap { ["-Xlinker", $0] }

/// Returns a target of ours with the settings that all have.
func module(_ name: String, _ dependencies: [Target.Dependency] = [], path: String? = nil) -> Target {
  .target(name: name, dependencies: dependencies, path: path, swiftSettings: swift)
}

/// Returns the target of the tests of `name`, which may use `dependencies` besides.
func tests(of name: String, with dependencies: [Target.Dependency] = []) -> Target {
  .testTarget(
    name: "\(name)Tests",
    dependencies: [.target(name: name), "TestSupport"] + dependencies,
    exclude: cases.contains(name) ? ["Cases"] : [],
    swiftSettings: swift)
}

/// What modules that talk to others over sockets need.
let sockets: [Target.Dependency] = [
  .product(name: "NIOCore", package: "swift-nio"), .product(name: "NIOPosix", package: "swift-nio"),
  .product(name: "NIOSSL", package: "swift-nio-ssl"),
]

/// The modules whose tests have cases in files.
let cases: Set<String> = ["Semantics", "Syntax", "Lowering", "Formatting"]

let package = Package(
  name: "apus",
  products: [.executable(name: "apus", targets: ["apus"])],
  dependencies: [
    .package(url: "https://github.com/apple/swift-nio.git", from: "2.98.0"),
    .package(url: "https://github.com/apple/swift-nio-ssl.git", from: "2.37.0"),
  ],
  targets: [
    // C libraries, each with one importer.
    .systemLibrary(name: "CLLVM"),
    .systemLibrary(name: "CBPF"),
    .systemLibrary(name: "CBinaries"),
    .systemLibrary(name: "CELF"),
    .systemLibrary(name: "CLinux"),
    .systemLibrary(name: "CZlib"),
    .systemLibrary(name: "CClang"),
    .systemLibrary(name: "CYAML"),
    .systemLibrary(name: "CCrypt"),
    .target(
      name: "CPasses",
      cxxSettings: [.unsafeFlags(["-I\(llvm)/include", "-fno-rtti", "-fno-exceptions", "-gdwarf-4"])]),
    .target(
      name: "LLVM", dependencies: ["CLLVM", "CPasses"], swiftSettings: swiftOverLLVM,
      linkerSettings: [
        .unsafeFlags(linkerFlags), .unsafeFlags(releaseLinkerFlags, .when(configuration: .release)),
      ]),
    module("BPF", ["CBPF"]),
    module("Compression", ["CZlib"]),
    module("Binaries", ["CBinaries", "CELF", "Types"]),

    // The compiler: pure up to the generation of code.
    module("Diagnostics"),
    module("Types"),
    module("IR", ["Types"]),
    module("Kernel", ["Types"]),
    module("Syntax", ["Diagnostics"]),
    module("Manuals"),
    module("Serialization"),
    module("Formatting", ["Diagnostics", "Syntax"]),
    module("Probes", ["Diagnostics", "IR", "Kernel", "Syntax", "Types"]),
    module("Builtins", ["Diagnostics", "IR", "Kernel", "Probes", "Syntax", "Types"]),
    module(
      "Semantics",
      ["Builtins", "Diagnostics", "IR", "Kernel", "Probes", "StandardScripts", "Syntax", "Types"]),
    module(
      "Lowering", ["Builtins", "Diagnostics", "IR", "Kernel", "Probes", "Semantics", "Syntax", "Types"]),
    module("CodeGen", ["BPFRuntime", "IR", "LLVM", "Types"]),
    module("Relocation", ["Diagnostics", "IR", "Kernel", "Types"]),

    // What is compiled for the BPF machine when apus is built.
    .executableTarget(name: "Embed", swiftSettings: swift),
    .plugin(
      name: "EmbedPlugin", capability: .buildTool(), dependencies: ["Embed"], path: "Sources/EmbedPlugin"),
    .target(
      name: "BPFRuntime", path: "bpf-runtime",
      exclude: [
        "aggregations.bpf.c", "histograms.bpf.c", "timeseries.bpf.c", "stacks.bpf.c", "strings.bpf.c",
        "integers.h",
      ],
      swiftSettings: swift, plugins: ["EmbedPlugin"]),

    .target(
      name: "StandardScripts", path: "stdlib-scripts",
      exclude: ["assertions.bt", "errors.bt", "sockets.bt", "tools"],
      swiftSettings: swift, plugins: ["EmbedPlugin"]),

    // The machine.
    module("KernelSymbols"),
    module("LinuxKernel", ["BPF", "Binaries", "Compression", "Kernel", "KernelSymbols", "Types"]),
    module("CHeaders", ["CClang", "IR", "Kernel", "Types"]),
    module(
      "Loading", ["BPF", "Binaries", "Diagnostics", "IR", "Kernel", "KernelSymbols", "Probes", "Types"]),
    module("Storing", ["Diagnostics", "IR", "Kernel", "Probes", "Serialization", "Syntax", "Types"]),
    module("Output", ["Types"]),
    module("Symbols", ["BPF", "Binaries", "Output", "Types"]),
    module("Runtime", ["BPF", "CLinux", "Loading", "Output", "Probes", "Types"]),

    // What scripts show to monitoring.
    module("Metrics", ["Output", "Types"]),
    module(
      "WebServer",
      ["CCrypt", "CYAML", "Compression", "Diagnostics"] + sockets + [
        .product(name: "NIOConcurrencyHelpers", package: "swift-nio"),
        .product(name: "NIOHTTP1", package: "swift-nio"),
      ]),
    module(
      "Zabbix",
      ["Output", "Types", .product(name: "NIOConcurrencyHelpers", package: "swift-nio")] + sockets),
    module("Services"),

    module(
      "Driver",
      [
        "BPF", "Builtins", "CHeaders", "CodeGen", "Diagnostics", "Formatting", "IR", "Kernel", "LinuxKernel",
        "Loading", "Lowering", "Manuals", "Metrics", "Output", "Probes", "Relocation", "Runtime", "Semantics",
        "Serialization", "Services",
        "StandardScripts", "Storing", "Symbols", "Syntax", "Types", "WebServer", "Zabbix",
      ]),
    .executableTarget(name: "apus", dependencies: ["Driver"], swiftSettings: swift),

    // Tests.
    module("TestSupport", ["Diagnostics", "Kernel", "Types"]),
    module("Fuzzing", ["Builtins", "TestSupport"]),
    tests(of: "Diagnostics"),
    tests(of: "Types"),
    tests(of: "IR", with: ["Types"]),
    tests(of: "Syntax", with: ["Diagnostics"]),
    tests(of: "Manuals"),
    .testTarget(name: "SerializationTests", dependencies: ["Serialization"], swiftSettings: swift),
    tests(of: "Formatting", with: ["Diagnostics", "StandardScripts", "Syntax"]),
    tests(of: "Probes", with: ["Diagnostics", "IR", "Kernel", "Syntax", "Types"]),
    tests(of: "Builtins"),
    tests(of: "Relocation", with: ["Diagnostics", "IR", "Kernel", "Types"]),
    tests(of: "Semantics", with: ["Builtins", "Diagnostics", "IR", "Kernel", "Probes", "Syntax", "Types"]),
    tests(of: "Lowering", with: ["Diagnostics", "IR", "Kernel", "Probes", "Semantics", "Syntax", "Types"]),
    tests(of: "CodeGen", with: ["BPF", "BPFRuntime", "IR", "LinuxKernel", "Types"]),
    tests(of: "Binaries", with: ["Types"]),
    .testTarget(name: "KernelSymbolsTests", dependencies: ["KernelSymbols"], swiftSettings: swift),
    .testTarget(name: "CompressionTests", dependencies: ["Compression"], swiftSettings: swift),
    tests(of: "LinuxKernel", with: ["Kernel", "Types"]),
    tests(of: "Loading", with: ["BPF", "CodeGen", "Diagnostics", "IR", "Probes", "Runtime", "Types"]),
    tests(of: "Storing", with: ["Diagnostics", "IR", "Kernel", "Probes", "Syntax", "Types"]),
    tests(of: "Output", with: ["Types"]),
    tests(of: "Symbols", with: ["BPF", "Binaries", "Output", "Types"]),
    tests(of: "Runtime", with: ["BPF", "Output", "Types"]),
    tests(of: "Metrics", with: ["Output", "Types"]),
    tests(
      of: "WebServer", with: sockets + [.product(name: "NIOConcurrencyHelpers", package: "swift-nio")]),
    tests(
      of: "Zabbix",
      with: ["Output", "Types", .product(name: "NIOConcurrencyHelpers", package: "swift-nio")] + sockets),
    .testTarget(name: "ServicesTests", dependencies: ["Services"], swiftSettings: swift),
    tests(of: "Driver", with: ["Syntax"]),
    .testTarget(
      name: "FuzzTests",
      dependencies: [
        "BPF", "CodeGen", "Diagnostics", "Formatting", "Fuzzing", "IR", "LinuxKernel", "Loading", "Lowering",
        "Semantics", "Syntax", "TestSupport", "Types",
      ],
      swiftSettings: swift),
    .testTarget(name: "ArchitectureTests", swiftSettings: swift),
    .testTarget(
      name: "CommandLineTests", dependencies: ["StandardScripts", "TestSupport", "apus"], exclude: ["Cases"],
      swiftSettings: swift),
    .testTarget(name: "MonitoringTests", dependencies: ["TestSupport", "apus"], swiftSettings: swift),
    .testTarget(
      name: "EndToEndTests", dependencies: ["apus", "Builtins", "Diagnostics", "Syntax", "TestSupport"],
      exclude: [
        "Cases", "README.md", "UserScripts", "account", "busy-threads", "closing-connections",
        "disk-requests",
        "file-operations", "file-server", "map-key", "maps.bpf.c", "on-terminal", "run-case", "service-life",
        "tcp-amounts",
        "tcp-peers", "under-systemd",
        "page-of", "waits",
      ],
      swiftSettings: swift),
  ],
  swiftLanguageModes: [.v6],
  cxxLanguageStandard: .cxx17
)
