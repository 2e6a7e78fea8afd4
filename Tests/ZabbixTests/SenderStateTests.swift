import Testing

@testable import Zabbix

/// What a sender does when, without a network.
@Suite struct SenderStateTests {

  /// Returns what there is to send: values with the given numbers.
  private func output(_ numbers: some Sequence<Int>, discovery: String? = nil) -> ItemWriter.Output {
    ItemWriter.Output(
      discoveries: discovery.map { [ZabbixValue(key: "d", value: $0, time: 0)] } ?? [],
      values: numbers.map { ZabbixValue(key: "k", value: "\($0)", time: 0) })
  }

  /// Returns the values of the batch that `state` sends next; nil if it does something else.
  private func nextBatch(_ state: inout SenderState) -> SenderState.Batch? {
    if case .send(let batch) = state.nextStep() { batch } else { nil }
  }

  /// Expects that two values are equal; what changes something cannot stand within a macro.
  private func expect<T: Equatable>(
    _ a: T, is b: T, sourceLocation: SourceLocation = #_sourceLocation
  ) { #expect(a == b, sourceLocation: sourceLocation) }

  /// Returns the batch that `state` sends next.
  private func requireBatch(_ state: inout SenderState) throws -> SenderState.Batch {
    let batch = nextBatch(&state)
    return try #require(batch)
  }

  /// Expects that `state` sends nothing next.
  private func expectNoBatch(_ state: inout SenderState) {
    let batch = nextBatch(&state)
    #expect(batch == nil)
  }

  /// Returns the answer that `count` values were taken, and `failed` not.
  private func answer(_ count: Int, failed: Int = 0) throws -> SenderAnswer {
    try SenderAnswer(
      #"{"response":"success","info":"processed: \#(count - failed); failed: \#(failed); total: \#(count)"}"#
        .utf8,
      toValues: count)
  }

  @Test func `values wait for others, and go in batches`() throws {
    var state = SenderState(queueLimit: 1000)
    let isNews = state.add(output(0..<2))
    #expect(isNews)
    guard case .gather = state.nextStep() else { return #expect(Bool(false)) }
    let isNewsAgain = state.add(output(2..<300))
    #expect(!isNewsAgain)
    expectNoBatch(&state)
    state.endPause()
    let first = try requireBatch(&state)
    #expect(first.values.map(\.value) == (0..<250).map(String.init))
    _ = state.take(try answer(250), to: first)
    let second = try requireBatch(&state)
    #expect(second.values.map(\.value) == (250..<300).map(String.init))
    _ = state.take(try answer(50, failed: 3), to: second)
    expectNoBatch(&state)
    #expect(state.statistics.deliveredCount == 297)
    #expect(state.statistics.refusedCount == 3)
    #expect(state.statistics.requestCount == 2)
    #expect(state.statistics.queuedCount == 0)
  }

  @Test func `discovery goes first, and its refusal is no loss`() throws {
    var state = SenderState(queueLimit: 10)
    _ = state.add(output(0..<1, discovery: "[1]"))
    _ = state.nextStep()
    state.endPause()
    let first = try requireBatch(&state)
    #expect(first.isDiscovery && first.values.map(\.key) == ["d"])
    // What has changed meanwhile is told afterwards.
    _ = state.add(output(1..<1, discovery: "[2]"))
    let news = state.take(try answer(1, failed: 1), to: first)
    #expect(news.isFirstRefusal)
    let second = try requireBatch(&state)
    #expect(second.values.map(\.value) == ["[2]"])
    let newsAgain = state.take(try answer(1, failed: 1), to: second)
    #expect(!newsAgain.isFirstRefusal)
    let third = try requireBatch(&state)
    #expect(third.values.map(\.value) == ["0"])
    #expect(state.statistics.refusedCount == 0)
  }

  @Test func `what does not arrive is sent again after longer and longer pauses`() throws {
    var state = SenderState(queueLimit: 10)
    var generator = SystemRandomNumberGenerator()
    _ = state.add(output(0..<1))
    _ = state.nextStep()
    state.endPause()
    for failure in 1...10 {
      let batch = try requireBatch(&state)
      #expect(batch.values.map(\.value) == ["0"])
      let (pause, isNews) = state.noteFailure(nodeCount: 1, using: &generator)
      let expected = min(30_000, 1000 << (failure - 1))
      #expect((expected * 3 / 4...expected * 5 / 4).contains(try #require(pause)))
      #expect(isNews == (failure == 1))
      state.endPause()
    }
    let last = try requireBatch(&state)
    let news = state.take(try answer(1), to: last)
    #expect(news.isBack)
    #expect(state.statistics.failureCount == 10)
  }

  @Test func `values are sent alone until it is known which are refused`() throws {
    var state = SenderState(queueLimit: 1000)
    _ = state.add(output(0..<2))
    _ = state.nextStep()
    state.endPause()
    let first = try requireBatch(&state)
    expect(state.take(try answer(2, failed: 1), to: first).refusedKeys, is: [])
    var values: [ZabbixValue] = []
    for number in 0..<40 { values.append(ZabbixValue(key: "k\(number % 4)", value: "", time: 0)) }
    _ = state.add(.init(values: values))
    _ = state.nextStep()
    state.endPause()
    for number in 0..<20 {
      let batch = try requireBatch(&state)
      expect(batch.values.count, is: 1)
      let news = state.take(try answer(1, failed: number % 4 == 1 ? 1 : 0), to: batch)
      expect(news.refusedKeys, is: number == 19 ? ["k1"] : [])
    }
    expect(try requireBatch(&state).values.count, is: 20)
  }

  @Test func `the other nodes of a cluster are tried at once`() throws {
    var state = SenderState(queueLimit: 10)
    var generator = SystemRandomNumberGenerator()
    _ = state.add(output(0..<1))
    _ = state.nextStep()
    state.endPause()
    let attempt0 = try requireBatch(&state).attempt
    #expect(attempt0 == 0)
    let first = state.noteFailure(nodeCount: 2, using: &generator)
    #expect(first.pause == nil)
    let second = try requireBatch(&state)
    #expect(second.attempt == 1)
    // The node that answered gets what follows.
    _ = state.take(try answer(1), to: second)
    _ = state.add(output(1..<2))
    _ = state.nextStep()
    state.endPause()
    let attempt1 = try requireBatch(&state).attempt
    #expect(attempt1 == 1)
    let last = state.noteFailure(nodeCount: 2, using: &generator)
    #expect(last.pause != nil)
  }

  @Test func `the oldest values are dropped, but not those under way`() throws {
    var queue = ValueQueue(limit: 5)
    for number in 0..<3 { queue.append(ZabbixValue(key: "k", value: "\(number)", time: 0)) }
    expect(queue.takeBatch(limit: 2, byteLimit: 1000).map(\.value), is: ["0", "1"])
    for number in 3..<8 { queue.append(ZabbixValue(key: "k", value: "\(number)", time: 0)) }
    #expect(queue.droppedCount == 3)
    #expect(queue.count == 5)
    queue.removeSent()
    expect(queue.takeBatch(limit: 10, byteLimit: 1000).map(\.value), is: ["5", "6", "7"])
    queue.keepSent()
    expect(queue.removeAll(), is: 3)
    #expect(queue.count == 0)
  }

  @Test func `a queue that is all under way takes nothing`() {
    var queue = ValueQueue(limit: 2)
    for number in 0..<2 { queue.append(ZabbixValue(key: "k", value: "\(number)", time: 0)) }
    _ = queue.takeBatch(limit: 2, byteLimit: 1000)
    queue.append(ZabbixValue(key: "k", value: "2", time: 0))
    #expect(queue.droppedCount == 1)
    queue.keepSent()
    expect(queue.takeBatch(limit: 9, byteLimit: 1000).map(\.value), is: ["0", "1"])
  }

  @Test func `a queue keeps the newest of very many`() {
    var queue = ValueQueue(limit: 3000)
    for number in 0..<10_000 { queue.append(ZabbixValue(key: "k", value: "\(number)", time: 0)) }
    #expect(queue.droppedCount == 7000)
    #expect(
      queue.takeBatch(limit: 10_000, byteLimit: 1 << 20).map(\.value) == (7000..<10_000).map(String.init))
  }

  @Test func `batches are bounded by bytes, with one value at least`() {
    var queue = ValueQueue(limit: 10)
    for size in [10, 10, 100, 1] {
      queue.append(ZabbixValue(key: "k", value: String(repeating: "x", count: size), time: 0))
    }
    expect(queue.takeBatch(limit: 10, byteLimit: 30).count, is: 2)
    queue.removeSent()
    expect(queue.takeBatch(limit: 10, byteLimit: 30).count, is: 1)
  }

}
