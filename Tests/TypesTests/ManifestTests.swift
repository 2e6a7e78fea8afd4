import Testing
import Types

/// What maps of a script are on another machine, and what their memory is.
@Suite struct ManifestTests {

  @Test func mapsByProbeHaveRoomForOtherProbes() {
    var dense = MapDescription(
      name: "@", key: [.probeName], value: .aggregation(.count), storage: .dense(count: 2, isPerCPU: true))
    dense.help = "calls"
    dense.isScratch = true
    dense.keyNames = ["probe"]
    dense.twin = MapTwin(selectorOffset: 64, objectName: "map.2", merging: .sums)
    let other = MapDescription(
      name: "@x", key: [.int64], value: .plain(.int64), storage: .hash(.shared, capacity: 2))
    let probes = [ProbeDescription(name: "a"), ProbeDescription(name: "b")]
    let manifest = Manifest(maps: [dense, other], probes: probes)
    let more = probes + [ProbeDescription(name: "c")]
    let result = manifest.naming(more)
    #expect(result.maps[0].storage == .dense(count: 3, isPerCPU: true))
    #expect(result.maps[0].second?.probeCapacity == 3)
    #expect(result.maps[0].help == "calls" && result.maps[0].isScratch)
    #expect(result.maps[0].keyNames == ["probe"] && result.maps[0].twin == dense.twin)
    #expect(result.maps[1] == other && result.probes == more)
  }

  @Test func scratchMemoryIsShownIfSomethingIsSaidAboutIt() {
    var map = MapDescription(
      name: "@start", key: [.int64], value: .plain(.int64), storage: .hash(.shared, capacity: 2))
    #expect(map.isExported)
    map.isScratch = true
    #expect(!map.isExported)
    map.help = "when it began"
    #expect(map.isExported)
    var own = MapDescription(
      name: "@_start", key: [.int64], value: .plain(.int64), storage: .hash(.shared, capacity: 2))
    own.help = "what nobody else need know"
    #expect(own.isPrivate && !own.isExported)
  }

  @Test func histogramsHaveTheirSumBehindTheBuckets() {
    let powers = Aggregation.histogram(bits: 0)
    #expect(powers.histogramLayout?.sumIndex == 66 && powers.wordCount == 67)
    #expect(powers.histogramLayout?.negativeIndex == nil)
    let lines = Aggregation.linearHistogram(minimum: 1, maximum: 11, step: 5)
    #expect(lines.histogramLayout?.bucketCount == 4 && lines.histogramLayout?.negativeIndex == 4)
    #expect(lines.histogramLayout?.sumIndex == 5 && lines.wordCount == 6)
    let fromZero = Aggregation.linearHistogram(minimum: 0, maximum: 10, step: 5)
    #expect(fromZero.histogramLayout?.sumIndex == 4 && fromZero.wordCount == 5)
    #expect(Aggregation.count.histogramLayout == nil)
  }

}
