/// Where an argument of a marked place is and of which type, as the assembler writes it: `-4@%eax`, `8@-16(%rbp)`, `4@$7`.
struct StaticProbeArgument: Hashable, Sendable {

  /// Where an argument is.
  enum Place: Hashable, Sendable {

    /// It is the number itself.
    case constant(Int64)

    /// It is in a register.
    case register(RegisterPart)

    /// It is in memory.
    case memory(MemoryOperand)

    /// It is nowhere where programs can read it, for the given reason.
    case unreadable(String)

  }

  /// The number of bytes: 1, 2, 4 or 8.
  let size: Int

  /// `true` iff it can be negative.
  let isSigned: Bool

  /// Where it is.
  let place: Place

  /// Returns the arguments that `text`, as a note has it, lists for machines of the given kind.
  static func list(_ text: String, for machine: AssemblyDialect) -> [StaticProbeArgument] {
    var pieces: [Substring] = []
    var start = text.startIndex
    var depth = 0
    for index in text.indices {
      switch text[index] {
      case "[": depth += 1
      case "]": depth = max(0, depth - 1)
      case " " where depth == 0:
        pieces.append(text[start..<index])
        start = text.index(after: index)
      default: break
      }
    }
    pieces.append(text[start...])
    return pieces.filter { !$0.isEmpty }.map { StaticProbeArgument($0, for: machine) }
  }

  /// Creates the argument that `text` describes.
  private init(_ text: Substring, for machine: AssemblyDialect) {
    var operand = text
    var size = 8
    var isSigned = false
    var isFloatingPoint = false
    if let at = text.firstIndex(of: "@") {
      var number = text[..<at]
      if number.last == "f" {
        isFloatingPoint = true
        number = number.dropLast()
      }
      if let bytes = Int(number) {
        (size, isSigned) = (abs(max(bytes, -64)), bytes < 0)
        operand = text[text.index(after: at)...]
      }
    }
    self.isSigned = isSigned
    guard [1, 2, 4, 8].contains(size) else {
      (self.size, place) = (8, .unreadable("it has \(size) bytes"))
      return
    }
    self.size = size
    let place = machine.place(operand)
    if isFloatingPoint, place.isRegister {
      self.place = .unreadable("it is a floating-point number in a register")
    } else {
      self.place = place
    }
  }

}

extension StaticProbeArgument.Place {

  /// `true` iff it is a register of whatever kind.
  fileprivate var isRegister: Bool {
    switch self {
    case .register, .unreadable: true
    default: false
    }
  }

}

/// A register or a part of one.
struct RegisterPart: Hashable, Sendable {

  /// The name as `Registers` has it for the machine.
  let name: String

  /// The number of bytes.
  let size: Int

  /// The number of bytes of the register in front of the part.
  var skipped = 0

}

/// A place in the memory of a process.
struct MemoryOperand: Hashable, Sendable {

  /// What is added to an address.
  struct Index: Hashable, Sendable {

    /// The register.
    let register: RegisterPart

    /// `true` iff it is extended as a signed number.
    let isSigned: Bool

    /// By how many bits it is shifted to the left.
    let shift: Int

  }

  /// The register that has an address, nil for none.
  var base: RegisterPart? = nil

  /// What is added to it, nil for nothing.
  var index: Index? = nil

  /// What is added to both.
  var displacement: Int64 = 0

  /// The symbol whose address is added, nil for none.
  var symbol: String? = nil

}
