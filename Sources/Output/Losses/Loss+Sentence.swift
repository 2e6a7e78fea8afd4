extension Loss {

  /// What was lost and what can be done about it.
  public var sentence: String {
    switch cause {
    case .events(let probe):
      "lost \(amount("event", of: probe)): the ring buffer was full; "
        + "a greater 'perf_rb_pages' or fewer events help"
    case .packets:
      "lost \(amount("packet")): the memory for packets was full; fewer or shorter packets help"
    case .undecodableEvents:
      "lost \(amount("event")): the records could not be understood, which is a fault of apus"
    case .refusedUpdates(let map, let capacity):
      "\(map) refused \(amount("new key", more: "more new key")): it is full (\(capacity)); "
        + "a greater 'max_map_keys' helps, or a greater number where it is declared"
    case .refusedForeignUpdates(let map, let capacity):
      "\(map) refused \(amount("new key", more: "more new key")): whoever made it gave it room for \(capacity)"
    case .stacks(let capacity):
      "could not keep \(amount("stack")): there is room for \(capacity); a greater 'max_map_keys' or smaller "
        + "stacks help"
    case .throttledSamples(let probe):
      "\(probe) was throttled \(amount("time")): it is due more often than 'kernel.perf_event_max_sample_rate' allows"
    case .missedRuns(let probe, let reason):
      "\(probe) missed \(amount("run")): \(reason.explanation)"
    case .undeliveredValues(let receiver, .queueFull(let capacity)):
      "lost \(amount("value")) for \(receiver), which did not take any: there is room for \(capacity); "
        + "a greater '--zabbix-queue' helps"
    case .undeliveredValues(let receiver, .refused):
      "\(receiver) refused \(amount("value")): it has no items for them, or not for this machine"
    case .undeliveredValues(let receiver, .unsent):
      "lost \(amount("value")) for \(receiver), which did not take any when tracing ended"
    }
  }

  /// Returns how much was lost of what is called `noun`, or `more` when some of it was reported before; of `owner`, if given.
  private func amount(_ noun: String, more: String? = nil, of owner: String? = nil) -> String {
    let number = isFinal ? total : count
    let isFirst = count == total
    let words = isFirst || isFinal ? noun : more ?? "more \(noun)"
    return "\(number) \(words)\(number == 1 ? "" : "s")" + (owner.map { " of \($0)" } ?? "")
      + (isFinal && !isFirst ? " in all" : "")
  }

}

extension MissReason {

  /// The reason in words.
  fileprivate var explanation: String {
    switch self {
    case .nested: "a program was running on that CPU already"
    case .unhandled: "too many calls were under way, or the call came from within another probe"
    case .memory: "the run that was interrupted was using its memory"
    case .late: "the last run had not begun when the time for the next one came"
    }
  }

}
