import CBPF
import Glibc

/// An array with a control group in it, which programs can ask whether the current task is in that or below it.
public enum ControlGroupArray {

  /// Makes an array called `name` of the control group whose directory is at `path`.
  public static func make(named name: String, of path: String) throws(SystemError) -> FileDescriptor {
    LibbpfMessages.install()
    let directory = try checkErrno("open", open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC))
    let group = FileDescriptor(owning: directory)
    let array = FileDescriptor(
      owning: try check(
        "bpf_map_create", bpf_map_create(BPF_MAP_TYPE_CGROUP_ARRAY, name, 4, 4, 1, nil)))
    var key: UInt32 = 0
    var value = group.number
    try check("bpf_map_update_elem", bpf_map_update_elem(array.number, &key, &value, UInt64(BPF_ANY)))
    return array
  }

}
