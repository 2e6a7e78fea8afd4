import Syntax
import Types

extension TypingScope {

  /// Returns the capacity of the text that the argument at `index` is, or is the address of; else reports an error, and
  /// returns nil.
  mutating func textArgument(_ index: Int, of call: BuiltinCall) -> Int? {
    let argument = call.arguments[index]
    preferText(argument)
    guard let type = type(of: argument) else { return nil }
    if let capacity = type.textCapacity(unlimited: settings.maximumStringLength) { return capacity }
    error(
      "\(ordinal(index)) of '\(call.name.text)' must be a string, not \(type.articled)", at: argument.site,
      hint: type.isNameIndex ? "'str(…)' makes a string of it" : nil)
    return nil
  }

  /// Returns the string literal that the argument at `index` is; else reports an error that calls it `what`, and returns nil.
  mutating func literal(_ index: Int, of call: BuiltinCall, called what: String) -> String? {
    if let bytes = call.arguments[index].literalString { return String(decoding: bytes, as: UTF8.self) }
    error("\(what) of '\(call.name.text)' must be a string literal", at: call.arguments[index].site)
    return nil
  }

}

extension Type {

  /// `true` iff the value is an integer of 8 bits, as characters are.
  var isCharacter: Bool { asInteger?.width == 8 && isInteger }

  /// The capacity of the text that a value of the type is or is the address of, nil if it is neither; texts that are only
  /// known by their address get the capacity `unlimited`.
  func textCapacity(unlimited: Int) -> Int? {
    switch self {
    case .string(let capacity): capacity
    case .array(let element, let count) where element.isCharacter: count + 1
    case .pointer(let target, _) where target.isCharacter || target == .none: unlimited
    default: nil
    }
  }

}
