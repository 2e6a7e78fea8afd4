import Output
import Testing

/// Maps of which the last elements only are printed.
@Suite struct LargeMapTests {

  /// What is dropped on the way is nothing that would be kept.
  @Test(arguments: [1, 10, 3000]) func lastElements(top: Int) {
    var whole = MapContents(name: "@", isKeyed: true)
    var kept = whole
    var number: UInt64 = 1
    for batch in 0..<20 {
      let elements = (0..<1500).map { i in
        number = number &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
        let key = Value.unsigned(UInt64(batch * 1500 + i))
        // Few different values, so that keys decide.
        return MapContents.Element(key: [key], value: .unsigned(number >> 56))
      }
      whole.append(elements)
      kept.append(elements, keepingTop: top)
      #expect(kept.elements.count < max(2 * top, 4096) + 1500)
    }
    #expect(whole.elements.count == 30_000)
    whole.sort(keepingTop: top)
    kept.sort(keepingTop: top)
    #expect(kept == whole && kept.elements.count == top)
  }

}
