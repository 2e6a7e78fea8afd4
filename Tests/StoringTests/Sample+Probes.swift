import Diagnostics
import Probes
import Syntax

/// Probes as a script has them.
enum ProbeSpecs {

  /// A wildcard.
  static let all = ProbeSpec(
    parts: [Name("kprobe", at: Sample.site), Name("f*", at: Sample.site)], site: Sample.site)

}

/// What programs use of what they find.
enum ContextUses {

  /// Nothing.
  static let none = ContextUse(
    of: ActionBlock(id: NodeID(0), probes: [], predicate: nil, body: Block([], site: Sample.site)))

}
