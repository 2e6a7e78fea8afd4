import Output
import Testing

/// The order in which elements of maps are printed.
@Suite struct MapOrderTests {

  /// Returns the keys of a map with the given elements, sorted, the last `top` of them.
  private func sortedKeys(_ elements: [(Value, Value)], top: Int? = nil) -> [Value] {
    var map = MapContents(
      name: "@", isKeyed: true, elements: elements.map { MapContents.Element(key: [$0], value: $1) })
    map.sort(keepingTop: top)
    return map.elements.map { $0.key[0] }
  }

  @Test func byValueThenByKey() {
    let elements: [(Value, Value)] = [
      (.signed(10), .signed(5)), (.signed(-3), .signed(5)), (.signed(2), .signed(-1)),
      (.signed(9), .signed(5)),
    ]
    #expect(sortedKeys(elements) == [.signed(2), .signed(-3), .signed(9), .signed(10)])
    #expect(sortedKeys(elements, top: 2) == [.signed(9), .signed(10)])
    #expect(sortedKeys(elements, top: 0).count == 4)
    #expect(sortedKeys(elements, top: 100).count == 4)
  }

  @Test func unsignedValuesAboveTheSignedOnes() {
    let elements: [(Value, Value)] = [(.signed(1), .unsigned(.max)), (.signed(2), .unsigned(1))]
    #expect(sortedKeys(elements) == [.signed(2), .signed(1)])
  }

  @Test func textByItsBytes() {
    let elements: [(Value, Value)] = [
      (.text("b"), .signed(1)), (.text("a"), .signed(1)), (.text("ab"), .signed(1)), (.text("B"), .signed(1)),
    ]
    #expect(sortedKeys(elements) == [.text("B"), .text("a"), .text("ab"), .text("b")])
  }

  @Test func tuplesByTheirParts() {
    let a = Value.tuple([.signed(1), .text("z")])
    let b = Value.tuple([.signed(2), .text("a")])
    #expect(sortedKeys([(b, .signed(1)), (a, .signed(1))]) == [a, b])
  }

  @Test func statsByTheirSum() {
    let small = Value.stats(count: 9, average: .signed(1), total: .signed(9))
    let great = Value.stats(count: 1, average: .signed(10), total: .signed(10))
    #expect(sortedKeys([(.signed(1), great), (.signed(2), small)]) == [.signed(2), .signed(1)])
  }

  @Test func histogramsByHowManyNumbersTheyHold() {
    func histogram(_ count: UInt64) -> Value {
      .histogram(Histogram([Histogram.Bucket(lower: 0, upper: 1, count: count)]))
    }
    #expect(
      sortedKeys([(.signed(1), histogram(9)), (.signed(2), histogram(3))]) == [.signed(2), .signed(1)])
  }

  @Test func division() {
    let bucket = Histogram.Bucket(lower: 0, upper: 1, count: 25)
    var map = MapContents(
      name: "@", isKeyed: true,
      elements: [
        .init(key: [.signed(100)], value: .signed(-25)), .init(key: [.signed(2)], value: .unsigned(25)),
        .init(key: [.signed(3)], value: .stats(count: 25, average: .signed(10), total: .signed(250))),
        .init(key: [.signed(4)], value: .histogram(Histogram([bucket]))),
        .init(key: [.signed(5)], value: .text("x")),
      ])
    map.divide(by: 10)
    #expect(
      map.elements.map(\.value) == [
        .signed(-2), .unsigned(2), .stats(count: 25, average: .signed(1), total: .signed(25)),
        .histogram(Histogram([Histogram.Bucket(lower: 0, upper: 1, count: 2)])), .text("x"),
      ])
    #expect(map.elements[0].key == [.signed(100)])
    let before = map
    map.divide(by: 0)
    map.divide(by: 1)
    #expect(map == before)
  }

}
