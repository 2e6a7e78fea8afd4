extension PinnedMapFault {

  /// Returns what is wrong with the file at `path`, in lower case and without a full stop.
  public func message(about path: String) -> String {
    switch self {
    case .missing: "there is no file '\(path)'"
    case .plainFile: "'\(path)' is a plain file, no map is pinned to it"
    case .directory: "'\(path)' is a directory, not a pinned map"
    case .otherObject("prog"): "'\(path)' is a pinned program, not a map"
    case .otherObject(let kind): "'\(path)' is a pinned \(kind), not a map"
    case .notPermitted: "using the map '\(path)' is not permitted"
    case .refused(let error): "the map '\(path)' cannot be opened: \(error.explanation)"
    }
  }

  /// What to do about it, if that can be said.
  public var hint: String? {
    switch self {
    case .missing:
      FileSystemKind(at: "/sys/fs/bpf") == .bpf
        ? "'bpftool map pin' pins a map to a file"
        : "maps are pinned in a BPF file system: 'mount -t bpf bpf /sys/fs/bpf'"
    case .plainFile: "maps are pinned in a BPF file system, such as /sys/fs/bpf"
    case .notPermitted: "whoever pinned it decides who may use it: look at the modes of its path"
    case .directory, .otherObject, .refused: nil
    }
  }

}
