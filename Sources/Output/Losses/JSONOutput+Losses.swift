extension JSONOutput {

  /// Reports what was lost: how much since it was last reported, and in all; on standard error too.
  public func loss(_ loss: Loss, to buffer: inout OutputBuffer) {
    /// The members of the object behind the number, by name.
    var places: [(name: String, value: Value)] = []
    let (type, noun): (String, String)
    switch loss.cause {
    case .events(let probe):
      (type, noun) = ("lost_events", "events")
      places = [("probe", .text(probe))]
    case .packets: (type, noun) = ("lost_packets", "packets")
    case .undecodableEvents: (type, noun) = ("undecodable_events", "events")
    case .refusedUpdates(let map, let capacity), .refusedForeignUpdates(let map, let capacity):
      (type, noun) = ("refused_updates", "updates")
      places = [("map", .text(map)), ("capacity", .signed(Int64(capacity)))]
    case .stacks(let capacity):
      (type, noun) = ("lost_stacks", "stacks")
      places = [("capacity", .signed(Int64(capacity)))]
    case .throttledSamples(let probe):
      (type, noun) = ("throttled_samples", "times")
      places = [("probe", .text(probe))]
    case .missedRuns(let probe, let reason):
      (type, noun) = ("missed_runs", "runs")
      places = [("probe", .text(probe)), ("reason", .text(reason.rawValue))]
    case .undeliveredValues(let receiver, let reason):
      (type, noun) = ("undelivered_values", "values")
      places = [("receiver", .text(receiver)), ("reason", .text(reason.word))]
    }
    let fields =
      [Value.Field(noun, .unsigned(loss.count)), .init("total", .unsigned(loss.total))]
      + places.map { .init($0.name, $0.value) }
    object(type, to: &buffer.output) { $0.append(jsonOf: .record(fields)) }
    // A person who looks on is told as well.
    TextOutput().loss(loss, to: &buffer)
  }

}
