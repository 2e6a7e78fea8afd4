import CBPF
import Glibc

/// The processors of the machine.
public enum CPUs {

  /// The number of CPUs that the kernel may ever use: a value of a per-CPU map has as many parts.
  public static let possibleCount: Int = max(1, Int(libbpf_num_possible_cpus()))

  /// The numbers of the CPUs that are running now, ascending.
  public static func online() -> [Int32] {
    let text = readSmallFile("/sys/devices/system/cpu/online") ?? []
    let numbers = parseCPUList(text)
    return numbers.isEmpty ? [0] : numbers
  }

}

/// Returns the numbers that `text`, in the form `0-3,5`, denotes; what is malformed is left out.
func parseCPUList(_ text: some Sequence<UInt8>) -> [Int32] {
  let text = String(decoding: Array(text), as: UTF8.self)
  var numbers: [Int32] = []
  for part in text.split(whereSeparator: { $0 == "," || $0.isWhitespace }) {
    let bounds = part.split(separator: "-").map { Int32($0) }
    if let first = bounds.first ?? nil, let last = bounds.last ?? nil, first <= last {
      numbers += Array(first...last)
    }
  }
  return numbers
}

/// Returns the first 4 KiB of the file at `path`, nil if it cannot be read.
func readSmallFile(_ path: String) -> [UInt8]? {
  let file = open(path, O_RDONLY | O_CLOEXEC)
  if file < 0 { return nil }
  defer { close(file) }
  var buffer = [UInt8](repeating: 0, count: 4096)
  let count = read(file, &buffer, buffer.count)
  return count < 0 ? nil : Array(buffer.prefix(count))
}
