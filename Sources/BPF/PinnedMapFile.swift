import CBPF
import Glibc

/// A map that is pinned to a file, opened.
public struct PinnedMapFile: ~Copyable {

  /// The open file that stands for the map.
  public let file: FileDescriptor

  /// The kind of the map, its number in `enum bpf_map_type`.
  public let kind: UInt32

  /// The number of bytes of a key.
  public let keySize: Int

  /// The number of bytes of a value, on one CPU.
  public let valueSize: Int

  /// The number of elements that there is room for.
  public let capacity: Int

  /// The flags that it was made with.
  public let flags: UInt32

  /// The number of the type information about it, 0 if there is none.
  private let typesNumber: UInt32

  /// The number of the type of keys in the type information.
  public let keyType: Int

  /// The number of the type of values in the type information.
  public let valueType: Int

  /// Opens the map that is pinned to the file at `path`.
  public init(opening path: String) throws(PinnedMapFault) {
    LibbpfMessages.install()
    let number = bpf_obj_get(path)
    if number < 0 { throw PinnedMapFault(opening: path, SystemError(call: "bpf_obj_get", number: -number)) }
    let file = FileDescriptor(owning: number)
    if let kind = kindOfObject(file.number), kind != "map" { throw .otherObject(kind) }
    var info = bpf_map_info()
    var size = UInt32(MemoryLayout<bpf_map_info>.size)
    let status = bpf_obj_get_info_by_fd(file.number, &info, &size)
    if status < 0 { throw .refused(SystemError(call: "bpf_obj_get_info_by_fd", number: -status)) }
    self.file = file
    kind = info.type
    keySize = Int(info.key_size)
    valueSize = Int(info.value_size)
    capacity = Int(info.max_entries)
    flags = info.map_flags
    typesNumber = info.btf_id
    keyType = Int(info.btf_key_type_id)
    valueType = Int(info.btf_value_type_id)
  }

  /// The type information about keys and values, nil if there is none.
  public var types: [UInt8]? { typesNumber == 0 ? nil : RunningProgram.types(numbered: typesNumber) }

  /// Returns the open file, which the caller must close.
  public consuming func release() -> Int32 { file.release() }

}

/// Why a file cannot be used as a map.
public enum PinnedMapFault: Error, Hashable, Sendable {

  /// There is no such file.
  case missing

  /// The file is not in a BPF file system.
  case plainFile

  /// It is a directory.
  case directory

  /// Something else is pinned to it: a `prog` or a `link`.
  case otherObject(String)

  /// The user may not open it.
  case notPermitted

  /// The kernel refuses it for another reason.
  case refused(SystemError)

  /// Creates what it means that the kernel refuses with `error` to open what is pinned to the file at `path`.
  fileprivate init(opening path: String, _ error: SystemError) {
    var status = stat()
    if stat(path, &status) != 0 {
      self =
        errno == EACCES ? .notPermitted : errno == ENOENT || errno == ENOTDIR ? .missing : .refused(error)
    } else if status.st_mode & S_IFMT == S_IFDIR {
      self = .directory
    } else if FileSystemKind(at: path) != .bpf {
      self = .plainFile
    } else {
      self = error.number == EACCES || error.number == EPERM ? .notPermitted : .refused(error)
    }
  }

}

/// Returns what kind of thing of the BPF subsystem the open file is, nil if that cannot be told: `map`, `prog`, `link`.
private func kindOfObject(_ file: Int32) -> String? {
  var target = [CChar](repeating: 0, count: 64)
  let count = readlink("/proc/self/fd/\(file)", &target, target.count - 1)
  guard count > 0 else { return nil }
  let name = String(decoding: target.prefix(count).map { UInt8(bitPattern: $0) }, as: UTF8.self)
  let prefix = "anon_inode:bpf"
  guard name.hasPrefix(prefix) else { return nil }
  // `bpf-map`, `bpf-prog`, `bpf_link`.
  return String(name.dropFirst(prefix.count + 1))
}
