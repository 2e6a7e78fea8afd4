import CCrypt
import Glibc

/// A password as bcrypt keeps it, for instance `$2y$10$` and 53 characters more.
struct BcryptHash: Hashable, Sendable {

  /// The text.
  let text: String

  /// Each doubles the time that a check takes.
  let cost: Int

  /// The highest cost that is taken: a check takes a minute or so, and nobody waits longer for a page.
  static let highestCost = 20

  /// Creates the hash that `text` is, nil if it is none.
  init?(_ text: String) {
    let bytes = Array(text.utf8)
    guard bytes.count == 60, bytes[0...1] == [36, 50], bytes[3] == 36, bytes[6] == 36,
      bytes[4...5].allSatisfy({ (48...57).contains($0) }),
      [UInt8](arrayLiteral: 97, 98, 120, 121).contains(bytes[2]), let cost = Int(text.dropFirst(4).prefix(2)),
      (4...Self.highestCost).contains(cost), bytes[7...].allSatisfy(Self.alphabet.contains)
    else { return nil }
    self.text = text
    self.cost = cost
  }

  /// The characters of salts and results.
  private static let alphabet = Set("./ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789".utf8)

  /// Returns a hash of which nobody knows the password, and that takes as long to check as one with `cost`
  /// does.
  static func unknown(cost: Int) -> BcryptHash? {
    BcryptHash("$2y$\(cost < 10 ? "0" : "")\(cost)$" + String(repeating: ".", count: 53))
  }

  /// Returns `true` iff this is the hash of `password`. Takes from a millisecond to minutes, by the cost.
  func matches(_ password: [UInt8]) -> Bool {
    // The function takes text that ends with a zero.
    guard !password.contains(0) else { return false }
    let data = UnsafeMutablePointer<crypt_data>.allocate(capacity: 1)
    let size = MemoryLayout<crypt_data>.size
    memset(data, 0, size)
    defer {
      explicit_bzero(data, size)
      data.deallocate()
    }
    let phrase = (password + [0]).map(CChar.init(bitPattern:))
    guard let result = crypt_rn(phrase, text, data, Int32(size)) else { return false }
    let found = String(cString: result)
    guard found.utf8.count == text.utf8.count else { return false }
    // As long for one that begins right as for any other.
    return zip(found.utf8, text.utf8).reduce(0) { $0 | ($1.0 ^ $1.1) } == 0
  }

}
