/// How the assembler of a kind of machine writes operands.
enum AssemblyDialect: Sendable {

  /// x86-64, as AT&T writes it.
  case x86

  /// ARM with 64 bits.
  case arm

  /// That of the machine that this is for.
  static var native: AssemblyDialect {
    #if arch(x86_64)
      .x86
    #else
      .arm
    #endif
  }

  /// Returns where `operand` is.
  func place(_ operand: Substring) -> StaticProbeArgument.Place {
    let place = self == .x86 ? Self.placeOnX86(operand) : Self.placeOnARM(operand)
    return place ?? .unreadable("'\(operand)' is no place that is known")
  }

  /// Returns the register or the part of one that is called `name`, nil if there is none that programs can read.
  func register(_ name: Substring) -> RegisterPart? {
    self == .x86 ? Self.registerOfX86(name) : Self.registerOfARM(name)
  }

  /// Returns where `operand` is on x86-64: `$1`, `%rax`, `8(%rax,%rbx,4)`, `name+8(%rip)`.
  private static func placeOnX86(_ operand: Substring) -> StaticProbeArgument.Place? {
    if operand.first == "$" { return AddressSum(operand.dropFirst())?.constant }
    if operand.first == "%", !operand.contains("(") {
      let name = operand.dropFirst()
      if let register = registerOfX86(name) { return .register(register) }
      return ["xmm", "ymm", "zmm", "st", "mm"].contains { name.hasPrefix($0) }
        ? .unreadable("it is in the register '\(name)', which programs cannot read") : nil
    }
    guard let open = operand.firstIndex(of: "(") else {
      guard let sum = AddressSum(operand) else { return nil }
      return .memory(MemoryOperand(displacement: sum.number, symbol: sum.symbol))
    }
    if operand.contains(":") {
      return .unreadable("it is in memory that belongs to the thread")
    }
    guard operand.last == ")" else { return nil }
    var result = MemoryOperand()
    if open > operand.startIndex {
      guard let sum = AddressSum(operand[..<open]) else { return nil }
      (result.displacement, result.symbol) = (sum.number, sum.symbol)
    }
    let parts = operand[operand.index(after: open)...].dropLast()
      .split(separator: ",", omittingEmptySubsequences: false)
    guard (1...3).contains(parts.count) else { return nil }
    if !parts[0].isEmpty {
      guard parts[0].first == "%", let base = registerOfX86(parts[0].dropFirst()) else { return nil }
      result.base = base
    }
    if parts.count > 1 {
      let scales = ["1": 0, "2": 1, "4": 2, "8": 3]
      guard parts[1].first == "%", let index = registerOfX86(parts[1].dropFirst()),
        let shift = parts.count == 3 ? scales[String(parts[2])] : 0
      else { return nil }
      result.index = .init(register: index, isSigned: false, shift: shift)
    }
    return .memory(result)
  }

  /// Returns where `operand` is on ARM: `1`, `x0`, `[sp, 16]`, `[x1, w2, sxtw 3]`.
  private static func placeOnARM(_ operand: Substring) -> StaticProbeArgument.Place? {
    if operand.first != "[" {
      if operand == "xzr" || operand == "wzr" { return .constant(0) }
      if let register = registerOfARM(operand) { return .register(register) }
      let number = operand.first == "#" ? operand.dropFirst() : operand
      if let sum = AddressSum(number), sum.symbol == nil { return .constant(sum.number) }
      return operand.first.map { "bhsdqv".contains($0) } == true && Int(operand.dropFirst()) != nil
        ? .unreadable("it is in the register '\(operand)', which programs cannot read") : nil
    }
    guard operand.last == "]" else { return nil }
    let parts = operand.dropFirst().dropLast().split(separator: ",").map { part in
      part.drop { $0 == " " }
    }
    guard (1...3).contains(parts.count), let base = registerOfARM(parts[0]), base.size == 8 else {
      return nil
    }
    var result = MemoryOperand(base: base)
    if parts.count == 1 { return .memory(result) }
    if let index = registerOfARM(parts[1]) {
      var (isSigned, shift) = (false, 0)
      if parts.count == 3 {
        let words = parts[2].split(separator: " ")
        let amount = words.count > 1 ? words[1].drop { $0 == "#" } : "0"
        guard let number = Int(amount), (0...4).contains(number),
          ["lsl", "uxtw", "sxtw", "sxtx"].contains(words[0])
        else { return nil }
        (isSigned, shift) = (words[0] == "sxtw", number)
      }
      result.index = .init(register: index, isSigned: isSigned, shift: shift)
      return .memory(result)
    }
    guard parts.count == 2,
      let sum = AddressSum(parts[1].first == "#" ? parts[1].dropFirst() : parts[1]), sum.symbol == nil
    else { return nil }
    result.displacement = sum.number
    return .memory(result)
  }

