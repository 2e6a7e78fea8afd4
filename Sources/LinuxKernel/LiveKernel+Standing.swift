import Glibc
public import Kernel

extension LiveKernel {

  /// Returns what the kernel knows about `name`, which is not among the names of `traceableFunctions`.
  public func standing(ofFunction name: String) -> FunctionStanding {
    if let symbols = SymbolSearch() {
      let found = symbols.symbols(named: name)
      let code = found.filter(\.isCode)
      if !code.isEmpty {
        if isBlacklisted(name) { return .blacklisted }
        // Addresses are shown to those only who may know them (`kptr_restrict`).
        guard let address = code[0].address else { return .untold }
        let aliases = Set(symbols.names(at: address))
        let traced = try? traceableFunctions { aliases.contains(String(decoding: $0, as: UTF8.self)) }
        return traced?.isEmpty ?? true ? .notTraceable : .alias
      }
      if !found.isEmpty { return .data }
    }
    let prefix = Array((name + ".").utf8)
    let variants = try? traceableFunctions { $0.count > prefix.count && $0.starts(with: prefix) }
    if let variants, !variants.isEmpty { return .variants(variants.map(\.name)) }
    if let module = module(exporting: name) { return .inUnloadedModule(module) }
    return .unknown
  }

  /// Returns `true` iff there is a module called `name` for the kernel, which is not loaded.
  public func hasUnloadedModule(named name: String) -> Bool {
    func spelling(_ name: some StringProtocol) -> String { String(name).replacing("-", with: "_") }
    if isAccessible("/sys/module/\(spelling(name))") { return false }
    guard let text = try? readFile("/lib/modules/\(release)/modules.dep") else { return false }
    for line in text.split(separator: UInt8(ascii: "\n")) {
      // A path, a colon, and what the module needs.
      let path = String(decoding: line.prefix { $0 != UInt8(ascii: ":") }, as: UTF8.self)
      let file = path[(path.lastIndex(of: "/").map(path.index(after:)) ?? path.startIndex)...]
      if spelling(file.prefix { $0 != "." }) == spelling(name) { return true }
    }
    return false
  }

  /// Returns `true` iff kprobes are forbidden in the function `name`, as far as the kernel lets the process know.
  private func isBlacklisted(_ name: String) -> Bool {
    // A range of addresses, a tab, a name.
    guard let text = try? readFile("/sys/kernel/debug/kprobes/blacklist") else { return false }
    return text.split(separator: UInt8(ascii: "\n")).contains { line in
      line.split(separator: UInt8(ascii: "\t")).last.map { $0.elementsEqual(name.utf8) } ?? false
    }
  }

  /// Returns the name of a module that is not loaded and that lets others use its function `name`, nil if there is none.
  private func module(exporting name: String) -> String? {
    guard let text = try? readFile("/lib/modules/\(release)/modules.symbols") else { return nil }
    let start = Array("alias symbol:\(name) ".utf8)
    for line in text.split(separator: UInt8(ascii: "\n")) where line.starts(with: start) {
      let module = String(decoding: line.dropFirst(start.count), as: UTF8.self)
      return hasUnloadedModule(named: module) ? module : nil
    }
    return nil
  }

}

/// The kernel's symbols, of which a few are looked for.
private struct SymbolSearch {

  /// A symbol.
  struct Symbol {

    /// The address, nil if it is hidden.
    let address: [UInt8]?

    /// `true` iff it is code.
    let isCode: Bool

  }

  /// The text of `/proc/kallsyms`: 16 digits, a space, the kind, a space, the name, and perhaps a tab and the module.
  private let text: [UInt8]

  /// The number of bytes in front of the name.
  private static let header = 19

  /// Creates an instance, nil if the symbols cannot be read.
  init?() {
    guard let text = try? readFile("/proc/kallsyms"), !text.isEmpty else { return nil }
    self.text = text
  }

  /// Returns the symbols called `name`.
  func symbols(named name: String) -> [Symbol] {
    let wanted = Array(name.utf8)
    var result: [Symbol] = []
    forEachLine { line in
      let end = Self.header + wanted.count
      guard line.count >= end, line.count == end || line[end] <= UInt8(ascii: " "),
        memcmp(line.baseAddress! + Self.header, wanted, wanted.count) == 0
      else { return }
      let address = Array(line[..<16])
      let isHidden = address.allSatisfy { $0 == UInt8(ascii: "0") }
      result.append(Symbol(address: isHidden ? nil : address, isCode: "tTwW".utf8.contains(line[17])))
    }
    return result
  }

  /// Returns the names of the symbols at `address`, 16 digits.
  func names(at address: [UInt8]) -> [String] {
    var result: [String] = []
    forEachLine { line in
      guard line.count > Self.header, memcmp(line.baseAddress!, address, 16) == 0 else { return }
      result.append(String(decoding: line[Self.header...].prefix { $0 > UInt8(ascii: " ") }, as: UTF8.self))
    }
    return result
  }

  /// Calls `visit` with each line of the text.
  private func forEachLine(_ visit: (UnsafeBufferPointer<UInt8>) -> Void) {
    text.withUnsafeBufferPointer { bytes in
      guard let base = bytes.baseAddress else { return }
      var start = 0
      while start < bytes.count {
        let found = memchr(base + start, 10, bytes.count - start)
        let end = found.map { UnsafeRawPointer($0) - UnsafeRawPointer(base) } ?? bytes.count
        visit(UnsafeBufferPointer(start: base + start, count: end - start))
        start = end + 1
      }
    }
  }

}
