import Glibc

/// The names of the kernel's symbols.
enum KernelSymbols {

  /// Returns those of `names` that the kernel has symbols for, nil if its symbols cannot be read.
  static func names(among names: Set<String>) -> Set<String>? {
    guard let file = fopen("/proc/kallsyms", "re") else { return nil }
    defer { fclose(file) }
    var line: UnsafeMutablePointer<CChar>? = nil
    var capacity = 0
    defer { free(line) }
    var found: Set<String> = []
    while true {
      let length = getline(&line, &capacity, file)
      if length < 0 { break }
      // 16 digits of the address, a space, the kind, a space, the name, and perhaps a tab and the module.
      guard length > 19, let line else { continue }
      var end = 19
      while end < length && line[end] > 32 { end += 1 }
      let name = UnsafeRawBufferPointer(start: line + 19, count: end - 19)
      let text = String(decoding: name, as: UTF8.self)
      if names.contains(text) { found.insert(text) }
    }
    return found
  }

}
