import NIOCore
import Testing

@testable import WebServer

@Suite struct AuthenticationTests {

  /// `secret` with every kind of bcrypt that other programs write.
  private static let hashes = ["$2a$", "$2b$", "$2y$"].map {
    $0 + "04$abcdefghijklmnopqrstuu2r9OfJnfCsdneAXAGHnS4UpFFP8WIrW"
  }

  @Test func `the first form of a hash is the password's`() throws {
    for text in Self.hashes {
      let hash = try #require(BcryptHash(text))
      #expect(hash.cost == 4)
      #expect(hash.matches(Array("secret".utf8)))
      for wrong in ["", "Secret", "secret ", "secre"] { #expect(!hash.matches(Array(wrong.utf8))) }
      #expect(!hash.matches(Array("secret\0".utf8)))
    }
  }

  @Test(arguments: [
    "", "secret", "$2y$10$short", "$1$abcdefgh$1234567890123456789012",
    "$2y$03$abcdefghijklmnopqrstuu2r9OfJnfCsdneAXAGHnS4UpFFP8WIrW",
    "$2y$21$abcdefghijklmnopqrstuu2r9OfJnfCsdneAXAGHnS4UpFFP8WIrW",
    "$2y$+4$abcdefghijklmnopqrstuu2r9OfJnfCsdneAXAGHnS4UpFFP8WIrW",
    "$2z$04$abcdefghijklmnopqrstuu2r9OfJnfCsdneAXAGHnS4UpFFP8WIrW",
    "$2y$04$abcdefghijklmnopqrstuu2r9OfJnfCsdneAXAGHnS4UpFFP8WIr:",
    "$2y$04$abcdefghijklmnopqrstuu2r9OfJnfCsdneAXAGHnS4UpFFP8WIrWW",
  ])
  func `what is no hash is refused`(text: String) { #expect(BcryptHash(text) == nil) }

  @Test func `nobody has the password of the hash for unknown names`() throws {
    let hash = try #require(BcryptHash.unknown(cost: 4))
    #expect(hash.cost == 4)
    for password in ["", "secret", "."] { #expect(!hash.matches(Array(password.utf8))) }
  }

  @Test func `credentials are a name and a password`() throws {
    let credentials = try #require(Credentials("Basic Ym9iOnNlOmNyZXQ="))
    #expect(credentials.name == "bob")
    #expect(credentials.password == Array("se:cret".utf8))
    #expect(Credentials("bAsIc  Og==")?.name == "")
  }

  @Test(arguments: [
    "", "Basic", "Basic ", "Basic Ym9i", "Basic Ym9iOnM", "Basic Ym9iOn?=", "Bearer Ym9iOnM=",
    "Basic Ym9iOnM= x",
    "Basic ====",
  ])
  func `what are no credentials is refused`(text: String) { #expect(Credentials(text) == nil) }

  @Test(arguments: [
    ("", ""), ("Zg==", "f"), ("Zm8=", "fo"), ("Zm9v", "foo"), ("Zm9vYg==", "foob"), ("Zm9vYmE=", "fooba"),
    ("Zm9vYmFy", "foobar"),
  ])
  func `Base64 is read`(text: String, plain: String) {
    #expect(Credentials.decode(text.utf8) == Array(plain.utf8))
  }

  @Test func `a set that is full forgets what came first`() {
    var set = RecentSet<Int>(limit: 3)
    for number in [1, 2, 3, 2, 4] { set.insert(number) }
    #expect([1, 2, 3, 4].map(set.contains) == [false, true, true, true])
    set.insert(5)
    #expect([1, 2, 3, 4, 5].map(set.contains) == [false, false, true, true, true])
  }

  @Test func `marks tell credentials apart`() throws {
    let hashes = Self.hashes.compactMap { BcryptHash($0) }
    let credentials = try ["Ym9iOnM=", "Ym9iOnQ=", "Ym86YnM="].map {
      try #require(Credentials("Basic \($0)"))
    }
    let marks = hashes.flatMap { hash in credentials.map { CredentialsMark($0, checkedWith: hash) } }
    #expect(Set(marks).count == 9)
    #expect(CredentialsMark(credentials[0], checkedWith: hashes[0]) == marks[0])
  }

  @Test func `a bucket is filled as time goes by`() {
    let start = NIODeadline.uptimeNanoseconds(1_000_000_000_000)
    var bucket = TokenBucket(RateLimit(interval: 1_000_000_000, burst: 2), at: start)
    /// Returns whether something may happen the given number of milliseconds after the start.
    func take(_ milliseconds: Int64) -> Bool { bucket.take(at: start + .milliseconds(milliseconds)) }
    #expect([take(0), take(1), take(2)] == [true, true, false])
    #expect([take(999), take(1000), take(1001)] == [false, true, false])
    #expect([take(1999), take(2000)] == [false, true])
    #expect([take(100_000), take(100_000), take(100_000)] == [true, true, false])
  }

}
