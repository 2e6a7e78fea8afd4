import BPF
import Glibc
import Output
import Types

/// Makes values of the kernel's bytes.
final class ValueDecoder {

  /// The names of the probes, by index.
  let probeNames: [[UInt8]]

  /// The functions of the probes, by index.
  let functionNames: [[UInt8]]

  /// The members of structures and the constants of enumerations.
  let types: TypeTable

  /// What is printed behind text that was cut.
  let trailer: [UInt8]

  /// The number of bytes, the zero byte included, from which on text counts as cut.
  let maximumStringLength: Int

  /// Names addresses in processes.
  let userSymbols: any UserSymbolizer

  /// Names addresses in the kernel.
  let kernelNames = KernelNames()

  /// The stacks that programs have recorded.
  let stacks: StackTable

  /// Tells the time of day.
  private let wallClock = WallClock()

  /// Knows the names of users.
  private let users = UserNames()

  /// Knows the paths of control groups.
  private let controlGroups = ControlGroups()

  /// Creates an instance that follows `manifest`; addresses in processes are named by `symbolizer`, and stacks are in the map
  /// `stacks`.
  init(
    following manifest: Manifest, namingAddressesWith symbolizer: any UserSymbolizer = NamelessSymbolizer(),
    stacks: MapHandle? = nil
  ) {
    self.userSymbols = symbolizer
    self.stacks = StackTable(stacks)
    self.probeNames = manifest.probes.map { Array($0.name.utf8) }
    self.functionNames = manifest.probes.map { Array($0.function.utf8) }
    self.types = manifest.types
    self.trailer = Array(manifest.truncationTrailer.utf8)
    self.maximumStringLength = manifest.maximumStringLength
  }

  /// Returns the value of `type` at `offset`, nil if it is not all there.
  func value(of type: Type, at offset: Int, in bytes: RawBytes) -> Value? {
    switch type {
    case .none: nil
    case .structure(let structure): self.structure(structure.name, at: offset, in: bytes)
    case .enumeration(let name, let integer): enumeration(name, integer, at: offset, in: bytes)
    case .bool: bytes.load(offset, as: UInt8.self).map { .bool($0 != 0) }
    case .integer(let integer):
      bytes.bits(offset, width: integer.width, isSigned: integer.isSigned).map {
        integer.isSigned ? .signed(Int64(bitPattern: $0)) : .unsigned($0)
      }
    case .string(let capacity): text(at: offset, capacity: capacity, in: bytes).map { .text($0) }
    case .buffer(let capacity): buffer(at: offset, capacity: capacity, in: bytes)
    case .kernelSymbol: kernelSymbol(at: offset, in: bytes)
    case .pointer: bytes.load(offset, as: UInt64.self).map { .pointer($0) }
    case .timestamp(let format, let clock):
      bytes.load(offset, as: UInt64.self).map {
        .text(wallClock.text(of: $0, on: clock ?? .boot, as: format))
      }
    case .cgroupPath: bytes.load(offset, as: UInt64.self).map { .text(controlGroups.path(ofGroup: $0)) }
    case .userSymbol: userSymbol(at: offset, in: bytes)
    case .probeName: bytes.load(offset, as: UInt32.self).map { .text(name($0, in: probeNames)) }
    case .functionName: bytes.load(offset, as: UInt32.self).map { .text(name($0, in: functionNames)) }
    case .username: bytes.load(offset, as: UInt32.self).map { .text(users.name(ofUser: $0)) }
    case .processName: bytes.load(offset, as: UInt32.self).map { .text(ProcessNames.name(ofProcess: $0)) }
    case .loadAverage: .text(LoadAverage.text())
    case .kernelStack(let mode): stack(at: offset, in: bytes, as: mode, isOfProcess: false)
    case .userStack(let mode): stack(at: offset, in: bytes, as: mode, isOfProcess: true)
    case .inet: address(at: offset, in: bytes)
    case .macAddress: bytes.slice(offset, count: 6).map { .text(macAddress($0)) }
    case .array(let element, let count): array(of: element, count: count, at: offset, in: bytes)
    case .tuple(let types):
      values(of: Array(zip(types, StructLayout(of: types).offsets)), at: offset, in: bytes).map { .tuple($0) }
    case .record(let fields):
      values(
        of: Array(zip(fields.map(\.type), StructLayout(of: fields.map(\.type)).offsets)), at: offset,
        in: bytes
      ).map { .record(zip(fields, $0).map { Value.Field($0.name, $1) }) }
    }
  }

  /// Returns values of the given types at the given offsets behind `base`, nil if one is not all there.
  private func values(of parts: [(Type, Int)], at base: Int, in bytes: RawBytes) -> [Value]? {
    var result: [Value] = []
    result.reserveCapacity(parts.count)
    for (type, offset) in parts {
      guard let value = value(of: type, at: base + offset, in: bytes) else { return nil }
      result.append(value)
    }
    return result
  }

  /// Returns the name with the given index in `names`.
  func name(_ index: UInt32, in names: [[UInt8]]) -> [UInt8] {
    // An index out of bounds would be a fault of ours, no reason to end tracing.
    index < names.count ? names[Int(index)] : Array("?".utf8)
  }

  /// Returns the text at `offset` up to its zero byte and whether it was cut, nil if it is not all there.
  @inline(__always)
  func textBytes(
    at offset: Int, capacity: Int, in bytes: RawBytes
  ) -> (text: UnsafeRawBufferPointer, isCut: Bool)? {
    guard let memory = bytes.slice(offset, count: capacity) else { return nil }
    guard let start = memory.baseAddress else { return (memory, false) }
    let count = strnlen(start.assumingMemoryBound(to: CChar.self), capacity)
    // Text that just fits is taken for cut, as bpftrace does: the helpers that read strings do not tell.
    let isCut = count + 1 >= maximumStringLength
    return (UnsafeRawBufferPointer(rebasing: memory[..<count]), isCut)
  }

  /// Returns the text at `offset`, its trailer included if it was cut, nil if it is not all there.
  private func text(at offset: Int, capacity: Int, in bytes: RawBytes) -> [UInt8]? {
    textBytes(at: offset, capacity: capacity, in: bytes).map { $1 ? Array($0) + trailer : Array($0) }
  }

  /// Returns the buffer at `offset`, nil if it is not all there.
  private func buffer(at offset: Int, capacity: Int, in bytes: RawBytes) -> Value? {
    guard let count = bytes.load(offset, as: UInt32.self),
      let data = bytes.slice(offset + 4, count: capacity)
    else { return nil }
    return .bytes(Array(data.prefix(Int(count))))
  }

  /// Returns the text of the Ethernet address that `bytes` are.
  private func macAddress(_ bytes: UnsafeRawBufferPointer) -> [UInt8] {
    var result: [UInt8] = []
    for (i, byte) in bytes.enumerated() {
      if i > 0 { result.append(UInt8(ascii: ":")) }
      if byte < 16 { result.append(UInt8(ascii: "0")) }
      result.append(hexadecimal: UInt64(byte), isUpperCase: true)
    }
    return result
  }

  /// Returns the text of the address at `offset`, whose family comes first, nil if it is not all there.
  private func address(at offset: Int, in bytes: RawBytes) -> Value? {
    guard let family = bytes.load(offset, as: UInt32.self), let address = bytes.slice(offset + 4, count: 16)
    else { return nil }
    var text = [CChar](repeating: 0, count: Int(INET6_ADDRSTRLEN))
    guard inet_ntop(Int32(bitPattern: family), address.baseAddress, &text, socklen_t(text.count)) != nil
    else {
      return .text([])
    }
    return .text(text.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) })
  }

}
