public import Diagnostics
public import IR
public import Kernel
public import Probes
public import Syntax
public import Types

/// A script whose names are resolved, whose types are known, and whose probes are found.
///
/// It is the proof that analysis succeeded: lowering cannot fail on it.
public struct Program: Sendable {

  /// The file.
  public let source: SourceFile

  /// The settings.
  public let settings: Settings

  /// The actions: each is one program for the kernel.
  public let actions: [Action]

  /// The maps in the order of declaration, which is that of first use.
  public let maps: [ProgramMap]

  /// The types of expressions, by node; each action has nodes of its own.
  public let types: [NodeID: Type]

  /// The values of expressions that are known now, besides literals, by node.
  public let constants: [NodeID: Int64]

  /// The members of structures and the constants of enumerations that the script uses.
  public let table: TypeTable

  /// What of that is the kernel's.
  public var kernelTypes = KernelTypeNames()

  /// What those of `constants` are that can be otherwise on another kernel.
  public var origins: [NodeID: KernelFact.Subject] = [:]

  /// The functions in C that the script imports and calls.
  public let functions: [String: CFunction]

  /// The probes of each block, as the script writes them.
  public var blocks: [PlanRecipe.Block] = []

  /// Creates an instance with the given properties.
  public init(
    source: SourceFile, settings: Settings, actions: [Action], maps: [ProgramMap],
    types: [NodeID: Type], constants: [NodeID: Int64] = [:], table: TypeTable = TypeTable(),
    functions: [String: CFunction] = [:]
  ) {
    self.source = source
    self.settings = settings
    self.actions = actions
    self.maps = maps
    self.types = types
    self.constants = constants
    self.table = table
    self.functions = functions
  }

  /// What is done at attach points that are alike.
  public struct Action: Sendable {

    /// The predicate.
    public let predicate: Expression?

    /// The statements.
    public let body: Block

    /// The scratch variables.
    public let variables: [Variable]

    /// The variable, an index into `variables`, that each use or declaration of one stands for.
    public let references: [NodeID: Int]

    /// The attach points, at least one.
    public let points: [AttachPoint]

    /// What the program finds at each of them.
    public let context: ProbeContext

    /// How the program is attached to them.
    public let mechanism: AttachMechanism

    /// The index of the block of the program that the action is of.
    public let block: Int

    /// Creates an instance with the given properties.
    public init(
      predicate: Expression?, body: Block, variables: [Variable], references: [NodeID: Int],
      points: [AttachPoint], context: ProbeContext, mechanism: AttachMechanism, block: Int = 0
    ) {
      self.predicate = predicate
      self.body = body
      self.variables = variables
      self.references = references
      self.points = points
      self.context = context
      self.mechanism = mechanism
      self.block = block
    }

  }

  /// A scratch variable.
  public struct Variable: Hashable, Sendable {

    /// The name with its `$`.
    public let name: String

    /// The type, wide enough for everything that is assigned to it.
    public let type: Type

    /// Creates an instance with the given properties.
    public init(name: String, type: Type) {
      self.name = name
      self.type = type
    }

  }

  /// A map.
  public struct ProgramMap: Hashable, Sendable {

    /// The name with its `@`.
    public let name: String

    /// The types of the parts of the key; empty for a map without a key.
    public let key: [Type]

    /// What it holds for each key.
    public let value: MapValue

    /// The kind of hash table and its capacity, where the script declares them.
    public let declared: DeclaredStorage?

    /// The map that someone else made, where the script declares that.
    public let pinned: PinnedMap?

    /// What a comment says that it is for.
    public var help: String? = nil

    /// Where its key is written first, or the map itself if it has none.
    public var site: SourceSpan? = nil

    /// Creates an instance with the given properties.
    public init(
      name: String, key: [Type], value: MapValue, declared: DeclaredStorage? = nil, pinned: PinnedMap? = nil
    ) {
      self.name = name
      self.key = key
      self.value = value
      self.declared = declared
      self.pinned = pinned
    }

  }

  /// What a script says about how a map is stored.
  public struct DeclaredStorage: Hashable, Sendable {

    /// The kind of hash table.
    public let kind: HashKind

    /// The number of elements that it has room for.
    public let capacity: Int

    /// Creates an instance with the given properties.
    public init(kind: HashKind, capacity: Int) {
      self.kind = kind
      self.capacity = capacity
    }

  }

}
