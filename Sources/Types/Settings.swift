/// What a user can set about how a script is compiled and run: the `config` block, environment variables, options.
public struct Settings: Hashable, Codable, Sendable {

  /// The greatest number of bytes of a string, the zero byte included (`max_strlen`).
  public var maximumStringLength = 1024

  /// The number of elements that a map has room for (`max_map_keys`).
  public var maximumMapKeys = 4096

  /// The greatest number of attach points (`max_probes`).
  public var maximumProbes = 8192

  /// The greatest number of bytes of a value that lives on the program's stack (`on_stack_limit`).
  public var stackLimit = 32

  /// What is printed behind text that was cut (`str_trunc_trailer`).
  public var truncationTrailer = ".."

  /// `true` iff all maps that are not empty are printed at exit (`print_maps_on_exit`).
  public var printsMapsAtExit = true

  /// The size of the ring buffer in pages, a power of two (`perf_rb_pages`).
  public var ringBufferPages = 1024

  /// The licence of the programs (`license`).
  public var license = "GPL"

  /// What to do about a probe that matches nothing (`missing_probes`).
  public var missingProbes = MissingProbes.error

  /// `true` iff programs end early in tasks that tracing is not narrowed to (`narrow_probes`).
  public var narrowsProbes = true

  /// The greatest number of programs (`max_bpf_progs`).
  public var maximumPrograms = 1024

  /// The greatest number of bytes that `cat` prints of a file (`max_cat_bytes`).
  public var maximumCatBytes = 10240

  /// How stacks are printed unless the script says otherwise (`stack_mode`).
  public var stackMode = StackMode.bpftrace

  /// How long the symbols of processes are remembered (`cache_user_symbols`).
  public var symbolCache = SymbolCache.perProcess

  /// `true` iff names of C++ and Rust are shown as they are written (`cpp_demangle`).
  public var demanglesNames = true

  /// `true` iff the names of addresses are looked up when they are printed and not when a process is first seen
  /// (`lazy_symbolication`).
  public var resolvesSymbolsLate = true

  /// `true` iff frames of processes are shown with their places in the source and with functions that were inlined
  /// (`show_debug_info`).
  public var showsDebugInformation = false

  /// What to do about parts of the language that may change, where the script says so (`unstable_…`).
  public var unstable: [UnstableFeature: UnstablePolicy] = [:]

  /// What the script is run for (`--test`, `--bench`).
  public var mode = RunMode.trace

  /// The process that tracing is narrowed to (`-p`, `-c`).
  public var targetPID: Int32? = nil

  /// What tracing is narrowed to besides (`--cgroup`, `--cgroupmap`, `--mntnsmap`).
  public var filters = TaskFilters()

  /// The process that was started to be traced (`-c`).
  public var childPID: Int32? = nil

  /// `true` iff calls of helpers that fail are reported with their place in the script (`-k`).
  public var reportsHelperErrors = false

  /// `true` iff the maps of the script are pinned for others to read (`--pin`).
  public var pinsMaps = false

  /// `true` iff nothing is loaded, so that maps that someone else made need not be there.
  public var toleratesMissingMaps = false

  /// `true` iff functions that change the system are allowed (`--unsafe`).
  public var allowsUnsafe = false

  /// Creates an instance with the default settings.
  public init() {}

  /// What to do about a probe that matches nothing.
  public enum MissingProbes: String, Hashable, Codable, Sendable { case error, warn, ignore }

  /// How long the symbols of processes are remembered.
  public enum SymbolCache: String, Hashable, Codable, Sendable {
    case perProcess = "per_pid"
    case perExecutable = "per_program"
    case none
  }

  /// A part of the language that may change, by the end of the setting's name.
  public enum UnstableFeature: String, Hashable, Codable, Sendable, CaseIterable {
    case imports = "import"
    case macros = "macro"
    case mapDeclarations = "map_decl"
    case timeSeries = "tseries"
    case addresses = "addr"
  }

  /// What to do about a part of the language that may change.
  public enum UnstablePolicy: String, Hashable, Codable, Sendable { case error, warn, enable }

}
