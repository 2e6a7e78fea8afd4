import CELF
import Glibc

/// A place in the source of a program.
public struct SourcePlace: Hashable, Sendable {

  /// The path of the file, as the compiler was told it.
  public let file: String

  /// The line, counted from 1.
  public let line: Int

}

/// A function whose code is at an address, or was inlined there.
public struct DebugFrame: Hashable, Sendable {

  /// The name as the source has it, nil if it has none.
  public let function: String?

  /// The name as a symbol, which tells more than `function` in other languages than C; nil if it is not told.
  public let symbol: String?

  /// The place in the source: that of the call for all but the innermost function.
  public let place: SourcePlace?

}

/// Lines of the source.
extension DebugInformation {

  /// Returns the addresses of the first instructions of the line `line` of the files whose paths end in `file`, or of the first
  /// line behind it that has any; sorted. Empty if there is none.
  public func addresses(ofLine line: Int, in file: String) -> [UInt64] {
    guard let number = Int32(exactly: line), number > 0 else { return [] }
    var lines: UnsafeMutablePointer<OpaquePointer?>? = nil
    var count = 0
    guard dwarf_getsrc_file(dwarf, file, number, 0, &lines, &count) == 0, let lines else { return [] }
    defer { free(lines) }
    var found: [(line: Int32, address: UInt64)] = []
    for index in 0..<count {
      var (begins, foundNumber, address): (Bool, Int32, Dwarf_Addr) = (false, 0, 0)
      guard dwarf_linebeginstatement(lines[index], &begins) == 0, begins,
        dwarf_lineno(lines[index], &foundNumber) == 0, dwarf_lineaddr(lines[index], &address) == 0,
        address > 0
      else { continue }
      found.append((foundNumber, address))
    }
    guard let nearest = found.map(\.line).min() else { return [] }
    return firstOfEachFunction(found.filter { $0.line == nearest }.map(\.address).sorted())
  }

  /// Returns the functions with the code at `address`: the innermost of those that were inlined there first, the one whose
  /// code it is part of last; empty if nothing is known.
  public func frames(at address: UInt64) -> [DebugFrame] {
    guard let unit = unit(at: address) else { return [] }
    var place = self.place(at: address, in: unit)
    var result: [DebugFrame] = []
    for scope in scopes(at: address, in: unit).reversed() {
      let symbol = scope.text(DW_AT_linkage_name) ?? scope.text(DW_AT_MIPS_linkage_name)
      result.append(DebugFrame(function: scope.text(DW_AT_name), symbol: symbol, place: place))
      place = callPlace(of: scope, in: unit)
    }
    return result.isEmpty && place != nil ? [DebugFrame(function: nil, symbol: nil, place: place)] : result
  }

  /// Returns the place in the source of the code at `address`, nil if it is not told.
  private func place(at address: UInt64, in unit: DebugEntry) -> SourcePlace? {
    guard let line = unit.withDie({ dwarf_getsrc_die($0, address) }) else { return nil }
    var number: Int32 = 0
    guard dwarf_lineno(line, &number) == 0, number > 0, let file = dwarf_linesrc(line, nil, nil) else {
      return nil
    }
    return SourcePlace(file: String(cString: file), line: Int(number))
  }

  /// Returns the place in the source at which `scope`, a function that was inlined, is called; nil if it is not told.
  private func callPlace(of scope: DebugEntry, in unit: DebugEntry) -> SourcePlace? {
    guard let line = scope.number(DW_AT_call_line), let number = scope.number(DW_AT_call_file) else {
      return nil
    }
    var files: OpaquePointer? = nil
    var count = 0
    guard unit.withDie({ dwarf_getsrcfiles($0, &files, &count) }) == 0, number < count,
      let file = dwarf_filesrc(files, Int(number), nil, nil)
    else { return nil }
    return SourcePlace(file: String(cString: file), line: Int(clamping: line))
  }

  /// Returns the first of `addresses`, which are sorted, in each function.
  private func firstOfEachFunction(_ addresses: [UInt64]) -> [UInt64] {
    var seen: Set<UInt> = []
    return addresses.filter { address in
      guard let unit = unit(at: address), let scope = scopes(at: address, in: unit).last else { return true }
      return seen.insert(scope.identity).inserted
    }
  }

}

extension DebugEntry {

  /// Returns the text that the entry, or the one that it completes, has for `attribute`, nil if it has none.
  func text(_ attribute: Int) -> String? {
    guard var value = self.attribute(attribute), let text = dwarf_formstring(&value) else { return nil }
    return String(cString: text)
  }

}
