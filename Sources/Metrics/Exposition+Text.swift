import Output

extension Exposition {

  /// Returns the metrics of all scripts, which are in `states`, and those of apus itself in `format`.
  ///
  /// - Requires: there is a state for each script, and there are no faults.
  public func text(of states: [ScriptState], _ server: ServerState, as format: ExpositionFormat) -> [UInt8] {
    precondition(states.count == scripts.count, "there is a state for each script")
    precondition(faults.isEmpty, "the names are good ones")
    var writer = FamilyWriter(format)
    writer.reserve(1 << 14)
    var hidden: HiddenSamples = [:]
    for family in families {
      family.write({ states[$0.script].snapshot.maps[$0.index] }, to: &writer, hiding: &hidden)
    }
    for family in ownFamilies(states, server, hidden) { writer.write(family) }
    // Last, because everything before is a part of it.
    writer.write(
      PlainFamily(
        "apus_scrape_duration_seconds", .gauge, "The time that it took to gather and to write these metrics.",
        [.init(.time(nanoseconds: server.scrapeTime()))]))
    writer.end()
    return writer.bytes
  }

}
