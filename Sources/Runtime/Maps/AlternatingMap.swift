import BPF
import Types

/// A map that two kernel maps hold in turn, so that nothing is lost when it is cleared.
///
/// Programs use the one that a word shared with them names. To clear the map is to turn them to the other one, which is empty.
/// Programs that are running then may still add to the first one: what they add is found there once all of them have ended,
/// and belongs to what comes next. That is when the first one is emptied, and not before the map is looked at again.
///
/// What the process has reset already it remembers and subtracts, so that it need not wait for programs, where that can be done:
/// where all words are sums that no program reads.
final class AlternatingMap {

  /// The map.
  private let map: MapDescription

  /// How the two belong together.
  private let twin: MapTwin

  /// The kernel's maps.
  private let handles: [MapHandle]

  /// The word that says which of them programs use.
  private let selector: UnsafeMutableRawPointer

  /// Waits for programs.
  private let periods: GracePeriods

  /// `true` iff sums that were reset can be left where they are.
  private let canSubtract: Bool

  /// What there was in the map in use when it was reset last and is still there.
  private var told: KeyedRows

  /// `true` iff keys stay when they are reset.
  private var keepsKeys = false

  /// `true` iff no program runs any more, so that nothing has to be waited for.
  private var isAtRest = false

  /// What was added to elements when they were being cleared.
  private var late: KeyedRows

  /// The map that is not in use, if it is not known to be empty: what there was in it when it was reset last, and the time until no
  /// program uses it any more.
  private var retired: (told: KeyedRows, period: PendingGracePeriod)?

  /// Creates an instance of `map` which has `twin`; programs read elements iff `isRead`.
  init(
    _ map: MapDescription, _ twin: MapTwin, handles: [MapHandle], selector: UnsafeMutableRawPointer,
    isRead: Bool, waitingBy periods: GracePeriods
  ) {
    precondition(handles.count == 2, "a map and its twin")
    self.map = map
    self.twin = twin
    self.handles = handles
    self.selector = selector
    self.periods = periods
    self.canSubtract = twin.merging == .sums && !isRead
    let none = KeyedRows(keySize: map.keySize, rowSize: twin.rowSize(of: handles[0]))
    self.told = none
    self.late = none
  }

  /// The index of the map that programs use.
  private var current: Int { selector.load(as: UInt64.self) == 0 ? 0 : 1 }

  /// Returns the elements as they are since they were reset last.
  func elements() throws(SystemError) -> MapElements {
    try settle()
    return elements(of: try read())
  }

  /// Returns the element with the given key since it was reset last, none or one.
  func element(_ key: [UInt8]) throws(SystemError) -> MapElements {
    try settle()
    var now: [KeyedRows] = []
    for index in [current, 1 - current] {
      var rows = none
      if let value = try handles[index].lookup(key) {
        var one = MapElements(of: handles[index])
        one.append(1, keys: key, values: value)
        twin.add(one, to: &rows)
      }
      now.append(rows)
    }
    return elements(of: now, only: key)
  }

  /// Notes that all programs have ended and none is going to run.
  func programsHaveEnded() { isAtRest = true }

  /// Returns the elements as they are since they were reset last, and removes them, or sets them to zero iff `keepsKeys`.
  @discardableResult
  func take(keepingKeys keepsKeys: Bool) throws(SystemError) -> MapElements {
    try settle()
    if isAtRest { return try takeAtRest(keepingKeys: keepsKeys) }
    if !canSubtract, let retired {
      retired.period.wait()
      try settle()
    }
    let now = try read()
    let result = elements(of: now)
    if retired == nil && !(canSubtract && keepsKeys) {
      if keepsKeys { insertZeros(for: result, in: handles[1 - current]) }
      // Whatever can fail comes first.
      let period = try periods.prepare()
      selector.storeBytes(of: UInt64(1 - current), as: UInt64.self)
      period.begin()
      retired = (told: now[0], period: period)
      told = none
    } else {
      if keepsKeys { insertZeros(for: result, in: handles[current]) }
      told = now[0]
      retired?.told = now[1]
    }
    late = none
    self.keepsKeys = keepsKeys
    return result
  }

  /// The same as `take` when no program runs.
  private func takeAtRest(keepingKeys keepsKeys: Bool) throws(SystemError) -> MapElements {
    let result = elements(of: try read())
    for handle in handles { try handle.deleteAll() }
    (told, late, retired) = (none, none, nil)
    if keepsKeys { insertZeros(for: result, in: handles[current]) }
    return result
  }

