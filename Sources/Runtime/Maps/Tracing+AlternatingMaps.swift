import BPF
import Loading
import Types

extension Tracing {

  /// Returns the maps of `session` that two of the kernel's hold in turn, by index.
  static func alternatingMaps(
    of session: borrowing Session, sharing manifest: Manifest, _ globals: UnsafeMutableRawBufferPointer
  ) throws(RunError) -> [Int: AlternatingMap] {
    var result: [Int: AlternatingMap] = [:]
    var periods: GracePeriods?
    for (index, map) in manifest.maps.enumerated() {
      guard let twin = map.twin, let first = session.map(index), let second = session.twin(ofMap: index),
        let base = globals.baseAddress, twin.selectorOffset + 8 <= globals.count
      else { continue }
      if periods == nil {
        do { periods = try GracePeriods() } catch { throw .system(error) }
      }
      guard let periods else { continue }
      result[index] = AlternatingMap(
        map, twin, handles: [first, second], selector: base + twin.selectorOffset,
        isRead: manifest.mapsReadByPrograms.contains(map.name), waitingBy: periods)
    }
    return result
  }

}
