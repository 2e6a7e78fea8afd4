/// The digits of numbers, written straight to memory.
public enum DecimalDigits {

  /// The greatest number of bytes that a number takes, its sign included.
  public static let greatestCount = 20

  /// The digits of the numbers below 100, two each.
  private static let pairs: StaticString = """
    0001020304050607080910111213141516171819202122232425262728293031323334353637383940414243444546474849\
    5051525354555657585960616263646566676869707172737475767778798081828384858687888990919293949596979899
    """

  /// Writes `number` to `memory`, which has room for `greatestCount` bytes, and returns the number of digits.
  public static func write(_ number: UInt64, to memory: UnsafeMutablePointer<UInt8>) -> Int {
    let count = Self.count(of: number)
    let pairs = Self.pairs.utf8Start
    var rest = number
    var index = count
    while rest >= 100 {
      let pair = Int(truncatingIfNeeded: rest % 100) * 2
      rest /= 100
      index -= 2
      memory[index] = pairs[pair]
      memory[index + 1] = pairs[pair + 1]
    }
    let pair = Int(truncatingIfNeeded: rest) * 2
    memory[index - 1] = pairs[pair + 1]
    if index > 1 { memory[0] = pairs[pair] }
    return count
  }

  /// Writes `number` to `memory`, behind a minus sign where it is negative, and returns the number of bytes.
  public static func write(_ number: Int64, to memory: UnsafeMutablePointer<UInt8>) -> Int {
    if number >= 0 { return write(number.magnitude, to: memory) }
    memory[0] = UInt8(ascii: "-")
    return write(number.magnitude, to: memory + 1) + 1
  }

  /// Returns the number of digits of `number`.
  private static func count(of number: UInt64) -> Int {
    var result = 1
    var rest = number
    while rest >= 10_000 {
      rest /= 10_000
      result += 4
    }
    return rest < 10 ? result : rest < 100 ? result + 1 : rest < 1000 ? result + 2 : result + 3
  }

}
