import Output
import Types

/// Stacks and symbols.
extension ValueDecoder {

  /// Returns the stack at `offset`, one of a process iff `isOfProcess`, nil if its value is not all there.
  func stack(at offset: Int, in bytes: RawBytes, as mode: StackMode, isOfProcess: Bool) -> Value? {
    guard let first = bytes.load(offset, as: UInt64.self),
      let second = bytes.load(offset + 8, as: UInt64.self)
    else { return nil }
    guard let stack = stacks.stack(first, second, frameSize: mode.frameSize) else {
      return .stack([Array("(not kept)".utf8)], mode)
    }
    switch mode {
    case .buildID: return .stack(stack.buildIdentifiers, mode)
    case .bpftrace, .perf, .raw:
      let frames =
        isOfProcess && mode != .raw
        ? userFrames(of: stack, as: mode) : kernelNames.frames(at: stack.addresses, as: mode)
      return .stack(frames, mode)
    case .folded:
      let frames =
        isOfProcess ? userFrames(of: stack, as: mode) : kernelNames.frames(at: stack.addresses, as: mode)
      return .stack(frames.reversed(), mode)
    }
  }

  /// Returns the frames of the stack of a process as they are printed in `mode`.
  private func userFrames(of stack: RecordedStack, as mode: StackMode) -> [[UInt8]] {
    stack.addresses.enumerated().flatMap { index, number in
      let address = UserAddress(
        number, in: stack.process, at: stack.time, isReturnAddress: index > 0)
      let frames = userSymbols.frames(at: address)
      return (frames.isEmpty ? [UserFrame()] : frames).map { $0.text(at: number, as: mode) }
    }
  }

  /// Returns the symbol of the kernel whose address is at `offset`, nil if it is not all there.
  func kernelSymbol(at offset: Int, in bytes: RawBytes) -> Value? {
    bytes.load(offset, as: UInt64.self).map { .symbol(kernelNames.name(of: $0), $0) }
  }

  /// Returns the symbol of a process whose address and process are at `offset`, nil if they are not all there.
  func userSymbol(at offset: Int, in bytes: RawBytes) -> Value? {
    guard let number = bytes.load(offset, as: UInt64.self),
      let process = bytes.load(offset + 8, as: Int32.self)
    else { return nil }
    let frames = userSymbols.frames(at: UserAddress(number, in: process))
    return .symbol(frames.first?.function ?? hexadecimal(number), number)
  }

}

extension UserFrame {

  /// Returns the frame, whose address is `address`, as it is printed in `mode`.
  fileprivate func text(at address: UInt64, as mode: StackMode) -> [UInt8] {
    if mode == .folded { return function ?? Array("[unknown]".utf8) }
    var result: [UInt8] = []
    if mode == .perf {
      result.append(hexadecimal: address)
      result.append(text: " ")
    }
    if isInlined, let function {
      if mode == .perf { return result + function + Array(" (inlined)".utf8) }
      result.append(text: "[inlined] ")
      result += function
    } else if let function {
      result += function
      result.append(text: "+")
      result.append(decimal: offset)
    } else {
      result += hexadecimal(address)
    }
    if let source, mode != .perf {
      result.append(text: "@")
      result += source
    }
    if mode == .perf {
      result.append(text: " (")
      result += file ?? Array("[unknown]".utf8)
      result.append(text: ")")
    }
    return result
  }

}

extension RecordedStack {

  /// The frames as build identifiers and offsets, or as addresses where there are none.
  ///
  /// A frame is a `struct bpf_stack_build_id` of `include/uapi/linux/bpf.h`: 32 bits that say what is there, 20 bytes of
  /// identifier, and the offset or the address.
  fileprivate var buildIdentifiers: [[UInt8]] {
    /// `BPF_STACK_BUILD_ID_VALID`.
    let hasIdentifier: UInt8 = 1
    return stride(from: 0, to: frames.count - 31, by: 32).map { start in
      var text: [UInt8] = []
      let number = word(at: start + 24)
      guard frames[start] == hasIdentifier else {
        text.append(hexadecimal: number)
        return text
      }
      for byte in frames[start + 4..<start + 24] {
        if byte < 16 { text.append(UInt8(ascii: "0")) }
        text.append(hexadecimal: UInt64(byte))
      }
      text.append(text: " ")
      return text + hexadecimal(number)
    }
  }

}
