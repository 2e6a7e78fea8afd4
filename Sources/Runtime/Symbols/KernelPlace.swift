/// A symbol of the kernel and a place in it.
struct KernelPlace: Hashable {

  /// The name of the symbol.
  let name: [UInt8]

  /// The number of bytes behind its start.
  let offset: UInt64

  /// Creates an instance with the given properties.
  init(name: [UInt8], offset: UInt64) {
    self.name = name
    self.offset = offset
  }

  /// Creates an instance from what the kernel prints, `tcp_sendmsg+0x5/0x40` and perhaps a module in brackets behind a space;
  /// nil if it is no symbol but an address.
  init?(parsing text: [UInt8]) {
    // Names of Rust's functions may have a `+` in them, but nothing else of this form.
    let words = text.prefix { $0 != UInt8(ascii: " ") }
    guard let plus = words.lastIndex(of: UInt8(ascii: "+")), plus > 0,
      words[plus...].starts(with: Array("+0x".utf8))
    else { return nil }
    let digits = words[(plus + 3)...].prefix { $0 != UInt8(ascii: "/") }
    guard let offset = UInt64(String(decoding: digits, as: UTF8.self), radix: 16) else { return nil }
    self.init(name: Array(words[..<plus]), offset: offset)
  }

  /// `true` iff it is in a program of BPF or in what calls such programs at functions.
  var isProgram: Bool { begins(withOneOf: ["bpf_prog_", "bpf_trampoline_", "bpf_dispatcher_"]) }

  /// `true` iff a call in it is one of programs at a tracepoint; at its beginning there may be a probe.
  var callsPrograms: Bool {
    offset > 16 && begins(withOneOf: ["bpf_trace_run", "__bpf_trace_", "__traceiter_"])
  }

  /// Returns `true` iff the name begins with one of `beginnings`.
  private func begins(withOneOf beginnings: [String]) -> Bool {
    beginnings.contains { name.starts(with: $0.utf8) }
  }

}
