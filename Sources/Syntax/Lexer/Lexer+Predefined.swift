import Diagnostics

/// Names that are defined without a `#define`.
extension Lexer {

  /// Returns `true` iff `token` looks like a name that may be defined without a `#define`.
  func mayBePredefined(_ token: Token) -> Bool {
    if facts == nil { return false }
    switch text[token.text.lowerBound] {
    case UInt8(ascii: "_"), UInt8(ascii: "L"), UInt8(ascii: "K"), UInt8(ascii: "C"), UInt8(ascii: "I"),
      UInt8(ascii: "B"):
      break
    default: return false
    }
    let name = text[token.text]
    return name.starts(with: "__".utf8) || name.starts(with: "CONFIG_".utf8)
      || name.starts(with: "LINUX_VERSION_".utf8) || name.starts(with: "KERNEL_VERSION".utf8)
      || name.starts(with: "IS_".utf8) || name.starts(with: "BPFTRACE_".utf8)
  }

  /// Returns `true` iff `name` is defined.
  mutating func isDefined(_ name: String) -> Bool {
    switch name {
    case "__LINE__", "__FILE__", "__COUNTER__": true
    case _ where Lexer.optionTests.contains(name): true
    default: definition(of: name) != nil
    }
  }

  /// Returns what `name` is defined as, by the script or without it; nil if it is not.
  mutating func definition(of name: String) -> Definition? {
    if let known = definitions[name] { return known }
    if removed.contains(name) { return nil }
    guard let value = predefinedValue(of: name) else { return nil }
    let tokens = generatedTokens(value)
    let definition: Definition
    if name == "KERNEL_VERSION" {
      definition = Definition(parameters: ["a", "b", "c"], tokens: tokens)
    } else {
      definition = Definition(parameters: nil, tokens: tokens)
    }
    definitions[name] = definition
    return definition
  }

  /// Returns what `name` is defined as without a `#define`, nil if it is not.
  private func predefinedValue(of name: String) -> String? {
    // Scripts ask by it whether types are known without headers.
    if name == "BPFTRACE_HAVE_BTF" { return "1" }
    switch name {
    case "KERNEL_VERSION": return "(((a) << 16) + ((b) << 8) + ((c) > 255 ? 255 : (c)))"
    case "LINUX_VERSION_CODE": return facts.map { String(versionCode(of: $0.kernelRelease)) }
    case "LINUX_VERSION_MAJOR", "LINUX_VERSION_PATCHLEVEL", "LINUX_VERSION_SUBLEVEL":
      guard let facts else { return nil }
      let numbers = versionNumbers(of: facts.kernelRelease)
      return String(numbers[name.hasSuffix("MAJOR") ? 0 : name.hasSuffix("PATCHLEVEL") ? 1 : 2])
    case _ where name.hasPrefix("CONFIG_"): return option(named: name)
    default: return Lexer.predefinedValues[name]
    }
  }

  /// Returns the definition of a kernel's option as its `autoconf.h` has it, nil if the option is not set.
  private func option(named name: String) -> String? {
    guard let facts else { return nil }
    switch facts.kernelOption(named: name) {
    case "y"?: return "1"
    case "m"?: return nil
    case let value?: return value
    case nil:
      let isModule = name.hasSuffix("_MODULE") && facts.kernelOption(named: String(name.dropLast(7))) == "m"
      return isModule ? "1" : nil
    }
  }

  /// The first three numbers in `release`, as many zeros as are missing.
  private func versionNumbers(of release: String) -> [Int] {
    var numbers: [Int] = []
    for part in release.split(separator: "-", maxSplits: 1)[0].split(separator: ".").prefix(3) {
      numbers.append(Int(part.prefix { $0.isASCII && $0.isNumber }) ?? 0)
    }
    return numbers + Array(repeating: 0, count: 3 - numbers.count)
  }

  /// Returns the number that stands for `release` in comparisons with `KERNEL_VERSION(5, 0, 0)`.
  private func versionCode(of release: String) -> Int {
    let numbers = versionNumbers(of: release)
    return numbers[0] << 16 + numbers[1] << 8 + min(numbers[2], 255)
  }

  /// What tells in conditions whether the kernel was built with an option.
  private static let optionTests: Set<String> = ["IS_ENABLED", "IS_BUILTIN", "IS_MODULE", "IS_REACHABLE"]

  /// Returns the tokens that replace `name` and what belongs to it where they depend on the place, nil if they do not.
  mutating func predefinedTokens(for name: String) -> [Token]? {
    if definitions[name] != nil || removed.contains(name) { return nil }
    switch name {
    case "__LINE__":
      let line = source.text[..<min(replacedPlace.lowerBound, source.text.count)].count { $0 == 10 } + 1
      return [generated(String(line))]
    case "__FILE__":
      let path = source.name.replacingQuotes
      return [generated("\"\(path)\"")]
    case "__COUNTER__":
      counter += 1
      return [generated(String(counter - 1))]
    case _ where Lexer.optionTests.contains(name) && facts != nil:
      guard let arguments = takeArguments(), arguments.count == 1,
        arguments[0].count == 1
      else { return nil }
      let option = string(arguments[0][0].text)
      let (isBuiltin, isModule) = (isDefined(option), isDefined(option + "_MODULE"))
      let holds =
        switch name {
        case "IS_BUILTIN": isBuiltin
        case "IS_MODULE": isModule
        default: isBuiltin || isModule
        }
      return [generated(holds ? "1" : "0")]
    default: return nil
    }
  }

  /// The values of names that compilers define for this kind of machine.
  private static let predefinedValues: [String: String] = {
    var result = [
      "__linux__": "1", "__linux": "1", "__unix__": "1", "__STDC__": "1", "__STDC_VERSION__": "201710",
      "__LP64__": "1", "_LP64": "1", "__CHAR_BIT__": "8", "__SIZEOF_INT__": "4", "__SIZEOF_LONG__": "8",
      "__SIZEOF_POINTER__": "8", "__SIZEOF_LONG_LONG__": "8", "__SIZEOF_SHORT__": "2",
      "__BITS_PER_LONG": "64", "__ORDER_LITTLE_ENDIAN__": "1234", "__ORDER_BIG_ENDIAN__": "4321",
      "__BYTE_ORDER__": "1234", "__LITTLE_ENDIAN__": "1", "__INT_MAX__": "2147483647",
      "__LONG_MAX__": "9223372036854775807", "__clang__": "1", "__GNUC__": "4", "__BPFTRACE__": "1",
    ]
    #if arch(x86_64)
      for name in ["__x86_64__", "__x86_64", "__amd64__", "__amd64"] { result[name] = "1" }
    #elseif arch(arm64)
      for name in ["__aarch64__", "__ARM_64BIT_STATE"] { result[name] = "1" }
    #endif
    return result
  }()

}

extension String {

  /// The text with quotation marks and backslashes as strings have them.
  fileprivate var replacingQuotes: String {
    String(flatMap { $0 == "\"" || $0 == "\\" ? ["\\", $0] : [$0] })
  }

}
