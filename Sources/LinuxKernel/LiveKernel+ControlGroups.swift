import BPF
import Glibc
public import Kernel

/// Control groups.
extension LiveKernel {

  /// Returns the number of the control group of the second version whose directory is at `path`.
  public func filteredControlGroup(at path: String) throws(KernelFault) -> UInt64 {
    var status = stat()
    guard stat(path, &status) == 0, let system = FileSystemKind(at: path) else {
      throw KernelFault("there is no control group '\(path)'", hint: controlGroupHint)
    }
    switch system {
    case .controlGroups where status.st_mode & S_IFMT == S_IFDIR: return UInt64(status.st_ino)
    case .controlGroups: throw KernelFault("'\(path)' is a file, not the directory of a control group")
    case .oldControlGroups:
      throw KernelFault(
        "'\(path)' is a control group of the first version, which programs cannot ask for",
        hint: controlGroupHint)
    default: throw KernelFault("'\(path)' is no control group", hint: controlGroupHint)
    }
  }

  /// Where control groups of the second version are, or what to do to have them.
  private var controlGroupHint: String {
    let mounts = (try? readFile("/proc/self/mounts")) ?? []
    for line in String(decoding: mounts, as: UTF8.self).split(separator: "\n") {
      let fields = line.split(separator: " ")
      if fields.count > 2, fields[2] == "cgroup2" {
        return "control groups of the second version are below \(fields[1])"
      }
    }
    return "control groups of the second version are not mounted: 'mount -t cgroup2 none DIRECTORY'"
  }

}
