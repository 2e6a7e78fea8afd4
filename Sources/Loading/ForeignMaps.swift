import BPF
import Types

/// The maps of a script that are there before it is loaded, opened.
final class ForeignMaps {

  /// The numbers of the open files, by the maps' names in the object.
  private(set) var files: [String: Int32] = [:]

  /// Opens the maps that `manifest` names.
  init(of manifest: Manifest) throws(LoadError) {
    for map in manifest.maps {
      if let pinned = map.pinned { files[map.objectName] = try Self.open(pinned) }
    }
    for filter in manifest.filters.all {
      if let map = manifest.filters.pinnedMap(of: filter) {
        files[filter.objectName] = try Self.open(map)
      } else if let path = manifest.filters.controlGroup {
        do throws(SystemError) {
          files[filter.objectName] = try ControlGroupArray.make(named: filter.objectName, of: path).release()
        } catch {
          throw .foreignMapRefused(
            "tasks cannot be looked for in the control group '\(path)': \(error.explanation)", hint: nil)
        }
      }
    }
  }

  /// Closes the files: what uses the maps has opened them anew.
  deinit { for file in files.values { _ = FileDescriptor(owning: file) } }

  /// Returns the number of the open file of `map`, which must still be what it was when the script was compiled.
  private static func open(_ map: PinnedMap) throws(LoadError) -> Int32 {
    let file: PinnedMapFile
    do throws(PinnedMapFault) {
      file = try PinnedMapFile(opening: map.path)
    } catch {
      throw .foreignMapRefused(error.message(about: map.path), hint: error.hint)
    }
    guard file.kind == UInt32(map.kind.rawValue), file.keySize == map.keySize,
      file.valueSize == map.valueSize
    else {
      throw .foreignMapRefused(
        "another map is pinned to '\(map.path)' since the script was compiled", hint: "run it again")
    }
    return file.release()
  }

}
