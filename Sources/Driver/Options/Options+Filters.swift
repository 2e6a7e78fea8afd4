import Builtins
import Kernel
import LinuxKernel
import Types

extension Options {

  /// Returns what tracing is narrowed to on `kernel` besides a process, or ends the run with what is wrong with that.
  func filters(on kernel: LiveKernel) throws(Stop) -> TaskFilters {
    var filters = TaskFilters()
    if let controlGroup {
      do throws(KernelFault) {
        filters.controlGroupNumber = try kernel.filteredControlGroup(at: controlGroup)
        filters.controlGroup = controlGroup
      } catch {
        throw Stop("'--cgroup': \(error.message)", hint: error.hint)
      }
    }
    filters.controlGroupMap = try filterMap(controlGroupMap, "--cgroupmap", "control groups", on: kernel)
    filters.mountNamespaceMap = try filterMap(
      mountNamespaceMap, "--mntnsmap", "mount namespaces", on: kernel)
    if mountNamespaceMap != nil, !FilteredTask.hasMountNamespaces(on: kernel) {
      throw Stop(
        "'--mntnsmap': the kernel does not tell where the mount namespaces of tasks are",
        hint: "it must be built with CONFIG_DEBUG_INFO_BTF")
    }
    return filters
  }

  /// Returns the map for `option` that is pinned to the file at `path`, whose keys must be able to be numbers of `things`; nil if
  /// there is no path.
  private func filterMap(
    _ path: String?, _ option: String, _ things: String, on kernel: LiveKernel
  ) throws(Stop) -> PinnedMap? {
    guard let path else { return nil }
    let map: PinnedMap
    do throws(KernelFault) {
      map = try kernel.pinnedMap(at: path).map
    } catch {
      guard endsBeforeLoading else { throw Stop("'\(option)': \(error.message)", hint: error.hint) }
      // What would be attached where does not depend on the map.
      if showsWarnings { Console.report("'\(option)': \(error.message)", hint: error.hint) }
      return PinnedMap(path: path, kind: .hash, keySize: 8, valueSize: 1, capacity: 1)
    }
    guard !map.isArray, map.keySize == 8 else {
      throw Stop(
        "'\(option)' takes a hash table with keys of 8 bytes, the numbers of \(things); '\(path)' is one "
          + "of kind \(map.kind) with keys of \(map.keySize) byte\(map.keySize == 1 ? "" : "s")",
        hint: "make one with 'bpftool map create FILE type hash key 8 value 4 entries 128 name NAME'")
    }
    return map
  }

}
