import NIOCore

/// What a sender has to do, and how far it has got: everything about it that can be told without a network.
struct SenderState {

  /// What happens at the moment.
  private enum Phase: Equatable {

    /// Nothing.
    case idle

    /// It waits for more values, or until a server may have come back.
    case pausing

    /// It waits for an answer.
    case sending

    /// Nothing more is going to happen.
    case over

  }

  /// What is to be done next.
  enum Step {

    /// Nothing, until something happens.
    case nothing

    /// Wait a moment for more values.
    case gather

    /// Send values.
    case send(Batch)

    /// Tell who waits for it that everything is sent.
    case finished(EventLoopPromise<Void>)

  }

  /// The values of a request.
  struct Batch {

    /// The values.
    let values: [ZabbixValue]

    /// `true` iff they are for discovery rules.
    let isDiscovery: Bool

    /// How many attempts at requests were made before.
    let attempt: Int

  }

  /// What happens at the moment.
  private var phase = Phase.idle

  /// The values of items.
  private var queue: ValueQueue

  /// What discovery rules are to be told, the newest by key.
  private var discoveries: [String: ZabbixValue] = [:]

  /// How many attempts have failed.
  private var attempt = 0

  /// How many times in a row no node took anything.
  private var failedRounds = 0

  /// `true` iff the user was told that values are not taken.
  private var isTroubleTold = false

  /// The kinds of refusals that the user was told of, by whether they are about discovery.
  private var toldRefusals: Set<Bool> = []

  /// How many values are still sent alone, to find out which are refused; nil as long as none was.
  private var examinationsLeft: Int? = nil

  /// The keys of values that were sent alone and refused, as they came.
  private var refusedKeys: [String] = []

  /// The number of values that are sent alone.
  private static let examinationCount = 20

  /// What waits for the end of a pause, if that can be cut short.
  var pause: Scheduled<Void>? = nil

  /// Who waits for the end, nil before it begins.
  private var ending: EventLoopPromise<Void>? = nil

  /// `true` iff what is left is sent without waiting.
  private var isFinishing = false

  /// What was counted.
  private var counts = SenderStatistics()

  /// The time between two attempts at the end, in milliseconds.
  private static let lastPause = 250

  /// Creates an instance that keeps as many values as `queueLimit`.
  init(queueLimit: Int) { queue = ValueQueue(limit: queueLimit) }

  /// What became of the values until now.
  var statistics: SenderStatistics {
    var result = counts
    result.queuedCount = queue.count
    result.queueLimit = queue.limit
    result.droppedCount = queue.droppedCount
    return result
  }

  /// Adds what there is to send; returns `true` iff that may be sent now.
  mutating func add(_ output: ItemWriter.Output) -> Bool {
    if phase == .over {
      counts.unsentCount += UInt64(output.values.count)
      return false
    }
    for discovery in output.discoveries { discoveries[discovery.key] = discovery }
    for value in output.values { queue.append(value) }
    return phase == .idle && hasWork
  }

  /// `true` iff there is something to send.
  private var hasWork: Bool { queue.waitingCount > 0 || !discoveries.isEmpty }

  /// Returns what is to be done next, which is begun.
  mutating func nextStep() -> Step {
    guard phase == .idle else { return .nothing }
    guard hasWork else {
      guard let ending else { return .nothing }
      phase = .over
      self.ending = nil
      return .finished(ending)
    }
    if !isFinishing && !isGathered && queue.waitingCount < Sender.batchLimit {
      phase = .pausing
      return .gather
    }
    phase = .sending
    // What is discovered comes first: without items nobody wants their values.
    if !discoveries.isEmpty {
      let values = discoveries.values.sorted { $0.key < $1.key }
      return .send(Batch(values: values, isDiscovery: true, attempt: attempt))
    }
    let limit = examinationsLeft ?? 0 > 0 ? 1 : Sender.batchLimit
    let values = Array(queue.takeBatch(limit: limit, byteLimit: Sender.byteLimit))
    return .send(Batch(values: values, isDiscovery: false, attempt: attempt))
  }

  /// `true` iff values have waited for others.
  private var isGathered = false

  /// Ends a pause.
  mutating func endPause() {
    guard phase == .pausing else { return }
    phase = .idle
    isGathered = true
    pause = nil
  }

  /// What the user is to be told about an answer.
  struct News {

    /// `true` iff the server did not take values before.
    var isBack = false

    /// `true` iff it refuses something of the kind for the first time.
    var isFirstRefusal = false

    /// The keys of values that it refuses, once some were examined.
    var refusedKeys: [String] = []

  }

  /// Takes what the server says about `batch`; returns what is new about that.
  mutating func take(_ answer: SenderAnswer, to batch: Batch) -> News {
    if phase == .over { return News() }
    phase = .idle
    counts.requestCount += 1
    if batch.isDiscovery {
      for value in batch.values where discoveries[value.key] == value { discoveries[value.key] = nil }
    } else {
      queue.removeSent()
      counts.deliveredCount += UInt64(answer.processedCount)
      counts.refusedCount += UInt64(answer.failedCount)
    }
    // As long as there is more it need not wait.
    isGathered = hasWork
    failedRounds = 0
    var news = News(isBack: isTroubleTold)
    isTroubleTold = false
    news.isFirstRefusal = answer.failedCount > 0 && toldRefusals.insert(batch.isDiscovery).inserted
    if !batch.isDiscovery { news.refusedKeys = examine(answer, to: batch) }
    return news
  }

  /// Begins to send values alone if some of `batch`, but not all, are the first to be refused: the server does not say which.
  ///
  /// - Returns: The keys of those that are refused, once enough are examined.
  private mutating func examine(_ answer: SenderAnswer, to batch: Batch) -> [String] {
    guard let left = examinationsLeft else {
      if answer.failedCount > 0 && answer.processedCount > 0 { examinationsLeft = Self.examinationCount }
      return []
    }
    if left == 0 || batch.values.count != 1 { return [] }
    examinationsLeft = left - 1
    let key = batch.values[0].key
    if answer.failedCount > 0 && !refusedKeys.contains(key) { refusedKeys.append(key) }
    return left == 1 ? refusedKeys : []
  }

  /// Notes that a request came to nothing; returns how many milliseconds to wait, nil if another node is tried at once, and whether
  /// the user has not been told.
  mutating func noteFailure(
    nodeCount: Int, using generator: inout some RandomNumberGenerator
  ) -> (pause: Int?, isNews: Bool) {
    if phase == .over { return (nil, false) }
    counts.failureCount += 1
    queue.keepSent()
    attempt += 1
    isGathered = true
    if attempt % nodeCount != 0 {
      phase = .idle
      return (nil, false)
    }
    phase = .pausing
    failedRounds += 1
    let isNews = !isTroubleTold
    isTroubleTold = true
    if isFinishing { return (Self.lastPause, isNews) }
    return (RetryPause.milliseconds(after: failedRounds, using: &generator), isNews)
  }

  /// From now on what is left is sent without waiting; `promise` is fulfilled when nothing is.
  mutating func beginFinishing(_ promise: EventLoopPromise<Void>) {
    ending = promise
    isFinishing = true
    pause?.cancel()
    endPause()
  }

  /// Gives up what is left; returns who waits for that, nil if nobody does any more.
  mutating func giveUp() -> EventLoopPromise<Void>? {
    if phase == .over { return nil }
    phase = .over
    counts.unsentCount += UInt64(queue.removeAll())
    defer { ending = nil }
    return ending
  }

}
