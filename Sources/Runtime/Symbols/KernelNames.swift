import BPF
import Output
import Types

/// Names addresses in the kernel, which is asked for each of them once.
final class KernelNames {

  /// What asks the kernel, made when it is first needed; nil if the kernel refuses it.
  private lazy var namer = try? AddressNamer()

  /// Makes what asks the kernel: later the process may not be allowed to.
  func prepare() { _ = namer }

  /// The places that are known.
  private var places: [UInt64: KernelPlace?] = [:]

  /// The number of places that are remembered.
  private static let limit = 1 << 18

  /// Returns the symbol that `address` is in, nil if it is in none.
  private func place(of address: UInt64) -> KernelPlace? {
    if let known = places[address] { return known }
    let text = try? namer?.text(for: address)
    let place = text.flatMap { KernelPlace(parsing: $0) }
    if places.count >= Self.limit { places = [:] }
    places[address] = .some(place)
    return place
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
      if mode == .folded { return place?.name ?? Array("[unknown]".utf8) }
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
  private func place(of address: UInt64, isReturnAddress: Bool) -> KernelPlace? {
    guard isReturnAddress, address > 0, let caller = place(of: address - 1) else { return place(of: address) }
    return KernelPlace(name: caller.name, offset: caller.offset + 1)
  }

  /// Returns the number of innermost frames, at `places`, that are programs of ours and what the kernel runs them by.
  ///
  /// They are left out where the stack is recorded, but a program can consist of several functions. The kernel may keep the
  /// names of programs to itself (`net.core.bpf_jit_kallsyms`).
  static func ownFrameCount(of places: [KernelPlace?]) -> Int {
    let programs = places.prefix { $0?.isProgram ?? true }
    if programs.isEmpty { return 0 }
    let count = programs.count + places[programs.count...].prefix { $0?.callsPrograms ?? false }.count
    return count < places.count ? count : 0
  }

}

/// Returns `address` in hexadecimal, behind `0x`.
func hexadecimal(_ address: UInt64) -> [UInt8] {
  var text: [UInt8] = []
  text.append(text: "0x")
  text.append(hexadecimal: address)
  return text
}
