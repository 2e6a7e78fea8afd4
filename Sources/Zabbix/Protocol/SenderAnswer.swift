/// What a server says about the values that it was sent.
struct SenderAnswer: Equatable {

  /// The number of values that it took.
  let processedCount: Int

  /// The number of values that it did not take.
  let failedCount: Int

  /// Creates the answer that the data of a packet are, to a request with `count` values.
  ///
  ///     {"response":"success","info":"processed: 1; failed: 0; total: 1; seconds spent: 0.000060"}
  init(_ data: some Sequence<UInt8>, toValues count: Int) throws(AnswerFault) {
    guard let members = JSONReader.stringMembers(of: Array(data)) else { throw .senseless }
    let information = members["info"] ?? ""
    switch members["response"] {
    case "success": break
    case "failed": throw .refused(information)
    default: throw .senseless
    }
    var numbers: [String: Int] = [:]
    for part in information.split(separator: ";") {
      let words = part.split(separator: ":")
      guard words.count == 2 else { continue }
      let name = words[0].drop { $0 == " " }
      numbers[String(name)] = Int(words[1].drop { $0 == " " })
    }
    guard let processed = numbers["processed"], let failed = numbers["failed"], let total = numbers["total"],
      processed >= 0, failed >= 0, total == count, processed <= count, failed == count - processed
    else { throw .senseless }
    processedCount = processed
    failedCount = failed
  }

}
