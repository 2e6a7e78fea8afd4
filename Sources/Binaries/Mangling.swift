import CBinaries
import Glibc

/// How compilers write the names of a language as symbols.
public enum Mangling: Hashable, Sendable {

  /// C++: `_ZN3foo3barEv` is `foo::bar()`.
  case cxx

  /// Rust, in either of its forms.
  case rust

  /// Swift.
  case swift

  /// The greatest number of bytes of a symbol that is taken for a name: to read one takes more of the stack the longer it is.
  private static let longest = 4096

  /// Returns how `symbol` is written, nil if it is the name itself, as it is in C.
  public init?(of symbol: UnsafeBufferPointer<UInt8>) {
    guard symbol.count > 2, symbol.count <= Mangling.longest else { return nil }
    switch (symbol[0], symbol[1]) {
    case (UInt8(ascii: "_"), UInt8(ascii: "Z")): self = symbol.hasRustHash ? .rust : .cxx
    case (UInt8(ascii: "_"), UInt8(ascii: "R")): self = .rust
    case (UInt8(ascii: "$"), UInt8(ascii: "s")), (UInt8(ascii: "$"), UInt8(ascii: "S")): self = .swift
    case (UInt8(ascii: "_"), UInt8(ascii: "$")), (UInt8(ascii: "_"), UInt8(ascii: "T")):
      if symbol[1] == UInt8(ascii: "T"), symbol[2] != UInt8(ascii: "0") { return nil }
      self = .swift
    default: return nil
    }
  }

  /// Returns the name that `symbol` stands for, with the types of a function's parameters where its language tells them and
  /// `showsParameters`; nil if it stands for none.
  public static func name(
    of symbol: UnsafeBufferPointer<UInt8>, showsParameters: Bool = true
  ) -> String? {
    guard let mangling = Mangling(of: symbol), let bytes = UnsafeRawPointer(symbol.baseAddress) else {
      return nil
    }
    let text = cbinaries_text(length: symbol.count, bytes: bytes.assumingMemoryBound(to: CChar.self))
    let result: UnsafeMutablePointer<CChar>?
    switch mangling {
    case .cxx: result = cbinaries_demangle_cxx(text, showsParameters)
    case .rust where symbol[1] == UInt8(ascii: "Z"):
      return takeText(cbinaries_demangle_cxx(text, false)).map(withoutRustEscapes)
    case .rust: result = cbinaries_demangle_rust(text)
    case .swift: result = cbinaries_demangle_swift(text.bytes, text.length, nil, nil, 0)
    }
    // Swift returns what it does not understand.
    guard let name = takeText(result), !name.utf8.elementsEqual(symbol) else { return nil }
    return mangling == .swift && !showsParameters ? withoutSwiftSignature(name) : name
  }

  /// Returns the name that `symbol` stands for, nil if it stands for none.
  public static func name(of symbol: String, showsParameters: Bool = true) -> String? {
    var symbol = symbol
    return symbol.withUTF8 { name(of: $0, showsParameters: showsParameters) }
  }

  /// Returns the text at `address` and frees it.
  private static func takeText(_ address: UnsafeMutablePointer<CChar>?) -> String? {
    guard let address else { return nil }
    defer { free(address) }
    return String(cString: address)
  }

  /// Returns `name` up to the parameters: `main.f(x: Swift.Int) -> ()` is `main.f`.
  private static func withoutSwiftSignature(_ name: String) -> String {
    let end = name.firstIndex(of: "(") ?? name.endIndex
    return end == name.startIndex ? name : String(name[..<end])
  }

  /// Returns `name`, that of a symbol in Rust's older form, as it is written: without the hash at its end, and with signs in
  /// place of words for them.
  private static func withoutRustEscapes(_ name: String) -> String {
    var rest = Substring(name)
    // `::h` and 16 digits
    if let hash = rest.lastIndex(of: ":") { rest = rest[..<rest.index(before: hash)] }
    var result = ""
    while let first = rest.first {
      if first == "$", let end = rest.dropFirst().firstIndex(of: "$"),
        let sign = rustSign(rest[rest.index(after: rest.startIndex)..<end])
      {
        // A part of a name cannot begin with a sign, so that an underscore stands in front.
        if result.hasSuffix(":_") || result == "_" { result.removeLast() }
        result += sign
        rest = rest[rest.index(after: end)...]
      } else if rest.hasPrefix("..") {
        result += "::"
        rest = rest.dropFirst(2)
      } else {
        result.append(first)
        rest = rest.dropFirst()
      }
    }
    return result
  }

  /// Returns the sign that `word` stands for between dollars, nil if it is no such word.
  private static func rustSign(_ word: Substring) -> String? {
    switch word {
    case "SP": return "@"
    case "BP": return "*"
    case "RF": return "&"
    case "LT": return "<"
    case "GT": return ">"
    case "LP": return "("
    case "RP": return ")"
    case "C": return ","
    default:
      guard word.first == "u", let number = UInt32(word.dropFirst(), radix: 16),
        let scalar = Unicode.Scalar(number)
      else { return nil }
      return String(Character(scalar))
    }
  }

}

extension UnsafeBufferPointer<UInt8> {

  /// `true` iff the symbol ends like those of Rust's older form: `17h`, 16 hexadecimal digits, `E`.
  fileprivate var hasRustHash: Bool {
    guard count > 22, self[count - 1] == UInt8(ascii: "E") else { return false }
    let mark = Array(self[(count - 20)..<(count - 17)])
    guard mark == Array("17h".utf8) else { return false }
    return self[(count - 17)..<(count - 1)].allSatisfy {
      (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0)
        || (UInt8(ascii: "a")...UInt8(ascii: "f")).contains($0)
    }
  }

}
