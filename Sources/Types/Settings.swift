/// What a user can set about how a script is compiled and run: the `config` block, environment variables, options.
public struct Settings: Hashable, Sendable {

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

  /// The process that tracing is narrowed to (`-p`, `-c`).
  public var targetPID: Int32? = nil

  /// The process that was started to be traced (`-c`).
  public var childPID: Int32? = nil

  /// `true` iff functions that change the system are allowed (`--unsafe`).
  public var allowsUnsafe = false

  /// Creates an instance with the default settings.
  public init() {}

  /// What to do about a probe that matches nothing.
  public enum MissingProbes: String, Hashable, Sendable { case error, warn, ignore }

}
