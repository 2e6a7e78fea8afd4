import Glibc

/// A header that a script asks for.
public struct RequestedHeader: Hashable, Sendable {

  /// The path as it is written.
  public let path: String

  /// `true` iff it is looked for among the headers of the system alone.
  public let isSystem: Bool

  /// The folder of the file that asks for it, with a slash at its end; empty for the working directory.
  public let folder: String

  /// Creates an instance with the given properties.
  public init(path: String, isSystem: Bool, folder: String) {
    self.path = path
    self.isSystem = isSystem
    self.folder = folder
  }

  /// The header as it is written with the signs around it.
  public var spelling: String { isSystem ? "<\(path)>" : "\"\(path)\"" }

}

/// Where headers are looked for.
public struct HeaderSearch: Sendable {

  /// The folders that the user names (`-I`).
  public var folders: [String]

  /// The release of the kernel, whose headers are below `/lib/modules`.
  public var release: String

  /// Where the kernel's sources are, if not there.
  public var kernelSource: String?

  /// Where the kernel was built, if not there.
  public var kernelBuild: String?

  /// Creates an instance with the given properties.
  public init(
    folders: [String], release: String, kernelSource: String? = nil, kernelBuild: String? = nil
  ) {
    self.folders = folders
    self.release = release
    self.kernelSource = kernelSource
    self.kernelBuild = kernelBuild
  }

  /// Headers that are read together.
  struct HeaderSet {

    /// The paths of the files.
    var paths: [String] = []

    /// The arguments of the compiler.
    let arguments: [String]

  }

  /// What was found.
  struct Result {

    /// The headers that are there: those of the kernel, and the others.
    let sets: [HeaderSet]

    /// The headers that are nowhere.
    let missing: [RequestedHeader]

  }

  /// Returns where `headers` are.
  ///
  /// Headers of the kernel and of the C library contradict one another, so that they are read apart.
  func find(_ headers: [RequestedHeader]) -> Result {
    let kernel = kernelFolders
    var ofKernel = HeaderSet(arguments: kernelArguments(kernel))
    var others = HeaderSet(arguments: arguments)
    var missing: [RequestedHeader] = []
    for header in headers {
      let own = header.isSystem ? folders : [String(header.folder.isEmpty ? "./" : header.folder)] + folders
      if header.path.hasPrefix("/"), access(header.path, R_OK) == 0 {
        others.paths.append(header.path)
      } else if let path = HeaderSearch.first(own, header.path) {
        others.paths.append(path)
      } else {
        let inKernel = HeaderSearch.first(kernel, header.path)
        let inSystem = HeaderSearch.first(HeaderSearch.systemFolders, header.path)
        if let inKernel { ofKernel.paths.append(inKernel) }
        if let inSystem { others.paths.append(inSystem) }
        if inKernel == nil && inSystem == nil { missing.append(header) }
      }
    }
    return Result(sets: [others, ofKernel].filter { !$0.paths.isEmpty }, missing: missing)
  }

  /// Returns the path of the file `name` in the first of `folders` that has it, nil if none has.
  private static func first(_ folders: [String], _ name: String) -> String? {
    for folder in folders {
      let path = folder.hasSuffix("/") ? folder + name : "\(folder)/\(name)"
      if access(path, R_OK) == 0 {
        guard let absolute = realpath(path, nil) else { return path }
        defer { free(absolute) }
        return String(cString: absolute)
      }
    }
    return nil
  }

  #if arch(arm64)
    /// The name of the machine in the kernel's sources.
    private static let architecture = "arm64"

    /// The folders with the headers of the system.
    static let systemFolders = ["/usr/local/include", "/usr/include/aarch64-linux-gnu", "/usr/include"]
  #else
    /// The name of the machine in the kernel's sources.
    private static let architecture = "x86"

    /// The folders with the headers of the system.
    static let systemFolders = ["/usr/local/include", "/usr/include/x86_64-linux-gnu", "/usr/include"]
  #endif

  /// The arguments for headers of programs.
  private var arguments: [String] {
    ["-x", "c", "-std=gnu11", "-w"] + folders.flatMap { ["-I", $0] }
  }

  /// The folders with headers of the kernel, empty if they are not there.
  private var kernelFolders: [String] {
    let modules = "/lib/modules/\(release)"
    let build = kernelBuild ?? "\(modules)/build"
    let ownSource = "\(modules)/source"
    let source = kernelSource ?? (access("\(ownSource)/include", R_OK) == 0 ? ownSource : build)
    guard access("\(source)/include/linux/kconfig.h", R_OK) == 0 else { return [] }
    let machine = "arch/\(HeaderSearch.architecture)/include"
    return [
      "\(source)/\(machine)", "\(build)/\(machine)/generated", "\(source)/include", "\(build)/include",
      "\(source)/\(machine)/uapi", "\(build)/\(machine)/generated/uapi", "\(source)/include/uapi",
      "\(build)/include/generated/uapi",
    ]
  }

  /// The arguments for headers of the kernel in `folders`, as its own Makefile has them.
  private func kernelArguments(_ folders: [String]) -> [String] {
    guard folders.count > 2 else { return [] }
    return ["-x", "c", "-std=gnu11", "-w", "-nostdinc"] + folders.flatMap { ["-I", $0] } + [
      "-include", "\(folders[2])/linux/kconfig.h", "-D__KERNEL__", "-D__BPF_TRACING__",
      "-DKBUILD_MODNAME=\"apus\"", "-fno-builtin", "-fshort-wchar",
    ]
  }

}
