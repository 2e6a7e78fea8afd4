import BPF
import Types

extension Session {

  /// Pins the maps of the script where the options say, if they do: all of them, or none if one cannot be.
  public mutating func pinMaps() throws(LoadError) {
    guard let folder = options.pinFolder else { return }
    let maps = manifest.pinnedMaps.compactMap { pinned in
      object.map(named: pinned.objectName).map { (name: pinned.file, map: $0) }
    }
    do {
      try PinFolder(folder).pin(maps)
    } catch {
      throw .pinRefused(error)
    }
    pinnedMaps = maps.map(\.name)
  }

}

/// Throws iff the maps of `manifest` cannot be pinned in `folder`.
func checkPinning(of manifest: Manifest, in folder: String) throws(LoadError) {
  let names = manifest.pinnedMaps.map(\.file)
  if names.isEmpty { throw .nothingToPin }
  do { try PinFolder(folder).check(for: names) } catch { throw .pinRefused(error) }
}

extension PinFault {

  /// What is wrong, in lower case and without a full stop.
  var message: String {
    switch self {
    case .inNoFileSystem(let folder): "cannot pin maps in '\(folder)': it is in no BPF file system"
    case .isThere(let path): "cannot pin a map as '\(path)': that is there already"
    case .refused(let path, let error): "cannot pin maps: '\(path)' is refused: \(error.explanation)"
    }
  }

  /// What to do about it, if that can be said.
  var hint: String? {
    switch self {
    case .inNoFileSystem:
      "take a folder below '/sys/fs/bpf'; if that is empty, 'mount -t bpf bpf /sys/fs/bpf' makes it one"
    case .isThere(let path): "remove it with 'rm \(path)' if nobody needs it, or take another folder"
    case .refused: nil
    }
  }

}
