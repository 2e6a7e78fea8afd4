/// A file of functions for the BPF machine, which were compiled to LLVM's bitcode when apus was built.
public enum RuntimeFile: String, Hashable, Sendable, CaseIterable {

  /// `aggregations.bpf.c`: reading of what was gathered.
  case aggregations

  /// `histograms.bpf.c`: the buckets of histograms.
  case histograms

  /// `timeseries.bpf.c`: numbers by intervals of time.
  case timeSeries

  /// `stacks.bpf.c`: stacks.
  case stacks

  /// `strings.bpf.c`: text.
  case strings

  /// The bitcode.
  public var bitcode: [UInt8] { decodeBase64(embedded) }

  /// The bitcode in base64, with padding.
  private var embedded: StaticString {
    switch self {
    case .aggregations: EmbeddedFiles.aggregations
    case .histograms: EmbeddedFiles.histograms
    case .timeSeries: EmbeddedFiles.timeseries
    case .stacks: EmbeddedFiles.stacks
    case .strings: EmbeddedFiles.strings
    }
  }

}

/// Returns the bytes that `text` stands for: base64 with padding and nothing else.
private func decodeBase64(_ text: StaticString) -> [UInt8] {
  text.withUTF8Buffer { characters in
    var bytes: [UInt8] = []
    bytes.reserveCapacity(characters.count / 4 * 3)
    var (bits, count): (UInt32, Int) = (0, 0)
    for character in characters {
      let value: UInt8
      switch character {
      case UInt8(ascii: "A")...UInt8(ascii: "Z"): value = character - UInt8(ascii: "A")
      case UInt8(ascii: "a")...UInt8(ascii: "z"): value = character - UInt8(ascii: "a") + 26
      case UInt8(ascii: "0")...UInt8(ascii: "9"): value = character - UInt8(ascii: "0") + 52
      case UInt8(ascii: "+"): value = 62
      case UInt8(ascii: "/"): value = 63
      default: continue  // padding
      }
      bits = bits << 6 | UInt32(value)
      count += 6
      if count >= 8 {
        count -= 8
        bytes.append(UInt8(truncatingIfNeeded: bits >> UInt32(count)))
      }
    }
    return bytes
  }
}
