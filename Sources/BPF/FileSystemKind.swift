import CBPF

/// The kind of a file system, its number in `include/uapi/linux/magic.h`.
public struct FileSystemKind: Hashable, Sendable {

  /// The number.
  private let number: Int

  /// Creates the kind with the given number.
  private init(_ number: Int) { self.number = number }

  /// Creates the kind of the file system that `path` is in, nil if there is nothing.
  public init?(at path: String) {
    let number = cbpf_file_system(path)
    if number < 0 { return nil }
    self.init(number)
  }

  /// That of pinned maps and programs, `BPF_FS_MAGIC`.
  public static let bpf = FileSystemKind(0xcafe_4a11)

  /// Control groups of the first version, `CGROUP_SUPER_MAGIC`.
  public static let oldControlGroups = FileSystemKind(0x27_e0eb)

  /// Control groups of the second version, `CGROUP2_SUPER_MAGIC`.
  public static let controlGroups = FileSystemKind(0x6367_7270)

}
