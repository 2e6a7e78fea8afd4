import BPF
public import Kernel
import Types

/// Maps that are pinned to files.
extension LiveKernel {

  /// Returns the map that is pinned to the file at `path`.
  public func pinnedMap(at path: String) throws(KernelFault) -> PinnedMapView {
    let file: PinnedMapFile
    do throws(PinnedMapFault) {
      file = try PinnedMapFile(opening: path)
    } catch {
      throw KernelFault(error.message(about: path), hint: error.hint)
    }
    guard let kind = PinnedMap.Kind(rawValue: Int(file.kind)) else {
      throw KernelFault(
        "'\(path)' is a map of kind \(file.kind), which scripts cannot use",
        hint: "they use these: \(PinnedMap.Kind.allCases.map(\.description).joined(separator: ", "))")
    }
    let map = PinnedMap(
      path: path, kind: kind, keySize: file.keySize, valueSize: file.valueSize, capacity: file.capacity,
      flags: file.flags)
    guard let bytes = file.types, let memory = LazyFile(bytes), let types = TypeInformation(memory) else {
      return PinnedMapView(map)
    }
    var table = TypeTable()
    /// Returns the type with the given number if its values have `size` bytes.
    func type(_ number: Int, called tag: String, of size: Int) -> Type? {
      guard number != 0, let type = types.type(number, called: tag), type.fixedSize == size else {
        return nil
      }
      return types.enter(type, into: &table) ? type : nil
    }
    return PinnedMapView(
      map, key: type(file.keyType, called: "key of \(path)", of: file.keySize),
      value: type(file.valueType, called: "value of \(path)", of: file.valueSize), table: table)
  }

}

extension TypeInformation {

  /// Enters into `table` the structures and enumerations that `type` consists of; returns `false` if something is missing.
  fileprivate func enter(_ type: Type, into table: inout TypeTable) -> Bool {
    switch type {
    case .structure(let structure):
      if table.structures[structure.name] != nil { return true }
      guard let layout = layout(of: structure.name) else { return false }
      table.structures[structure.name] = layout
      for member in layout.members where !enter(member.type, into: &table) { return false }
      return true
    case .enumeration(let name, _):
      if !name.isEmpty { table.enumerations[name] = enumeration(named: name) }
      return true
    case .array(let element, _): return enter(element, into: &table)
    default: return true
    }
  }

}
