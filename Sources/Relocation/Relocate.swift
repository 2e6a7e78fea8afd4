public import Diagnostics
public import IR
public import Kernel
public import Types

/// Why a script that was compiled for one kernel cannot run on another one.
public struct RelocationFault: Error, Hashable, Sendable {

  /// What does not fit, each with its place in the script.
  public let diagnostics: [Diagnostic]

}

/// A compiled script, and what it and the process agree on, as they fit a kernel.
public struct RelocatedScript: Sendable {

  /// The object.
  public let object: BPFObject

  /// What programs and process agree on.
  public let manifest: Manifest

}

/// Returns `object`, which was compiled for another kernel from the files `sources`, with the numbers of `kernel` in place of those of
/// that one, and `manifest` with what values of its types look like there.
///
/// The numbers of the object's facts are replaced where instructions load them; nothing of it need be recompiled.
public func relocate(
  _ object: BPFObject, sharing manifest: Manifest, to kernel: any KernelView, knowing sources: [SourceFile]
) throws(RelocationFault) -> RelocatedScript {
  var (diagnostics, consequences) = (DiagnosticSet(), DiagnosticSet())
  var values: [Int64] = []
  for fact in object.facts {
    do throws(Misfit) {
      values.append(try fact.value(on: kernel))
    } catch {
      values.append(fact.value)
      let diagnostic = error.diagnostic(of: fact, of: object, in: sources)
      if error.isConsequence { consequences.insert(diagnostic) } else { diagnostics.insert(diagnostic) }
    }
  }
  if diagnostics.elements.isEmpty { diagnostics = consequences }
  guard diagnostics.elements.isEmpty else { throw RelocationFault(diagnostics: diagnostics.sorted) }
  var (object, manifest) = (object, manifest)
  object.replaceFacts(by: values)
  manifest.types = manifest.types.renewed(from: kernel, knowing: object.facts)
  return RelocatedScript(object: object, manifest: manifest)
}

extension Misfit {

  /// Returns the message about `fact`, one of `object`, with its place in `sources`; at the start of the script if it has none.
  fileprivate func diagnostic(
    of fact: KernelFact, of object: BPFObject, in sources: [SourceFile]
  ) -> Diagnostic {
    let place = fact.position.flatMap { object.positions.indices.contains($0) ? object.positions[$0] : nil }
    let file = place.flatMap { sources.indices.contains($0.file) ? sources[$0.file] : nil }
    let site: SourceSpan
    if let place, let file, place.start >= 0, place.start <= place.end, place.end <= file.text.count {
      site = SourceSpan(file, from: place.start, to: place.end)
    } else {
      let file = sources.first ?? SourceFile(name: "script", text: [])
      site = SourceSpan(file, from: 0, to: 0)
    }
    return .error(message, at: site, hint: hint)
  }

}

extension TypeTable {

  /// Returns the table with what `kernel` tells about those of its structures and enumerations that `facts` name as the kernel's.
  fileprivate func renewed(from kernel: any KernelView, knowing facts: [KernelFact]) -> TypeTable {
    var result = self
    for fact in facts {
      switch fact.subject {
      case .size(let structure) where result.structures[structure] != nil:
        if let layout = kernel.layout(of: structure) { result.structures[structure] = layout }
      case .names(let enumeration) where result.enumerations[enumeration] != nil:
        if let layout = kernel.enumeration(named: enumeration) { result.enumerations[enumeration] = layout }
      default: break
      }
    }
    return result
  }

}
