import Testing

/// Who may use what: the directions of imports that the package declares, and the machine kept out of pure modules.
@Suite struct ImportTests {

  /// The modules whose results depend on their arguments alone: no file, clock, environment or kernel.
  static let pure: Set<String> = [
    "Diagnostics", "Types", "IR", "Kernel", "Syntax", "Formatting", "Probes", "Builtins", "Semantics",
    "Lowering", "Relocation", "Manuals", "Metrics", "Output", "StandardScripts",
  ]

  /// The one module that may import each C library.
  static let wrappers = [
    "CLLVM": "LLVM", "CPasses": "LLVM", "CBPF": "BPF", "CELF": "Binaries", "CBinaries": "Binaries",
    "CLinux": "Runtime",
    "CZlib": "Compression", "CClang": "CHeaders", "CYAML": "WebServer", "CCrypt": "WebServer",
  ]

  /// The names of all modules of ours.
  static let ours = Set(DeclaredModule.all.map(\.name)).union(wrappers.keys)

  @Test func modulesAreFound() {
    let names = Set(DeclaredModule.all.map(\.name))
    #expect(names.isSuperset(of: Self.pure))
    #expect(
      names.isSuperset(of: ["LLVM", "CodeGen", "BPF", "LinuxKernel", "Loading", "Runtime", "Driver", "apus"]))
    #expect(DeclaredModule.all.allSatisfy { !$0.imports().isEmpty || Self.wrappers[$0.name] != nil })
  }

  @Test(arguments: DeclaredModule.all)
  func modulesImportWhatTheyDeclare(module: DeclaredModule) {
    for (file, names) in module.imports() {
      let undeclared = names.intersection(Self.ours).subtracting(module.dependencies)
      #expect(undeclared.isEmpty, "\(file) imports \(undeclared.sorted()), which Package.swift does not say")
    }
  }

  @Test(arguments: DeclaredModule.all.filter { pure.contains($0.name) })
  func pureModulesImportNothingImpure(module: DeclaredModule) {
    for (file, names) in module.imports() {
      let impure = names.subtracting(Self.pure)
      #expect(impure.isEmpty, "\(file) imports \(impure.sorted())")
    }
  }

  @Test(arguments: DeclaredModule.all)
  func eachLibraryHasOneImporter(module: DeclaredModule) {
    for (file, names) in module.imports() {
      for (library, wrapper) in Self.wrappers where names.contains(library) {
        #expect(module.name == wrapper, "\(file) imports \(library), which is for \(wrapper) alone")
      }
    }
  }

  /// The modules that are not in the executable: what tests share, and a tool that runs when apus is built.
  private static let notInExecutable = ["Embed", "Fuzzing", "TestSupport"]

  /// Foundation would cost more start-up time than everything else together.
  @Test(arguments: DeclaredModule.all.filter { !notInExecutable.contains($0.name) })
  func nothingImportsFoundation(module: DeclaredModule) {
    for (file, names) in module.imports() {
      #expect(!names.contains("Foundation"), "\(file) imports Foundation")
    }
  }

}
