public import Kernel
public import Types

/// Headers of the system that whatever is asked of them is noted: which files they consist of, only the compiler of C knows.
public final class RecordingHeaders: HeaderView {

  /// The headers.
  private let headers: any HeaderView

  /// What is noted.
  private let log: DependencyLog

  /// Creates a view of `headers` that writes into `log`.
  public init(_ headers: any HeaderView, into log: DependencyLog) {
    self.headers = headers
    self.log = log
  }

  /// Returns the headers, about which something is asked.
  private var asked: any HeaderView {
    log.forbid("it uses headers that are installed")
    return headers
  }

  /// The layout of a structure.
  public func layout(of structure: StructureName) -> StructureLayout? { asked.layout(of: structure) }

  /// The constants of the enumeration `name`.
  public func enumeration(named name: String) -> EnumerationLayout? { asked.enumeration(named: name) }

  /// The type that `name` was defined to be.
  public func type(named name: String) -> Type? { asked.type(named: name) }

  /// The constant or the macro that is called `name`.
  public func value(named name: String) -> HeaderValue? { asked.value(named: name) }

  /// The function `name`.
  public func function(named name: String) -> CFunction? { asked.function(named: name) }

  /// Why a name may not have been found.
  public var obstacle: String? { asked.obstacle }

  /// What is wrong with the headers.
  public var faults: [String] { asked.faults }

}
