import CELF
import Glibc
import Types

/// What compilers tell debuggers about the code in a file (DWARF): the parameters of functions, types, lines of the source.
///
/// What it says is not believed: what makes no sense counts as not there.
public final class DebugInformation {

  /// The file, which must stay open.
  private let file: BinaryFile

  /// libelf's view of the file.
  private let elf: OpaquePointer

  /// libdw's view of the file.
  let dwarf: OpaquePointer

  /// The units, one for each compilation, once looked for.
  private(set) lazy var units: [DebugEntry] = findUnits()

  /// The addresses of the code of each unit, sorted, once looked for.
  private lazy var unitRanges: [UnitRange] = findUnitRanges()

  /// The structures that were come across.
  var structures: [StructureName: DebugEntry] = [:]

  /// The enumerations that were come across.
  var enumerations: [String: DebugEntry] = [:]

  /// The entries that define types outside of functions, by their names, once looked for.
  private(set) lazy var definitions: Definitions = findDefinitions()

  /// How deep entries may be nested, or refer to one another.
  static let depthLimit = 64

  /// Reads the debug information in `file`, nil if there is none.
  public init?(of file: BinaryFile) {
    elf_version(UInt32(EV_CURRENT))
    // The file is read and not mapped, see `FileBytes`.
    guard let elf = elf_begin(file.file.descriptor, ELF_C_READ, nil) else { return nil }
    guard let dwarf = dwarf_begin_elf(elf, DWARF_C_READ, nil) else {
      elf_end(elf)
      return nil
    }
    self.file = file
    self.elf = elf
    self.dwarf = dwarf
    if units.isEmpty { return nil }
  }

  /// Ends what libdw and libelf have begun.
  deinit {
    dwarf_end(dwarf)
    elf_end(elf)
  }

  /// Types by their names.
  struct Definitions {

    /// Structures and unions.
    var structures: [StructureName: DebugEntry] = [:]

    /// Enumerations.
    var enumerations: [String: DebugEntry] = [:]

    /// The enumerations with the constants of the names.
    var constants: [String: DebugEntry] = [:]

    /// Names that `typedef` gives to types.
    var names: [String: DebugEntry] = [:]

  }

  /// Addresses that have code of a unit.
  private struct UnitRange {

    /// The addresses.
    let addresses: Range<UInt64>

    /// The index of the unit.
    let unit: Int

  }

  /// Returns the unit with the code at `address`, nil if there is none.
  func unit(at address: UInt64) -> DebugEntry? {
    var (low, high) = (0, unitRanges.count)
    while low < high {
      let middle = (low + high) / 2
      if unitRanges[middle].addresses.lowerBound <= address { low = middle + 1 } else { high = middle }
    }
    guard low > 0, unitRanges[low - 1].addresses.contains(address) else { return nil }
    return units[unitRanges[low - 1].unit]
  }

  /// Returns the units.
  private func findUnits() -> [DebugEntry] {
    var result: [DebugEntry] = []
    var unit: OpaquePointer? = nil
    while true {
      var next: OpaquePointer? = nil
      var die = Dwarf_Die()
      var kind: UInt8 = 0
      guard dwarf_get_units(dwarf, unit, &next, nil, &kind, &die, nil) == 0 else { return result }
      if !die.isEmpty { result.append(DebugEntry(die: die)) }
      unit = next
    }
  }

  /// Returns the addresses of the code of each unit, sorted.
  private func findUnitRanges() -> [UnitRange] {
    var result: [UnitRange] = []
    for (index, unit) in units.enumerated() {
      unit.withDie { die in
        var (base, start, end): (Dwarf_Addr, Dwarf_Addr, Dwarf_Addr) = (0, 0, 0)
        var position = 0
        while true {
          position = dwarf_ranges(die, position, &base, &start, &end)
          if position <= 0 { return }
          // Code that the linker has left out begins at 0.
          if start < end, start > 0 { result.append(UnitRange(addresses: start..<end, unit: index)) }
        }
      }
    }
    return result.sorted { $0.addresses.lowerBound < $1.addresses.lowerBound }
  }

  /// Returns the types that are defined outside of functions.
  private func findDefinitions() -> Definitions {
    var result = Definitions()
    for unit in units { add(definitionsIn: unit, to: &result, depth: 0) }
    return result
  }

  /// Adds the types that are defined within `entry` to `result`; of several with a name the first one counts.
  private func add(definitionsIn entry: DebugEntry, to result: inout Definitions, depth: Int) {
    if depth > Self.depthLimit { return }
    for child in entry.children {
      switch child.tag {
      case DW_TAG_structure_type, DW_TAG_class_type, DW_TAG_union_type:
        if let name = structureName(of: child), !child.isDeclaration, result.structures[name] == nil {
          result.structures[name] = child
        }
        add(definitionsIn: child, to: &result, depth: depth + 1)
      case DW_TAG_enumeration_type:
        if let name = child.name, !child.isDeclaration, result.enumerations[name] == nil {
          result.enumerations[name] = child
        }
        for constant in child.children where constant.tag == DW_TAG_enumerator {
          if let name = constant.name, result.constants[name] == nil { result.constants[name] = child }
        }
      case DW_TAG_typedef:
        if let name = child.name, result.names[name] == nil { result.names[name] = child }
      case DW_TAG_namespace, DW_TAG_module: add(definitionsIn: child, to: &result, depth: depth + 1)
      default: break
      }
    }
  }

}

extension Dwarf_Die {

  /// `true` iff it is none.
  fileprivate var isEmpty: Bool { addr == nil }

}
