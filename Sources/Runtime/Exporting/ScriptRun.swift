import Glibc
public import Loading
public import Output
public import Probes
import Synchronization
public import Types

/// One of the scripts that a process runs at once.
public final class ScriptRun: @unchecked Sendable {

  /// The script, loaded, until it is run.
  private var session: Session?

  /// What programs and process agree on.
  private let manifest: Manifest

  /// What is attached.
  private let plan: AttachPlan

  /// The process that tracing is narrowed to, if it is.
  private let process: TracedProcess?

  /// What names addresses in processes.
  private let symbolizer: any UserSymbolizer

  /// How the script is run.
  var options: RunOptions

  /// The signals that the script wants.
  let signals: Set<Int32>

  /// What became of it, once that is known.
  private let result = Mutex<Result<Int32, RunError>?>(nil)

  /// Creates the run of `session`, whose other properties are those of `run`.
  public init(
    _ session: consuming Session, sharing manifest: Manifest, following plan: AttachPlan,
    narrowedTo process: TracedProcess? = nil,
    namingAddressesWith symbolizer: any UserSymbolizer = NamelessSymbolizer(),
    options: RunOptions = RunOptions()
  ) {
    self.signals = Set(session.signals.map(\.number))
    self.session = consume session
    self.manifest = manifest
    self.plan = plan
    self.process = process
    self.symbolizer = symbolizer
    self.options = options
  }

  /// What became of the script: its exit status, or why it could not be run; nil if it has not ended.
  var end: Result<Int32, RunError>? { result.withLock { $0 } }

  /// Runs the script to its end, on the calling thread, and detaches it.
  func run(until interruption: Interruption) {
    guard var session = self.session.take() else { preconditionFailure("a script that is run twice") }
    let end: Result<Int32, RunError>
    do throws(RunError) {
      end = .success(
        try Runtime.run(
          &session, sharing: manifest, following: plan, narrowedTo: process, until: interruption,
          namingAddressesWith: symbolizer, options: options))
    } catch {
      end = .failure(error)
    }
    options.snapshots?.end(with: nil)
    result.withLock { $0 = end }
  }

}
