public import Diagnostics
public import IR
public import Probes
public import Types

/// Everything that running a script takes once it is compiled.
public struct CompiledScript: Sendable {

  /// The programs.
  public let object: BPFObject

  /// What user space shares with the programs.
  public let manifest: Manifest

  /// What is attached where.
  public let plan: AttachPlan

  /// How the plan is made anew on another machine; nil if the programs are for this one alone.
  public let recipe: PlanRecipe?

  /// What the options, the script and the environment set.
  public let settings: Settings

  /// The files that positions in `object` are in.
  public let sources: [SourceFile]

  /// What the compiler warned of.
  public let warnings: [Diagnostic]

  /// The places in the script where maps are used first, by the names of the maps.
  public let mapSites: [String: SourceSpan]

  /// Creates an instance with the given properties.
  public init(
    object: BPFObject, manifest: Manifest, plan: AttachPlan, recipe: PlanRecipe? = nil, settings: Settings,
    sources: [SourceFile], warnings: [Diagnostic], mapSites: [String: SourceSpan] = [:]
  ) {
    self.object = object
    self.manifest = manifest
    self.plan = plan
    self.recipe = recipe
    self.settings = settings
    self.sources = sources
    self.warnings = warnings
    self.mapSites = mapSites
  }

}
