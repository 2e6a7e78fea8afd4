import Diagnostics
import IR
import Probes
import Serialization
import Types

extension CompiledScript {

  /// Reads what `bytes` made; throws if `contents` were not made so, or do not fit together.
  public init(reading contents: [UInt8]) throws {
    let stored = try BinaryDecoder().decode(StoredScript.self, from: contents)
    let table = SourceTable(stored.sources.map { SourceFile(name: $0.name, text: $0.text) })
    var decoder = BinaryDecoder()
    decoder.userInfo[SourceTable.key] = table
    let body = try decoder.decode(StoredScript.Body.self, from: stored.body)
    guard body.sources.allSatisfy({ table.files.indices.contains($0) }), body.manifest.fits(body.plan),
      body.recipe?.fits(body.plan) ?? true
    else {
      throw BinaryFault.malformed
    }
    self.init(
      object: body.object, manifest: body.manifest, plan: body.plan, recipe: body.recipe,
      settings: body.settings,
      sources: body.sources.map { table.files[$0] }, warnings: body.warnings,
      mapSites: body.mapSites)
  }

  /// Returns the value as bytes.
  public func bytes() throws -> [UInt8] {
    let table = SourceTable()
    var encoder = BinaryEncoder()
    encoder.userInfo[SourceTable.key] = table
    let body = try encoder.encode(
      StoredScript.Body(
        object: object, manifest: manifest, plan: plan, recipe: recipe, settings: settings,
        sources: sources.map(table.index), warnings: warnings, mapSites: mapSites))
    return try BinaryEncoder().encode(
      StoredScript(sources: table.files.map { .init(name: $0.name, text: $0.text) }, body: body))
  }

}

/// A compiled script as it is stored: the files first, since everything else has places in them.
private struct StoredScript: Codable {

  /// A file of the script.
  struct Source: Codable {

    /// What messages call it.
    let name: String

    /// What is in it.
    let text: [UInt8]

  }

  /// What has places in files.
  struct Body: Codable {

    /// The programs.
    let object: BPFObject

    /// What user space shares with the programs.
    let manifest: Manifest

    /// What is attached where.
    let plan: AttachPlan

    /// How the plan is made anew.
    let recipe: PlanRecipe?

    /// What the options, the script and the environment set.
    let settings: Settings

    /// The numbers of the files that positions in `object` are in.
    let sources: [Int]

    /// What the compiler warned of.
    let warnings: [Diagnostic]

    /// The places where maps are used first.
    let mapSites: [String: SourceSpan]

  }

  /// The files.
  let sources: [Source]

  /// A `Body`, written with the table of the files.
  let body: [UInt8]

}
