public import Syntax

/// How a plan is made anew on another machine, for programs that were compiled before.
public struct PlanRecipe: Hashable, Codable, Sendable {

  /// The probes of one action block.
  public struct Block: Hashable, Codable, Sendable {

    /// What the script writes, with the parameters in it.
    public let specs: [ProbeSpec]

    /// What the programs of the block use of what they find there.
    public let use: ContextUse

    /// Creates an instance with the given properties.
    public init(specs: [ProbeSpec], use: ContextUse) {
      self.specs = specs
      self.use = use
    }

  }

  /// A program of the plan.
  public struct Program: Hashable, Codable, Sendable {

    /// The index of the block that it is of.
    public let block: Int

    /// What it finds at its probes.
    public let context: ProbeContext

    /// `true` iff it asks the kernel at which of its probes it runs, so that it can be attached to others.
    public let asksForProbe: Bool

    /// Creates an instance with the given properties.
    public init(block: Int, context: ProbeContext, asksForProbe: Bool) {
      self.block = block
      self.context = context
      self.asksForProbe = asksForProbe
    }

  }

  /// The blocks of the script that have programs.
  public var blocks: [Block]

  /// The programs, in the order of the plan.
  public var programs: [Program]

  /// Creates an instance with the given properties.
  public init(blocks: [Block] = [], programs: [Program] = []) {
    self.blocks = blocks
    self.programs = programs
  }

}
