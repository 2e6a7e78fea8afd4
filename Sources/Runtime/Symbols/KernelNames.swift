import KernelSymbols
import Output
import Types

/// Names addresses in the kernel.
///
/// The kernel's list of symbols is read when the first one is named, and again when modules have come or gone since and an
/// address is in none.
final class KernelNames {

  /// The symbols, once read.
  private var table: SymbolTable?

  /// The list of modules when the symbols were read.
  private var modules: [UInt8] = []

  /// Returns the symbol that `address` is in, nil if it is in none.
  private func place(of address: UInt64) -> SymbolTable.Place? {
    if let place = table?.place(of: address) { return place }
    let current = Self.listOfModules()
    if table != nil && current == modules { return nil }
    modules = current
    guard let list = SymbolList() else {
      table = SymbolTable(SymbolList(parsing: []))
      return nil
    }
    let table = SymbolTable(list)
    self.table = table
    return table.place(of: address)
  }

  /// Returns the kernel's list of modules.
  private static func listOfModules() -> [UInt8] {
    switch FileContents.read("/proc/modules", atMost: 1 << 22) {
    case .success(let text): text
    case .failure: []
    }
  }

  /// Returns the name of the symbol that `address` is in, or the address itself where it is in none.
  func name(of address: UInt64) -> [UInt8] { place(of: address)?.name ?? hexadecimal(address) }

  /// Returns the frames of a stack with the given addresses as they are printed in `mode`.
  func frames(at addresses: [UInt64], as mode: StackMode) -> [[UInt8]] {
    if mode == .raw { return addresses.map { Array(hexadecimal($0).dropFirst(2)) } }
    var places = addresses.enumerated().map { place(of: $1, isReturnAddress: $0 > 0) }
    var addresses = addresses
    let ownCount = Self.ownFrameCount(of: places)
    places.removeFirst(ownCount)
    addresses.removeFirst(ownCount)
    return zip(addresses, places).map { address, place in
      var frame: [UInt8] = []
      if mode == .perf {
        frame.append(hexadecimal: address)
        frame.append(text: " ")
      }
      guard let place else { return frame + hexadecimal(address) }
      frame += place.name
      frame.append(text: "+")
      frame.append(decimal: place.offset)
      return frame
    }
  }

  /// Returns the symbol that `address` is in; one to which a call returns may be behind the end of the function that called,
  /// if what was called never returns.
  private func place(of address: UInt64, isReturnAddress: Bool) -> SymbolTable.Place? {
    guard isReturnAddress, address > 0, let caller = place(of: address - 1) else { return place(of: address) }
    return SymbolTable.Place(name: caller.name, offset: caller.offset + 1, module: caller.module)
  }

  /// Returns the number of innermost frames, at `places`, that are programs of ours and what the kernel runs them by.
  private static func ownFrameCount(of places: [SymbolTable.Place?]) -> Int {
    let programs = places.prefix { $0.map { $0.module == Array("bpf".utf8) } ?? true }
    if programs.isEmpty || programs.count == places.count { return 0 }
    let runners = places[programs.count...].prefix { place in
      Self.runners.contains { place?.name.starts(with: $0.utf8) ?? false }
    }
    return programs.count + (programs.count + runners.count < places.count ? runners.count : 0)
  }

  /// What the names of functions begin with by which the kernel runs programs at raw tracepoints.
  private static let runners = ["bpf_trace_run", "__bpf_trace_", "__traceiter_"]

}

/// Returns `address` in hexadecimal, behind `0x`.
func hexadecimal(_ address: UInt64) -> [UInt8] {
  var text: [UInt8] = []
  text.append(text: "0x")
  text.append(hexadecimal: address)
  return text
}
