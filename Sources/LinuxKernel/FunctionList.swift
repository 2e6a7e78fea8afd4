import Glibc
import Kernel

/// Names of functions as ranges of the text that they were read from, so that many are sorted without copies.
struct FunctionList {

  /// A function.
  fileprivate struct Entry {

    /// The first eight bytes of the name as a number that sorts like them.
    var prefix: UInt64

    /// The offset of the name.
    var name: Int32

    /// The number of bytes of the name.
    var nameCount: Int32

    /// The offset of the module's name.
    var module: Int32

    /// The number of bytes of the module's name; 0 if the function is in none.
    var moduleCount: Int32

  }

  /// The text.
  private let text: [UInt8]

  /// The functions.
  private var entries: [Entry] = []

  /// Creates an instance from the text of `available_filter_functions`: a name a line, followed by the module in brackets
  /// if it is in one.
  init(ofFilterFunctions text: [UInt8]) {
    self.init(of: text, skipping: 0)
  }

  /// Creates an instance from the text of `/proc/kallsyms`: address, kind, name, and the module in brackets if it is in
  /// one; symbols that are not code are left out.
  init(ofSymbols text: [UInt8]) {
    // 16 digits of the address, a space, the kind, a space.
    self.init(of: text, skipping: 19)
  }

  /// Creates an instance from lines of which the first `header` bytes are not the name; the second to last of these, if
  /// any, is the kind of symbol.
  private init(of text: [UInt8], skipping header: Int) {
    self.text = text
    entries.reserveCapacity(text.count / (header + 24))
    text.withUnsafeBufferPointer { bytes in
      var start = 0
      while start < bytes.count {
        var end = start
        if let base = bytes.baseAddress, let found = memchr(base + start, 10, bytes.count - start) {
          end = UnsafeRawPointer(found) - UnsafeRawPointer(base)
        } else {
          end = bytes.count
        }
        let isCode = header == 0 || (end - start > header && FunctionList.isCode(bytes[start + header - 2]))
        if isCode, let entry = Entry(bytes, from: start + header, to: end) { entries.append(entry) }
        start = end + 1
      }
    }
  }

  /// Returns `true` iff a symbol of the given kind is code; see nm(1).
  private static func isCode(_ kind: UInt8) -> Bool {
    switch kind {
    case UInt8(ascii: "t"), UInt8(ascii: "T"), UInt8(ascii: "w"), UInt8(ascii: "W"): true
    default: false
    }
  }

  /// `true` iff there is no function.
  var isEmpty: Bool { entries.isEmpty }

  /// Returns the functions whose names satisfy `isWanted`, sorted by name and module, each once.
  func functions(where isWanted: (UnsafeBufferPointer<UInt8>) -> Bool = { _ in true }) -> [KernelFunction] {
    var result: [KernelFunction] = []
    text.withUnsafeBytes { bytes in
      let base = bytes.baseAddress
      // Compares two ranges of the text.
      func compare(_ a: Int32, _ aCount: Int32, _ b: Int32, _ bCount: Int32) -> Int32 {
        guard let base else { return 0 }
        let status = memcmp(base + Int(a), base + Int(b), Int(min(aCount, bCount)))
        return status != 0 ? status : aCount - bCount
      }
      let wanted = text.withUnsafeBufferPointer { all in
        entries.filter {
          isWanted(UnsafeBufferPointer(rebasing: all[Int($0.name)..<Int($0.name + $0.nameCount)]))
        }
      }
      let sorted = wanted.sorted { l, r in
        if l.prefix != r.prefix { return l.prefix < r.prefix }
        let order = compare(l.name, l.nameCount, r.name, r.nameCount)
        return order != 0 ? order < 0 : compare(l.module, l.moduleCount, r.module, r.moduleCount) < 0
      }
      result.reserveCapacity(sorted.count)
      var previous: Entry? = nil
      for entry in sorted {
        if let previous, previous.prefix == entry.prefix,
          compare(previous.name, previous.nameCount, entry.name, entry.nameCount) == 0,
          compare(previous.module, previous.moduleCount, entry.module, entry.moduleCount) == 0
        {
          continue
        }
        previous = entry
        result.append(
          KernelFunction(
            name: string(bytes, entry.name, entry.nameCount),
            module: entry.moduleCount > 0 ? string(bytes, entry.module, entry.moduleCount) : nil))
      }
    }
    return result
  }

  /// Returns a range of `bytes` as text.
  private func string(_ bytes: UnsafeRawBufferPointer, _ start: Int32, _ count: Int32) -> String {
    String(decoding: UnsafeRawBufferPointer(rebasing: bytes[Int(start)..<Int(start + count)]), as: UTF8.self)
  }

}

extension FunctionList.Entry {

  /// Names that start so stand for places without a function: what the linker discarded, padding in front of functions,
  /// trampolines.
  private static let placeholders: [StaticString] = [
    "__ftrace_invalid_address__", "__pfx_", "__cfi_", "__SCT__", "__SCK__", "bpf_prog_",
    "bpf_trampoline_", "bpf_dispatcher_",
  ]

  /// Creates an instance from the bytes of a line from `start` on: a name, and white space and a module in brackets if it
  /// is in one; nil if it is none that can be probed.
  fileprivate init?(_ bytes: UnsafeBufferPointer<UInt8>, from start: Int, to end: Int) {
    var nameEnd = start
    var prefix: UInt64 = 0
    while nameEnd < end && bytes[nameEnd] > UInt8(ascii: " ") {
      if nameEnd - start < 8 { prefix |= UInt64(bytes[nameEnd]) << UInt64(56 - 8 * (nameEnd - start)) }
      nameEnd += 1
    }
    if nameEnd == start || end > Int(Int32.max) { return nil }
    if bytes[start] == UInt8(ascii: "_") || bytes[start] == UInt8(ascii: "b") {
      let name = bytes.baseAddress! + start
      for placeholder in Self.placeholders
      where nameEnd - start >= placeholder.utf8CodeUnitCount
        && memcmp(name, placeholder.utf8Start, placeholder.utf8CodeUnitCount) == 0
      { return nil }
    }
    var moduleStart = nameEnd
    while moduleStart < end && bytes[moduleStart] <= UInt8(ascii: " ") { moduleStart += 1 }
    var moduleEnd = moduleStart
    if moduleStart < end && bytes[moduleStart] == UInt8(ascii: "[") {
      moduleStart += 1
      moduleEnd = moduleStart
      while moduleEnd < end && bytes[moduleEnd] != UInt8(ascii: "]") { moduleEnd += 1 }
    }
    self.init(
      prefix: prefix, name: Int32(start), nameCount: Int32(nameEnd - start), module: Int32(moduleStart),
      moduleCount: Int32(moduleEnd - moduleStart))
  }

}
