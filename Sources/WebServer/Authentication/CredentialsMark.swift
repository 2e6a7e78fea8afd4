/// Tells credentials apart without keeping the password.
///
/// The standard library's hash is SipHash with a key that is chosen at random for each process; the words
/// besides are for processes in which it is not. What is remembered is 128 bits long: nobody finds others
/// that have them by trying.
struct CredentialsMark: Hashable {

  /// Words that nobody knows.
  private static let secret: [UInt64] = (0..<4).map { _ in .random(in: .min ... .max) }

  /// One half.
  private let first: Int

  /// The other half.
  private let second: Int

  /// Creates the mark of `credentials` that are checked with `hash`.
  init(_ credentials: Credentials, checkedWith hash: BcryptHash) {
    var hashers = [Hasher(), Hasher()]
    for index in hashers.indices {
      hashers[index].combine(Self.secret[2 * index])
      hashers[index].combine(Self.secret[2 * index + 1])
      hashers[index].combine(credentials)
      hashers[index].combine(hash)
    }
    first = hashers[0].finalize()
    second = hashers[1].finalize()
  }

}