  /// No rows.
  private var none: KeyedRows { KeyedRows(keySize: map.keySize, rowSize: told.rowSize) }

  /// Empties the map that is not in use, if no program uses it any more, and keeps what was added to it lately.
  private func settle() throws(SystemError) {
    guard let retired, retired.period.isOver else { return }
    let handle = handles[1 - current]
    let rows = try rows(of: handle)
    if twin.merging != .none {
      for index in 0..<rows.count { mergeChange(of: index, in: rows, since: retired.told, into: &late) }
    }
    try handle.deleteAll()
    self.retired = nil
  }

  /// Returns what is in the map in use and in the other one.
  private func read() throws(SystemError) -> [KeyedRows] {
    [try rows(of: handles[current]), retired == nil ? none : try rows(of: handles[1 - current])]
  }

  /// Returns the rows of `handle`.
  private func rows(of handle: MapHandle) throws(SystemError) -> KeyedRows {
    var result = none
    try handle.forEachBatch { twin.add($0, to: &result) }
    return result
  }

  /// Returns what `now`, the rows of the map in use and of the other one, is since it was reset, with what came late; of one
  /// key alone if that is given.
  private func elements(of now: [KeyedRows], only key: [UInt8]? = nil) -> MapElements {
    var result = told.count == 0 ? now[0] : none
    if told.count > 0 {
      for index in 0..<now[0].count {
        mergeChange(of: index, in: now[0], since: told, into: &result, keepingZeros: keepsKeys)
      }
    }
    if let retired, twin.merging != .none {
      for index in 0..<now[1].count {
        mergeChange(of: index, in: now[1], since: retired.told, into: &result)
      }
    }
    for index in 0..<late.count where key == nil || late.key(index).elementsEqual(key ?? []) {
      late.key(index).withUnsafeBytes { key in
        late.row(index).withUnsafeBufferPointer { merge(key, $0, into: &result) }
      }
    }
    return twin.elements(of: result, in: handles[0])
  }

  /// Merges what has become of the row at `index` of `rows` since it was that of `old` into `result`; nothing if that is
  /// nothing, unless zeros are kept.
  private func mergeChange(
    of index: Int, in rows: KeyedRows, since old: KeyedRows, into result: inout KeyedRows,
    keepingZeros keepsZeros: Bool = false
  ) {
    rows.key(index).withUnsafeBytes { key in
      guard let before = old.index(of: key) else {
        rows.row(index).withUnsafeBufferPointer { merge(key, $0, into: &result) }
        return
      }
      if rows.row(index) == old.row(before) && !keepsZeros { return }
      guard twin.merging == .sums else {
        rows.row(index).withUnsafeBufferPointer { merge(key, $0, into: &result) }
        return
      }
      var change = zip(rows.row(index), old.row(before)).map { $0 &- $1 }
      markPresence(in: &change)
      change.withUnsafeBufferPointer { merge(key, $0, into: &result) }
    }
  }

  /// Notes in `row`, a difference, that the element is there, where the map has room for such a note.
  private func markPresence(in row: inout [UInt64]) {
    if map.entrySize > map.valueSize { row[map.presenceOffset / 8] = 1 }
  }

  /// Merges `row` into that of `result` with the given key; what is there is newer.
  private func merge(
    _ key: UnsafeRawBufferPointer, _ row: UnsafeBufferPointer<UInt64>, into result: inout KeyedRows
  ) {
    let (index, isNew) = result.insert(key)
    result.withRow(index) { target in
      for word in 0..<row.count where isNew || twin.merging == .sums {
        target[word] = isNew ? row[word] : target[word] &+ row[word]
      }
      if !isNew, twin.merging != .sums, case .aggregation(let aggregation) = map.value {
        aggregation.mergeExtremes(of: row, into: target, stride: handles[0].stride / 8)
      }
    }
  }

  /// Adds the keys of `elements` to `handle` unless they are there, as far as there is room.
  private func insertZeros(for elements: MapElements, in handle: MapHandle) {
    if handle.isArray { return }
    let zeros = [UInt8](repeating: 0, count: handle.elementSize)
    for index in 0..<elements.count { try? handle.insert(Array(elements.key(index)), with: zeros) }
  }

}
