public import Kernel
public import Syntax
public import Types

/// What the user asked for on the command line.
public struct Options: Equatable, Codable, Sendable {

  /// What is to be done.
  public enum Task: Equatable, Codable, Sendable {

    /// Run a script.
    case trace

    /// List the probes that a pattern or the script denotes (`-l`).
    case list(pattern: String?)

    /// Compile the script into a file (`build`).
    case build

    /// Let systemd run the script (`service`).
    case service(ServiceAction)

    /// Print the script in the standard format (`--fmt`).
    case format

    /// List the tools (`tools`).
    case listTools

    /// Print the script of a tool (`tools --show NAME`).
    case showTool(String)

    /// Print the man page of a tool, or that of apus (`tools --man NAME`).
    case showManual(String)

    /// Explain what `tools` does (`tools --help`).
    case showToolsHelp

    /// Explain what `service` does (`service --help`).
    case showServiceHelp

    /// Tell what the machine can do (`--info`).
    case showInfo

    /// Tell the versions of apus and of what it is made of (`-V`).
    case showVersion

    /// Explain the command line (`-h`).
    case showHelp

  }

  /// Where the text of the script comes from.
  public enum ScriptOrigin: Equatable, Codable, Sendable {

    /// The argument of `-e`.
    case argument(String)

    /// A file.
    case file(String)

    /// A tool that comes with apus, by its name.
    case tool(String)

    /// Standard input.
    case standardInput

  }

  /// When output is handed to the system (`-B`).
  public enum Buffering: String, Equatable, Codable, Sendable, CaseIterable { case none, line, full }

  /// How output is written (`-f`).
  public enum Format: String, Equatable, Codable, Sendable, CaseIterable { case text, json }

  /// A stage of the pipeline whose result can be shown (`-d`).
  public enum Stage: String, Hashable, Codable, Sendable, CaseIterable {

    /// The syntax tree.
    case ast

    /// The script with its types.
    case types

    /// Our intermediate representation.
    case ir

    /// What would be loaded and attached.
    case plan

    /// LLVM's representation as generated.
    case codegen

    /// LLVM's representation after optimisation.
    case optimizedCode = "codegen-opt"

    /// BPF instructions below the lines of the script that they come from.
    case instructions = "dis"

    /// What libbpf says while it loads the programs.
    case libbpf

    /// What the kernel's verifier says about the programs.
    case verifier

  }

  /// What is to be done.
  public var task = Task.trace

  /// The script, nil if none was given.
  public var script: ScriptOrigin? = nil

  /// The scripts that are run besides that, in the same process (with `--metrics`).
  public var furtherScripts: [ScriptOrigin] = []

  /// What the script is run for (`--test`, `--bench`).
  public var mode = RunMode.trace

  /// What stands behind the script, as it was given; what it means depends on the script.
  public var scriptArguments: [String] = []

  /// `true` iff `--` stands in front of what stands behind the script.
  public var scriptArgumentsFollowSeparator = false

  /// The arguments behind the script: `$1`, `$2` ….
  public var parameters: [String] = []

  /// The arguments behind the script with dashes, which it asks for with `getopt`.
  public var namedParameters: [NamedParameter] = []

  /// The folders in which headers are looked for first (`-I`).
  public var headerFolders: [String] = []

  /// The headers that are included in front of the script (`--include`).
  public var headers: [String] = []

  /// The process that tracing is narrowed to (`-p`).
  public var targetPID: Int32? = nil

  /// The command that is started and traced (`-c`).
  public var command: String? = nil

  /// The control group that processes must be in or below (`--cgroup`).
  public var controlGroup: String? = nil

  /// The file of the map whose keys are the control groups that processes must be in (`--cgroupmap`).
  public var controlGroupMap: String? = nil

  /// The file of the map whose keys are the mount namespaces that processes must be in (`--mntnsmap`).
  public var mountNamespaceMap: String? = nil

  /// The folder that is looked into for debug files of programs before the system's (`--debuginfo`), nil if there is none.
  public var debugFolder: String? = nil

  /// The regular expression that the names of probes must match, nil for all (`--probe-filter`).
  public var probeFilter: String? = nil

  /// The greatest number of attach points, nil for the setting's (`--max-probes`).
  public var maximumProbes: Int? = nil

  /// The file with the names of the functions that kprobes can be attached to, nil for the kernel's (`--traceable-functions`).
  public var traceableFunctions: String? = nil

  /// The features of the kernel that are not used (`--no-feature`).
  public var hiddenFeatures: Set<Feature> = []

  /// The file that output goes to, nil for standard output (`-o`).
  public var outputPath: String? = nil

  /// How output is written.
  public var format = Format.text

  /// When output is handed to the system, nil for what suits where it goes.
  public var buffering: Buffering? = nil

  /// `true` iff nothing is said that is not asked for or wrong (`-q`).
  public var isQuiet = false

  /// `true` iff more is said about what goes on (`-v`).
  public var isVerbose = false

  /// `false` iff warnings about the script are left out (`--no-warnings`).
  public var showsWarnings = true

  /// `true` iff a run that loses anything counts as failed (`--strict`).
  public var isStrict = false

  /// `true` iff functions that change the system are allowed (`--unsafe`).
  public var allowsUnsafe = false

  /// `true` iff calls of the kernel's helpers that fail are reported (`-k`).
  public var reportsHelperErrors = false

  /// The folder in which the maps of the script are left, pinned, nil for none (`--pin`).
  public var pinFolder: String? = nil

  /// The address at which metrics are served, nil if they are not (`--metrics`).
  public var metricsAddress: String? = nil

  /// The file that says how they are served, nil for in the clear and to everybody (`--web-config`).
  public var webConfiguration: String? = nil

  /// `false` iff the kernel is not to count how often programs run (`--no-statistics`).
  public var countsRuns = true

  /// `true` iff only the plan is shown (`--dry-run`).
  public var isDryRun = false

  /// `false` iff nothing that was compiled before is used, and nothing is kept (`--no-cache`).
  public var usesCache = true

  /// What the command line says about a service.
  public var service = ServiceOptions()

  /// The stages to show; the run ends behind the last of them.
  public var stages: Set<Stage> = []

  /// What is sent to Zabbix, and how (`--zabbix` and others).
  public var zabbix = ZabbixOptions()

  /// Creates an instance that asks for nothing.
  public init() {}

}