  /// Returns the register or the part of one that x86-64 calls `name`.
  private static func registerOfX86(_ name: Substring) -> RegisterPart? {
    if name == "rip" { return RegisterPart(name: "ip", size: 8) }
    if name.first == "r", let digit = name.dropFirst().first, digit.isNumber {
      // r8 to r15, with a letter behind it for a part.
      let digits = name.dropFirst().prefix { $0.isNumber }
      let sizes = ["": 8, "d": 4, "w": 2, "b": 1, "l": 1]
      guard let number = Int(digits), (8...15).contains(number),
        let size = sizes[String(name.dropFirst(1 + digits.count))]
      else { return nil }
      return RegisterPart(name: "r\(number)", size: size)
    }
    let words: Set<String> = ["ax", "bx", "cx", "dx", "si", "di", "bp", "sp"]
    let text = String(name)
    if words.contains(text) { return RegisterPart(name: text, size: 2) }
    if let first = text.first, words.contains(String(text.dropFirst())) {
      if first == "r" { return RegisterPart(name: String(text.dropFirst()), size: 8) }
      if first == "e" { return RegisterPart(name: String(text.dropFirst()), size: 4) }
    }
    if text.last == "l", words.contains(String(text.dropLast())) {
      return RegisterPart(name: String(text.dropLast()), size: 1)
    }
    if text.count == 2, "abcd".contains(text.first!), let last = text.last, last == "l" || last == "h" {
      return RegisterPart(name: "\(text.first!)x", size: 1, skipped: last == "h" ? 1 : 0)
    }
    return nil
  }

  /// Returns the register or the part of one that ARM calls `name`.
  private static func registerOfARM(_ name: Substring) -> RegisterPart? {
    if name == "sp" { return RegisterPart(name: "sp", size: 8) }
    if name == "wsp" { return RegisterPart(name: "sp", size: 4) }
    if name == "fp" { return RegisterPart(name: "r29", size: 8) }
    if name == "lr" { return RegisterPart(name: "r30", size: 8) }
    guard let first = name.first, first == "x" || first == "w", name.dropFirst().allSatisfy(\.isNumber),
      let number = Int(name.dropFirst()), (0...30).contains(number)
    else { return nil }
    return RegisterPart(name: "r\(number)", size: first == "x" ? 8 : 4)
  }

}

/// A sum of numbers and at most one symbol: `8`, `-0x10`, `name+8`.
private struct AddressSum {

  /// The sum of the numbers.
  var number: Int64 = 0

  /// The symbol.
  var symbol: String? = nil

  /// The sum as a place, nil if it depends on where a file is loaded.
  var constant: StaticProbeArgument.Place? { symbol == nil ? .constant(number) : nil }

  /// Creates the sum that `text` denotes, nil if it denotes none.
  init?(_ text: Substring) {
    var rest = text
    if rest.isEmpty { return nil }
    while !rest.isEmpty {
      var isNegative = false
      if rest.first == "-" || rest.first == "+" {
        isNegative = rest.first == "-"
        rest = rest.dropFirst()
      }
      let term = rest.prefix { $0 != "+" && $0 != "-" }
      rest = rest.dropFirst(term.count)
      guard let first = term.first else { return nil }
      if first.isNumber {
        let value = term.hasPrefix("0x") ? UInt64(term.dropFirst(2), radix: 16) : UInt64(term)
        guard let value else { return nil }
        let signed = Int64(bitPattern: value)
        number = isNegative ? number &- signed : number &+ signed
      } else {
        guard symbol == nil, !isNegative, term.allSatisfy(\.isPartOfSymbol) else { return nil }
        symbol = String(term)
      }
    }
  }

}

extension Character {

  /// `true` iff the character can be a part of a symbol in assembly language.
  fileprivate var isPartOfSymbol: Bool {
    isASCII && (isLetter || isNumber || self == "_" || self == "." || self == "$")
  }

}
